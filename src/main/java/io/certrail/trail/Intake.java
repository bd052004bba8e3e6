package io.certrail.trail;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between producers and the writer: a stack that producers push to by one compare-and-set each
 * (R. K. Treiber, 1986) and the writer takes as a whole and turns round. An entry occupies its place until it is
 * recorded or lost, not only until it is taken.
 */
final class Intake {
    /** Lies at the bottom once nothing is taken any more. */
    private static final Entry SEAL = new Entry(new byte[0], Entry.Origin.TRAIL);

    private final int maxRecords;
    private final long maxBytes;
    private final Doorbell bell;
    private final Losses losses;
    private final AtomicReference<@Nullable Entry> latest = new AtomicReference<>();
    private final AtomicInteger records = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder seen = new LongAdder();
    private final LongAdder coalesced = new LongAdder();
    private final AtomicLong coalescedLost = new AtomicLong();
    private volatile @Nullable String failure;

    Intake(TrailOptions options, Doorbell bell, Losses losses) {
        this.maxRecords = options.queueRecords();
        this.maxBytes = options.queueBytes();
        this.bell = bell;
        this.losses = losses;
    }

    Ticket append(byte[] array, int length, Wait wait) {
        seen.increment();
        String refusal = refusal(array, length, wait);
        if (refusal != null) {
            return lose(array, length, refusal);
        }
        int queued = records.incrementAndGet();
        long queuedBytes = bytes.addAndGet(length);
        if (queued > maxRecords || queuedBytes > maxBytes) {
            release(1, length);
            return lose(array, length, "queue full");
        }
        return push(array, length, Entry.Origin.of(wait), queued > maxRecords / 2 || queuedBytes > maxBytes / 2);
    }

    private @Nullable String refusal(byte[] array, int length, Wait wait) {
        String failing = wait == Wait.DURABLE ? failure : null;
        if (failing != null) {
            return failing;
        }
        return Line.isAppendable(array, length) ? null : "not a line of a trail";
    }

    private Ticket push(byte[] array, int length, Entry.Origin origin, boolean crowded) {
        Entry entry;
        try {
            entry = new Entry(Arrays.copyOf(array, length), origin);
        } catch (OutOfMemoryError e) { // the place taken must be given back
            release(1, length);
            return lose(array, length, "out of memory");
        }
        if (!push(entry)) {
            release(1, length);
            return lose(array, length, "the trail is closed");
        }
        bell.ring(origin.isUrgent() ? Doorbell.WAITING : crowded ? Doorbell.CROWDED : Doorbell.ENTRY);
        return entry;
    }

    private boolean push(Entry entry) {
        Entry earlier;
        do {
            earlier = latest.get();
            if (earlier == SEAL) {
                return false;
            }
            entry.earlier = earlier;
        } while (!latest.compareAndSet(earlier, entry));
        return true;
    }

    private Ticket lose(byte[] array, int length, String cause) {
        losses.lost(array, length);
        losses.add(1, cause);
        bell.ring(Doorbell.ENTRY);
        return Entry.LOST;
    }

    /** All that was appended since, earliest first. */
    Collection<Entry> take() {
        return latest.get() == null ? List.of() : earliestFirst(latest.getAndSet(null));
    }

    /** Takes for the last time: what comes after is lost. */
    Collection<Entry> seal() {
        return earliestFirst(latest.getAndSet(SEAL));
    }

    private static Collection<Entry> earliestFirst(@Nullable Entry latest) {
        ArrayDeque<Entry> entries = new ArrayDeque<>();
        for (Entry entry = latest; entry != null && entry != SEAL; ) {
            entries.addFirst(entry);
            Entry earlier = entry.earlier;
            entry.earlier = null; // else a kept entry would keep all before it
            entry = earlier;
        }
        return entries;
    }

    /** Gives places back, once entries are recorded or lost. */
    void release(int count, long length) {
        records.addAndGet(-count);
        bytes.addAndGet(-length);
    }

    /** Whether half of the places are taken. */
    boolean isCrowded() {
        return records.get() > maxRecords / 2 || bytes.get() > maxBytes / 2;
    }

    /** From now on, those who would wait are turned away; null: no longer. */
    void fail(@Nullable String cause) {
        failure = cause;
    }

    /** Counts records of the trail's own. */
    void sawOwn(int count) {
        seen.add(count);
    }

    /** Counts an entry that will be told within another. */
    void coalesce() {
        seen.increment();
        coalesced.increment();
    }

    /** Counts entries as lost that should have been told within another. */
    void loseCoalesced(long count, String cause) {
        coalescedLost.addAndGet(count); // before they are counted as lost: nothing is ever counted twice
        losses.add(count, cause);
        bell.ring(Doorbell.ENTRY);
    }

    long coalesced() {
        long lost = coalescedLost.get(); // first: what was lost had been coalesced
        return coalesced.sum() - lost;
    }

    long seen() {
        return seen.sum();
    }
}
