package io.certrail.index;

import org.jspecify.annotations.Nullable;

/**
 * A search for records.
 *
 * @param order of the answer
 * @param limit most records of a page, 1 to {@value #MAX_LIMIT}
 * @param cursor {@link RecordPage#next()} of the page before, or {@code null} for the first
 */
public record RecordQuery(RecordFilter filter, Order order, int limit, @Nullable String cursor) {
    /** Most records of a page. */
    public static final int MAX_LIMIT = 1000;

    public RecordQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit: expected 1 to " + MAX_LIMIT + ", not " + limit);
        }
    }

    /** In which order records come. */
    public enum Order {
        NEWEST,
        OLDEST
    }

    /** The first page of what meets a filter. */
    public static RecordQuery of(RecordFilter filter, Order order, int limit) {
        return new RecordQuery(filter, order, limit, null);
    }
}
