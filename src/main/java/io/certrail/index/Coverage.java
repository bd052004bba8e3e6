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
     * @param forgotten another number whenever the index has forgotten what it had, to be fed anew
     */
    public record Trail(String origin, long indexed, @Nullable Instant at, Skipped skipped, int forgotten) {
        /** What holds now and later: nothing if the index was made anew between, even if it has caught up. */
        public Trail and(Trail later) {
            Skipped more = later.skipped.count() > skipped.count() ? later.skipped : skipped;
            long both = forgotten == later.forgotten ? Math.min(indexed, later.indexed) : 0;
            return new Trail(origin, both, at, more, later.forgotten);
        }
    }
}
