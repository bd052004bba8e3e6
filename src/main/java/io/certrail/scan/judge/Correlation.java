package io.certrail.scan.judge;

import io.certrail.scan.log.Field;
import io.certrail.scan.log.LogRecord;
import io.certrail.scan.log.Profile;
import io.certrail.scan.probe.Credential.Presented;
import io.certrail.scan.probe.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * Which records belong to which probe: by its port, since it began, by its nonce, by a certificate that only it
 * presented, by the connection that a record of it names; and where a record names an address alone, by the time at which
 * it came.
 */
public final class Correlation {
    private final Profile profile;
    private final List<LogRecord> records;
    private final List<Tried> tried;
    private final Duration delay;
    /** For each record the probes that it names. */
    private final List<List<Tried>> named;

    /** By connection, the records of it that name a probe, by probe. */
    private final Map<String, Map<Tried, List<Integer>>> byConnection = new HashMap<>();

    /**
     * Finds what each record names.
     *
     * @param delay how long a line may have been in the log before it was seen
     * @throws CancellationException if the thread was interrupted, and still is
     */
    public Correlation(Profile profile, List<LogRecord> records, List<Tried> tried, Duration delay) {
        this.profile = profile;
        this.records = List.copyOf(records);
        this.tried = List.copyOf(tried);
        this.delay = delay;
        List<Clue> clues =
                tried.stream().map(each -> new Clue(each, this.tried)).toList();
        this.named = this.records.stream().map(record -> named(record, clues)).toList();
        for (int i = 0; i < this.records.size(); i++) {
            int index = i;
            this.records.get(i).get(Field.CONNECTION).ifPresent(connection -> named.get(index)
                    .forEach(each -> byConnection
                            .computeIfAbsent(connection, key -> new HashMap<>())
                            .computeIfAbsent(each, key -> new ArrayList<>())
                            .add(index)));
        }
    }

    private static List<Tried> named(LogRecord record, List<Clue> clues) {
        goOn();
        return clues.stream()
                .filter(clue -> clue.fits(record))
                .map(clue -> clue.tried)
                .toList();
    }

    /** A log may be long, and who waits for its judgement may have left. */
    private static void goOn() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while records were sorted by probes");
        }
    }

    /**
     * The records of a probe, in the order of the log; equal ones are told apart.
     *
     * @throws CancellationException if the thread was interrupted, and still is
     */
    public List<LogRecord> of(Tried probe) {
        Sighting sighting = probe.sighting();
        var address = new ClientAddress(sighting.address(), sighting.port());
        return IntStream.range(0, records.size())
                .filter(index -> isOf(index, probe, address))
                .mapToObj(records::get)
                .toList();
    }

    private boolean isOf(int index, Tried probe, ClientAddress address) {
        goOn();
        return named.get(index).contains(probe) || isJoinedTo(index, probe) || isOnlyOneThen(index, probe, address);
    }

    /** Whether another record of the same connection names the probe. */
    private boolean isJoinedTo(int index, Tried probe) {
        return isOneOf(namingOnConnection(index).getOrDefault(probe, List.of()), index);
    }

    private boolean isJoinedToAny(int index) {
        return namingOnConnection(index).values().stream().anyMatch(others -> isOneOf(others, index));
    }

    private Map<Tried, List<Integer>> namingOnConnection(int index) {
        return records.get(index)
                .get(Field.CONNECTION)
                .map(connection -> byConnection.getOrDefault(connection, Map.of()))
                .orElse(Map.of());
    }

    /** Whether a record is of the same connection as another one of those. */
    private boolean isOneOf(List<Integer> others, int index) {
        LogRecord record = records.get(index);
        return others.stream().anyMatch(other -> other != index && areOfOneConnection(record, records.get(other)));
    }

    private boolean areOfOneConnection(LogRecord one, LogRecord other) {
        Optional<String> port = one.get(Field.PORT);
        boolean otherPort =
                port.isPresent() && other.get(Field.PORT).isPresent() && !port.equals(other.get(Field.PORT));
        return !otherPort
                && Duration.between(one.line().seen(), other.line().seen())
                                .abs()
                                .compareTo(profile.joinWithin())
                        <= 0;
    }

    /** Whether the record names an address and nothing that tells connections apart, and came while only this was made. */
    private boolean isOnlyOneThen(int index, Tried probe, ClientAddress address) {
        LogRecord record = records.get(index);
        if (record.get(Field.PORT).isPresent()
                || !named.get(index).isEmpty()
                || !saysAddress(record, address)
                || isJoinedToAny(index)) {
            return false;
        }
        List<Tried> then = tried.stream()
                .filter(each -> each.wasUnderWay(record.line().seen(), delay))
                .toList();
        return then.equals(List.of(probe));
    }

    private static boolean saysAddress(LogRecord record, ClientAddress address) {
        return record.get(Field.ADDRESS).map(address::is).orElseGet(() -> address.isWithoutPortIn(record.text()));
    }

    /** What tells one probe's records from all others. */
    private static final class Clue {
        private final Tried tried;
        private final Sighting sighting;
        private final ClientAddress address;
        private final Optional<Identity> own;

        Clue(Tried tried, List<Tried> all) {
            this.tried = tried;
            this.sighting = tried.sighting();
            this.address = new ClientAddress(sighting.address(), sighting.port());
            Presented presented = sighting.presented();
            boolean shared = all.stream()
                    .filter(other -> !other.equals(tried))
                    .map(other -> other.sighting().presented())
                    .filter(Objects::nonNull)
                    .anyMatch(other -> presented != null && other.sha256().equals(presented.sha256()));
            this.own = presented == null || shared ? Optional.empty() : Optional.of(new Identity(presented));
        }

        boolean fits(LogRecord record) {
            if (record.line().text().contains(sighting.nonce())
                    || own.map(each -> each.isStatedUniquely(record)).orElse(false)) {
                return true;
            }
            Optional<String> port = record.get(Field.PORT);
            if (port.isPresent()) {
                return !record.line().seen().isBefore(sighting.began())
                        && port.get().equals(Integer.toString(sighting.port()))
                        && record.get(Field.ADDRESS).map(address::is).orElse(true);
            }
            return address.isWithPortIn(record.text());
        }
    }
}
