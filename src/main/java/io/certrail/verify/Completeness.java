package io.certrail.verify;

import io.certrail.event.DurationText;
import io.certrail.trail.CheckpointCause;
import io.certrail.trail.CheckpointCounts;
import io.certrail.trail.CheckpointOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether all that happened is on record: counts, boots, time. For one thread. */
final class Completeness {
    private static final long TOLERANCE_MICROS = Duration.ofSeconds(10).toNanos() / 1000;
    private static final Duration SLACK = Duration.ofMinutes(5);
    private static final Duration USUAL_IDLE = Duration.ofHours(1);
    private static final String IDLE_KEY = "certrail.checkpoint.idle";

    private static final int MOST_SHOWN = 5;

    private final Findings findings;
    /** Null: as each start says. */
    private final @Nullable Duration givenIdle;

    private Duration idle;
    private final Kinds kinds = new Kinds();
    private final RecordlessBoots recordless;
    /** Whether the counts of all records are known: else they begin with those of the first checkpoint. */
    private boolean based;

    private @Nullable BootCheck boot;
    private long newestTime = Long.MIN_VALUE;
    private boolean behind;
    private @Nullable Known last;
    private long startSeen = -1;
    private long retiredTo = -1;

    /**
     * Nothing was seen yet.
     *
     * @param fromStart whether the first record of all is coming
     * @param idle the longest time that a running recorder leaves between checkpoints; null: as the trail says
     */
    Completeness(boolean fromStart, @Nullable Duration idle, Findings findings) {
        this.based = fromStart;
        this.givenIdle = idle;
        this.idle = idle == null ? USUAL_IDLE : idle;
        this.findings = findings;
        this.recordless = new RecordlessBoots(findings);
    }

    /** Up to where retention deleted, as records say; -1: none says so. */
    long retiredTo() {
        return retiredTo;
    }

    /** Takes the next record. */
    void record(ScannedChunk chunk, int entry, Place place) {
        Kind kind = kinds.of(chunk, entry);
        kind.add();
        if (chunk.word[entry] >= 0) {
            time(chunk.times[entry], place);
            boot(chunk, entry, kind, place);
        }
    }

