package io.certrail.trail;

import io.certrail.tlog.Checkpoint;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a checkpoint says besides origin, size and root: when and why it was made, and counts by which it can be shown that
 * nothing is missing. Four extension lines:
 *
 * <pre>
 * certrail/1 time=2026-11-25T16:00:00.000000Z boot=… cause=interval
 * connections accepted=9 numbered=9 succeeded=5 failed=2 unknown=0 coalesced=0 lost=0 open=2
 * requests begun=7 ended=6 coalesced=0 lost=0 open=1
 * records audit.started:success=1 http.request:success=6 tls.handshake:failure=2 tls.handshake:success=5
 * </pre>
 *
 * <p>Words that a reader does not know are to be passed over: there may be more of them one day.
 *
 * @param time when it was made, to the microsecond
 * @param bootId of the start of the recorder that made it, without spaces
 * @param connections of this boot
 * @param requests of this boot
 * @param records how many lines of the whole trail up to its size, those that retention deleted included, have a name and an
 *     outcome: {@code <event.name>:<event.outcome>}
 */
public record CheckpointCounts(
        Instant time,
        String bootId,
        CheckpointCause cause,
        Connections connections,
        Requests requests,
        SortedMap<String, Long> records) {
    private static final String FORM = "certrail/1";

    /** Checks that it can be read again. */
    public CheckpointCounts {
        records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
        if (!CountLine.isWord(bootId) || !records.keySet().stream().allMatch(CountLine::isWord)) {
            throw new IllegalArgumentException("a boot id and the names of records have no spaces and no =");
        }
        if (records.values().stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("a count is below zero");
        }
    }

    /**
     * Connections to TLS listeners: {@code accepted = succeeded + failed + unknown + coalesced + lost + open}, unless the
     * records say more than was accepted.
     *
     * @param accepted those with a number, and those without one whose handshake was told: such that somebody else numbers,
     *     or that were accepted before this boot
     * @param numbered the number that the last one was given; they are 1, 2, 3…, and each has one {@code tls.handshake}
     *     record, or is coalesced, lost or open
     * @param succeeded {@code tls.handshake} records with that outcome, up to the checkpoint's size
     * @param failed the same
     * @param unknown the same
     * @param coalesced told together, in records that stand for several
     * @param lost whose record was lost
     * @param open neither yet: the handshake goes on, or its record is not yet in the tree
     */
    public record Connections(
            long accepted,
            long numbered,
            long succeeded,
            long failed,
            long unknown,
            long coalesced,
            long lost,
            long open) {
        static final Connections NONE = new Connections(0, 0, 0, 0, 0, 0, 0, 0);

        public Connections {
            CountLine.check(accepted, numbered, succeeded, failed, unknown, coalesced, lost, open);
        }

        String line() {
            return "connections accepted=" + accepted + " numbered=" + numbered + " succeeded=" + succeeded + " failed="
                    + failed + " unknown=" + unknown + " coalesced=" + coalesced + " lost=" + lost + " open=" + open;
        }
    }

    /**
     * Requests: {@code begun = ended + coalesced + lost + open}, unless the records say more than begun.
     *
     * @param ended {@code http.request} records, up to the checkpoint's size
     * @param open not answered, or not yet in the tree
     */
    public record Requests(long begun, long ended, long coalesced, long lost, long open) {
        static final Requests NONE = new Requests(0, 0, 0, 0, 0);

        public Requests {
            CountLine.check(begun, ended, coalesced, lost, open);
        }

        String line() {
            return "requests begun=" + begun + " ended=" + ended + " coalesced=" + coalesced + " lost=" + lost
                    + " open=" + open;
        }
    }

    /** The lines, as a checkpoint's extensions. */
    public List<String> lines() {
        String counted = records.entrySet().stream()
                .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining());
        return List.of(
                FORM + " time=" + CountLine.micros(time) + " boot=" + bootId + " cause=" + cause.id(),
                connections.line(),
                requests.line(),
                "records" + counted);
    }

    /** The counts of a checkpoint; empty if it has none that are understood. */
    public static Optional<CheckpointCounts> of(Checkpoint checkpoint) {
        return parse(checkpoint.extensions());
    }

    /** The counts of a checkpoint's extensions, which may come from anyone; empty if a line or word of the four is missing. */
    public static Optional<CheckpointCounts> parse(List<String> lines) {
        try {
            CountLine head = CountLine.find(FORM, lines);
            return Optional.of(new CheckpointCounts(
                    head.time("time"),
                    head.word("boot"),
                    CheckpointCause.of(head.word("cause")).orElseThrow(IllegalArgumentException::new),
                    connections(CountLine.find("connections", lines)),
                    requests(CountLine.find("requests", lines)),
                    records(CountLine.find("records", lines))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Connections connections(CountLine line) {
        return new Connections(
                line.count("accepted"),
                line.count("numbered"),
                line.count("succeeded"),
                line.count("failed"),
                line.count("unknown"),
                line.count("coalesced"),
                line.count("lost"),
                line.count("open"));
    }

    private static Requests requests(CountLine line) {
        return new Requests(
                line.count("begun"),
                line.count("ended"),
                line.count("coalesced"),
                line.count("lost"),
                line.count("open"));
    }

    private static SortedMap<String, Long> records(CountLine line) {
        return line.words().keySet().stream()
                .collect(Collectors.toMap(name -> name, line::count, (one, other) -> other, TreeMap::new));
    }

    /** The records of one name, of any outcome. */
    public long recordsNamed(String eventName) {
        return records.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(eventName + ":"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
