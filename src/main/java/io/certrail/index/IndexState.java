package io.certrail.index;

import org.jspecify.annotations.Nullable;

/**
 * How the feeding of an index goes.
 *
 * @param indexed the first sequence that is not indexed yet
 * @param next the first sequence of the trail that is not on disk yet
 * @param fault what keeps it from going on, for the operator; {@code null}: nothing does
 */
public record IndexState(String engine, long indexed, long next, @Nullable String fault) {
    /** Records on disk that are not indexed yet. */
    public long lag() {
        return Math.max(0, next - indexed);
    }

    /** In one word: {@code current}, {@code behind} or {@code failing}. */
    public String word() {
        if (fault != null) {
            return "failing";
        }
        return lag() == 0 ? "current" : "behind";
    }
}