    private void time(long micros, Place place) {
        boolean now = newestTime != Long.MIN_VALUE && micros < newestTime - TOLERANCE_MICROS;
        if (now && !behind) {
            findings.add(FindingKind.TIME_BACKWARDS, place, instant(micros) + " after " + instant(newestTime));
        }
        behind = now;
        newestTime = Math.max(newestTime, micros);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private void boot(ScannedChunk chunk, int entry, Kind kind, Place place) {
        String id = chunk.boot[entry] < 0 ? "" : chunk.boots.get(chunk.boot[entry]);
        if (!recordless.isEmpty()) {
            recordless.recordOf(id);
        }
        BootCheck current = boot;
        if (current == null || !current.id().equals(id)) {
            current = next(id, kind.word(), place);
        }
        kind.addOfBoot();
        switch (kind.part()) {
            case HANDSHAKE -> current.handshake(chunk.connections[entry], place);
            case REQUEST_RECEIVED -> current.arrived(request(chunk, entry), place);
            case REQUEST -> {
                if (current.awaitsRequests()) {
                    current.ended(request(chunk, entry));
                }
            }
            case AUDIT -> audit(chunk, entry, kind.word(), place, current);
            case OTHER -> {} // counted, and no more is to be checked
        }
    }

    private BootCheck next(String id, String word, Place place) {
        boolean started = word.startsWith("audit.started:");
        boolean first = boot == null && !based;
        if (!started && !first) {
            findings.add(FindingKind.BOOT_WITHOUT_START, place, "boot " + id);
        }
        if (boot != null) {
            boot.end(false);
        }
        if (started && based && startSeen != place.sequence()) {
            findings.add(FindingKind.HISTORY_MISSING, place, "start of boot " + id + " at size " + place.sequence());
        }
        kinds.boot();
        idle = givenIdle == null ? USUAL_IDLE : givenIdle;
        boot = new BootCheck(id, started || !first, place, kinds, findings);
        return boot;
    }

    private void audit(ScannedChunk chunk, int entry, String word, Place place, BootCheck current) {
        AuditDetails details = AuditDetails.of(chunk.chunk.buffer(), chunk.begins[entry], chunk.ends[entry]);
        if (word.startsWith("audit.gap:")) {
            findings.add(
                    FindingKind.DECLARED_LOSS,
                    place,
                    details.text("count") + " from " + details.text("from") + " to " + details.text("to") + ": "
                            + details.text("cause"));
        } else if (word.startsWith("audit.recovered:")) {
            findings.add(
                    FindingKind.RECOVERED,
                    place,
                    details.text("bytes") + " bytes of " + details.text("segment") + " to torn/"
                            + details.text("set_aside"));
        } else if (word.startsWith("audit.retired:")) {
            retiredTo = Math.max(retiredTo, details.number("next_sequence"));
        } else if (word.startsWith("audit.config:")) {
            configured(details.text(IDLE_KEY));
        } else if (word.startsWith("audit.stopped:")) {
            current.stopped();
        } else if (word.startsWith("audit.flood:")) {
            current.flood(details, place);
        }
    }

    /** One that no recorder takes, somebody else wrote. */
    private void configured(String idleText) {
        Duration told = DurationText.parse(idleText);
        if (givenIdle == null
                && told != null
                && !told.isNegative()
                && told.compareTo(CheckpointOptions.LONGEST_IDLE) <= 0) {
            idle = told;
        }
    }

    /** By connection and request id: a client may choose the latter. */
    private static String request(ScannedChunk chunk, int entry) {
        return AuditDetails.request(chunk.chunk.buffer(), chunk.begins[entry], chunk.ends[entry]);
    }

    /** Compares with a checkpoint of the size reached. */
    void checkpoint(Known known) {
        CheckpointCounts counts = known.counts();
        if (counts == null) {
            findings.add(FindingKind.COUNTS_UNKNOWN, known.place(), "size " + known.size());
            return;
        }
        if (!based) {
            kinds.begin(counts.records());
            based = true;
        }
        compare(known, counts);
        times(known, counts);
        BootCheck current = boot;
        if (counts.cause() == CheckpointCause.START) {
            startSeen = known.size();
        }
        if (current != null && current.id().equals(counts.bootId())) {
            current.checkpoint(known, counts);
        } else if (current != null || known.size() == 0) { // else nobody knows whose records there are
            recordless.checkpoint(known, counts);
        }
        last = known.outside() ? last : known;
    }

    private void compare(Known known, CheckpointCounts counts) {
        Map<String, Long> records = kinds.counts();
        if (records.equals(counts.records())) {
            return;
        }
        Map<String, Long> all = new TreeMap<>(counts.records());
        records.forEach(all::putIfAbsent);
        String differences = all.keySet().stream()
                .filter(word ->
                        !records.getOrDefault(word, 0L).equals(counts.records().getOrDefault(word, 0L)))
                .limit(MOST_SHOWN)
                .map(word -> word + " " + records.getOrDefault(word, 0L) + " on record, "
                        + counts.records().getOrDefault(word, 0L) + " counted")
                .collect(Collectors.joining("; "));
        if (!differences.isEmpty()) {
            findings.add(FindingKind.COUNTS_DIFFER, known.place(), "size " + known.size() + ": " + differences);
        }
    }

    private void times(Known known, CheckpointCounts counts) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, counts.time());
        if (newestTime != Long.MIN_VALUE && micros < newestTime - TOLERANCE_MICROS) {
            findings.add(
                    FindingKind.CHECKPOINT_TIME,
                    known.place(),
                    counts.time() + ", but it seals a record of " + instant(newestTime));
        }
        CheckpointCounts before = last == null ? null : last.counts();
        if (before == null || known.outside()) {
            return; // one from elsewhere stands anywhere among those of its size
        }
        if (counts.time().isBefore(before.time())) {
            findings.add(FindingKind.CHECKPOINT_TIME, known.place(), counts.time() + " after " + before.time());
        } else if (before.bootId().equals(counts.bootId())
                && Duration.between(before.time(), counts.time()).minus(SLACK).compareTo(idle) > 0) {
            findings.add(
                    FindingKind.SILENCE,
                    known.place(),
                    "from " + before.time() + " to " + counts.time() + ", expected one each " + DurationText.of(idle));
        }
    }

    /** No more is coming. */
    void finish() {
        if (boot != null) {
            boot.end(recordless.isEmpty());
        }
        CheckpointCounts newest = last == null ? null : last.counts();
        recordless.finish(newest == null ? "" : newest.bootId());
    }
}
