package io.certrail.index;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an index has come with the trails that feed it.
 *
 * @param trails those of which it knows
 */
public record Coverage(List<Trail> trails) {
    public Coverage {
        trails = List.copyOf(trails);
    }

    /**
     * One trail as the index knows it.
     *
     * @param indexed the first sequence that is not indexed yet
     * @param at when the index went on last
     * @param skipped lines before {@code indexed} that are no records
     */
    public record Trail(String origin, long indexed, @Nullable Instant at, Skipped skipped) {
        /** What holds now and later: less than now if the index is made anew between. */
        public Trail and(Trail later) {
            Skipped more = later.skipped.count() > skipped.count() ? later.skipped : skipped;
            return new Trail(origin, Math.min(indexed, later.indexed), at, more);
        }
    }
}
