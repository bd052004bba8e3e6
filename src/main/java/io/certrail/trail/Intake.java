package io.certrail.trail;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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
    /** What was taken from the stack and not given away, earliest first; the writer's thread only. */
    private @Nullable Entry turned;

    private final AtomicInteger records = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    /** These count also where memory is out, which an adder may need. */
    private final AtomicLong seen = new AtomicLong();

    private final AtomicLong coalesced = new AtomicLong();
    private final AtomicLong coalescedLost = new AtomicLong();
    private volatile @Nullable String failure;

    Intake(TrailOptions options, Doorbell bell, Losses losses) {
        this.maxRecords = options.queueRecords();
        this.maxBytes = options.queueBytes();
        this.bell = bell;
        this.losses = losses;
    }

    Ticket append(byte[] array, int length, Wait wait) {
        seen.incrementAndGet();
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
            entry.next = earlier;
        } while (!latest.compareAndSet(earlier, entry));
        return true;
    }

    private Ticket lose(byte[] array, int length, String cause) {
        losses.lost(array, length);
        losses.add(1, cause);
        bell.ring(Doorbell.ENTRY);
        return Entry.LOST;
    }

    /**
     * Gives away all that was appended since, earliest first. When the taker throws, that entry and the rest come again. By
     * the writer's thread; allocates nothing, for memory may be out.
     */
    void take(Consumer<Entry> taker) {
        giveTurned(taker);
        Entry top = latest.get();
        if (top != null && top != SEAL) {
            turned = turn(latest.getAndSet(null));
            giveTurned(taker);
        }
    }

    /** Gives away for the last time: what comes after is lost. To be called again when the taker has thrown. */
    void seal(Consumer<Entry> taker) {
        giveTurned(taker);
        turned = turn(latest.getAndSet(SEAL));
        giveTurned(taker);
    }

    private void giveTurned(Consumer<Entry> taker) {
        for (Entry entry = turned; entry != null; entry = turned) {
            taker.accept(entry);
            turned = entry.next;
            entry.next = null; // else a kept entry would keep all after it
        }
    }

    /** Turns the stack round where it lies; gives the earliest entry. */
    private static @Nullable Entry turn(@Nullable Entry top) {
        Entry turned = null;
        for (Entry entry = top; entry != null && entry != SEAL; ) {
            Entry earlier = entry.next;
            entry.next = turned;
            turned = entry;
            entry = earlier;
        }
        return turned;
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
        seen.addAndGet(count);
    }

    /** Counts an entry that will be told within another. Takes no memory: it throws nothing. */
    void coalesce() {
        seen.incrementAndGet();
        coalesced.incrementAndGet();
    }

    /** Counts entries as lost that should have been told within another. */
    void loseCoalesced(long count, String cause) {
        coalescedLost.addAndGet(count); // before they are counted as lost: nothing is ever counted twice
        losses.add(count, cause);
        bell.ring(Doorbell.ENTRY);
    }

    long coalesced() {
        long lost = coalescedLost.get(); // first: what was lost had been coalesced
        return coalesced.get() - lost;
    }

    long seen() {
        return seen.get();
    }
}
