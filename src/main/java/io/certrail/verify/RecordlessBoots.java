package io.certrail.verify;

import io.certrail.trail.CheckpointCause;
import io.certrail.trail.CheckpointCounts;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Starts of the recorder of which checkpoints tell, all of one size, and no record so far: on a full disk, say. Of one size,
 * which checkpoint was sealed first is not known for certain, and there are copies: so what is to be said of each start is said
 * once the next record comes, or none. For one thread.
 */
final class RecordlessBoots {
    private static final int MOST = 100_000;

    private final Findings findings;
    private final Map<String, Told> boots = new LinkedHashMap<>();
    private long size = -1;

    RecordlessBoots(Findings findings) {
        this.findings = findings;
    }

    boolean isEmpty() {
        return boots.isEmpty();
    }

    /** Takes a checkpoint of a start that has no record up to its size. */
    void checkpoint(Known known, CheckpointCounts counts) {
        if (known.size() != size) {
            recordOf(counts.bootId()); // there are records between, which cannot be read
            size = known.size();
        }
        if (boots.size() < MOST || boots.containsKey(counts.bootId())) {
            boots.merge(counts.bootId(), Told.of(known, counts), Told::and);
        } else {
            findings.add(FindingKind.UNTRACKED, known.place(), words(counts.bootId()));
        }
    }

    /** A record of a start comes: of those before it, none will have one any more. */
    void recordOf(String goesOn) {
        boots.forEach((id, told) -> {
            check(id, told);
            if (!id.equals(goesOn)) {
                end(id, told, told.seen(), true);
            }
        });
        boots.clear();
    }

    /**
     * No more is coming.
     *
     * @param last the start that made the last checkpoint: it may still be running
     */
    void finish(String last) {
        boots.forEach((id, told) -> {
            boolean over = told.stopped() || !id.equals(last);
            check(id, told);
            end(id, told, over ? told.seen() : told.lost(), over);
        });
        boots.clear();
    }

    private void check(String id, Told told) {
        if (!told.started() || told.recorded() > 0) {
            findings.add(FindingKind.COUNTS_DIFFER, told.place(), "of " + words(id));
        }
    }

    private void end(String id, Told told, long lost, boolean over) {
        if (lost > 0) {
            findings.add(FindingKind.DECLARED_LOSS, told.place(), lost + " records of " + words(id));
        }
        if (over && !told.stopped()) {
            findings.add(FindingKind.BOOT_WITHOUT_STOP, told.place(), words(id));
        }
    }

    private static String words(String id) {
        return "boot " + id + ", which has no record yet";
    }

    /**
     * What checkpoints of one start tell, in any order.
     *
     * @param place of the one that tells most
     * @param recorded the most that are said to be on record
     * @param lost the most that are said to be lost
     * @param seen the most that were to be recorded: what is told with others, and what is open, is not on record either
     */
    private record Told(Place place, boolean started, boolean stopped, long recorded, long lost, long seen) {
        static Told of(Known known, CheckpointCounts counts) {
            CheckpointCounts.Connections connections = counts.connections();
            CheckpointCounts.Requests requests = counts.requests();
            long lost = connections.lost() + requests.lost();
            return new Told(
                    known.place(),
                    counts.cause() == CheckpointCause.START,
                    counts.cause() == CheckpointCause.STOP,
                    connections.succeeded() + connections.failed() + connections.unknown() + requests.ended(),
                    lost,
                    lost + connections.coalesced() + connections.open() + requests.coalesced() + requests.open());
        }

        Told and(Told other) {
            return new Told(
                    other.seen > seen ? other.place : place,
                    started || other.started,
                    stopped || other.stopped,
                    Math.max(recorded, other.recorded),
                    Math.max(lost, other.lost),
                    Math.max(seen, other.seen));
        }
    }
}
