package io.certrail.trail;

import io.certrail.trail.Chronicle.Gap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the counts true while entries are settled: each is counted before its producer hears of it. Loops go by index, for
 * when memory is out there must be no iterator that fails half-way. Settled by the writer's thread, read by any.
 */
final class Ledger {
    private final Intake intake;
    private final Losses losses;
    private final AtomicLong recorded = new AtomicLong();

    Ledger(Intake intake, Losses losses) {
        this.intake = intake;
        this.losses = losses;
    }

    TrailCounts counts() {
        long written = recorded.get(); // in this order: what is recorded or lost has been seen
        long lost = losses.total();
        long coalesced = intake.coalesced();
        long seen = intake.seen();
        return new TrailCounts(seen, written, lost, coalesced, seen - written - lost - coalesced);
    }

    /** Entries that are on disk. */
    void recorded(List<Entry> entries) {
        int count = 0;
        long bytes = 0;
        long told = 0;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Gap gap = entry.told();
            told += gap == null ? 0 : gap.count();
            if (!entry.origin().isOwn()) {
                count++;
                bytes += entry.line().length;
            }
        }
        losses.told(told);
        intake.release(count, bytes);
        intake.sawOwn(entries.size() - count);
        recorded.addAndGet(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).recorded();
        }
    }

    /** Entries that will not reach the disk. The trail's own were never counted. Where memory is out, nothing has changed. */
    void lost(List<Entry> entries, String cause) {
        List<Entry> lost = producers(entries);
        if (!lost.isEmpty()) {
            losses.owe(lost.size(), cause);
            count(lost);
        }
    }

    /** The same at the very end, when no gap record can tell of it any more. */
    void lostUntold(List<Entry> entries) {
        count(producers(entries));
    }

    private static List<Entry> producers(List<Entry> entries) {
        return entries.stream().filter(entry -> !entry.origin().isOwn()).toList();
    }

    private void count(List<Entry> lost) {
        long bytes = 0;
        for (int i = 0; i < lost.size(); i++) {
            Entry entry = lost.get(i);
            bytes += entry.line().length;
            losses.lost(entry.line(), entry.line().length);
        }
        intake.release(lost.size(), bytes);
        losses.count(lost.size());
        for (int i = 0; i < lost.size(); i++) {
            lost.get(i).lost();
        }
    }
}
