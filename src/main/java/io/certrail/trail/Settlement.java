package io.certrail.trail;

import io.certrail.trail.Chronicle.Gap;
import io.certrail.trail.Entry.Origin;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of what the writer takes: it is on record once it is on disk, or lost, and a gap record tells of that. By the
 * writer's thread; how far it is settled, by any.
 */
final class Settlement {
    private final Chronicle chronicle;
    private final Intake intake;
    private final Losses losses;
    private final Backlog backlog;
    private final Consumer<Entry> keeping;
    private final Ledger ledger;
    private volatile Durable settled;
    private boolean sealed;

    /** @param settled how far the trail was on disk when it was opened */
    Settlement(Backlog backlog, Chronicle chronicle, Intake intake, Losses losses, Durable settled) {
        this.chronicle = chronicle;
        this.intake = intake;
        this.losses = losses;
        this.backlog = backlog;
        this.keeping = backlog::add;
        this.ledger = new Ledger(intake, losses);
        this.settled = settled;
    }

    TrailCounts counts() {
        return ledger.counts();
    }

    /** How many of those lost no record on disk tells of. */
    long untold() {
        return losses.untold();
    }

    Durable settled() {
        return settled;
    }

    /** Takes what was appended since. */
    void take() {
        intake.take(keeping);
    }

    /** Takes for the last time: what is appended later is lost at once. To be called again when it has thrown. */
    void seal() {
        if (!sealed) {
            intake.seal(keeping);
            sealed = true;
        }
    }

    boolean isSealed() {
        return sealed;
    }

    /** Takes a record of the trail's own, which is kept until it is on disk. */
    void say(byte[] line) {
        backlog.add(own(line, Origin.TRAIL, null));
    }

    /** Takes a record of the trail's own that is true now only: after a failure another one is made. */
    void sayNow(byte[] line) {
        backlog.add(own(line, Origin.TRAIL_ONCE, null));
    }

    /** Takes the gap record that is owed, if one is, before all records of producers that are not written. */
    void sayGap() {
        Gap untold = losses.take();
        if (untold != null) {
            try {
                backlog.addNext(own(chronicle.gap(untold), Origin.TRAIL_ONCE, untold));
            } catch (RuntimeException | Error e) {
                losses.putBack(untold);
                throw e;
            }
        }
    }

    private static Entry own(byte[] line, Origin origin, @Nullable Gap told) {
        if (!Line.isAppendable(line, line.length)) {
            throw new IllegalArgumentException("the chronicle gave something that is not a line of a trail");
        }
        return new Entry(line, origin, told);
    }

    /** Tells everybody whose entry is on disk, after all counts say so. */
    void settle(Durable durable) {
        List<Entry> onDisk = backlog.takeFirst((int) (durable.end() - settled.end()));
        settled = durable;
        ledger.recorded(onDisk);
    }

    /** What was written and is not settled has to be written again; a gap record that is not on disk has told nothing. */
    void rewind() {
        backlog.rewind();
        for (Entry entry : backlog.those(each -> each.origin() == Origin.TRAIL_ONCE)) {
            Gap told = entry.told();
            if (told != null) {
                losses.restore(told);
            }
            backlog.remove(entry);
        }
    }

    /** Loses what producers wait for. */
    void loseWaiting(String cause) {
        lose(entry -> entry.origin() == Origin.WAITING_PRODUCER, cause);
    }

    /** Loses all that there is. */
    void loseAll(String cause) {
        lose(entry -> true, cause);
    }

    private void lose(Predicate<Entry> which, String cause) {
        ledger.lost(backlog.those(which), cause);
        backlog.remove(which);
    }

    /** Loses all that there is or was appended, with no gap record that could tell of it. */
    void loseUntold() {
        intake.seal(keeping);
        sealed = true;
        ledger.lostUntold(backlog.those(entry -> true));
        backlog.remove(entry -> true);
    }
}
