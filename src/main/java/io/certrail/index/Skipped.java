package io.certrail.index;

/**
 * Lines of a trail that are not in the index, since they are no records.
 *
 * @param count how many; of those that retention deleted some may be among them
 * @param last the sequence of the last one; -1 if there is none
 */
public record Skipped(long count, long last) {
    /** None. */
    public static final Skipped NONE = new Skipped(0, -1);

    /** One more, further on. */
    Skipped and(long sequence) {
        return new Skipped(count + 1, sequence);
    }

    /** These with what a batch that follows tells. */
    public Skipped after(IndexBatch batch) {
        long kept = last < batch.retired() ? 0 : count;
        long sum = kept + batch.skipped().count();
        return sum == 0 ? NONE : new Skipped(sum, Math.max(last, batch.skipped().last()));
    }
}
