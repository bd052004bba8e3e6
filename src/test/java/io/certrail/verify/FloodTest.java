package io.certrail.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.Fault;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.Outcome;
import io.certrail.event.Reason;
import io.certrail.event.RequestFacts;
import io.certrail.recorder.Durability;
import io.certrail.recorder.FloodOptions;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestInFlight;
import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.KeyChain;
import io.certrail.tlog.SignerKey;
import io.certrail.tlog.VerifierKey;
import io.certrail.trail.CheckpointCounts;
import io.certrail.trail.CheckpointHistory;
import io.certrail.trail.Retention;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailAssert;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What records of floods tell, beside what checkpoints count. */
final class FloodTest {
    private static final FloodOptions LIMIT = new FloodOptions(1, 10, Duration.ofMillis(50), 100);
    private static final int HANDSHAKES = 3000;
    private static final int REQUESTS = 500;

    @TempDir
    Path folder;

    @Test
    void floodOfHandshakesAndRequestsIsCompleteAndCountedTwiceOver() throws IOException {
        record(true);
        Report report = verify();
        CheckpointCounts counts = counts();

        assertThat(report.findings()).extracting(Finding::kind).containsExactly(FindingKind.VOUCHES_FOR_ITSELF);
        assertThat(counts.connections().coalesced())
                .isEqualTo(told("tls.handshake"))
                .isBetween(HANDSHAKES - 100L, HANDSHAKES - 10L);
        assertThat(counts.requests().coalesced())
                .isEqualTo(told("http.request"))
                .isBetween(REQUESTS - 100L, REQUESTS - 10L);
        assertThat(counts.connections().numbered()).isEqualTo(HANDSHAKES + 1L);
    }

    /** Whoever holds the key edits what the last checkpoint counts, so that sums are as they should be. */
    @ParameterizedTest
    @ValueSource(strings = {"connections", "requests"})
    void countsThatAreNotThoseOfTheRecordsAreFound(String of) throws IOException {
        record(true);
        Checkpoint checkpoint = newest();
        List<String> edited = checkpoint.extensions().stream()
                .map(line -> line.startsWith(of) ? moveOne(line) : line)
                .toList();
        assertThat(edited).isNotEqualTo(checkpoint.extensions());
        SignerKey key = SignerKey.parse(Files.readString(folder.resolve("key")).strip());
        Checkpoint other = new Checkpoint(checkpoint.origin(), checkpoint.size(), checkpoint.root(), edited);
        Files.write(folder.resolve("checkpoint"), other.sign(key).bytes());

        assertThat(verify().findings())
                .filteredOn(finding -> finding.kind() == FindingKind.COUNTS_DIFFER)
                .anyMatch(finding -> finding.detail().contains("in records of floods"));
    }

    /** From coalesced to lost: a loss that nobody tells. */
    private static String moveOne(String line) {
        String coalesced = line.replaceFirst(".* coalesced=([0-9]+).*", "$1");
        String lost = line.replaceFirst(".* lost=([0-9]+).*", "$1");
        return line.replaceFirst("coalesced=[0-9]+", "coalesced=" + (Long.parseLong(coalesced) - 1))
                .replaceFirst("lost=[0-9]+", "lost=" + (Long.parseLong(lost) + 1));
    }

    @Test
    void floodThatWasNeverToldIsMissed() throws IOException {
        record(false);
        Report report = verify();

        assertThat(report.holds(Verdict.COMPLETE)).isFalse();
        assertThat(report.counts()).containsKeys(FindingKind.CONNECTION_MISSING, FindingKind.COUNTS_DIFFER);
    }

    /** What was counted since the last record of a flood was in memory. */
    @Test
    void floodThatWasNotToldBeforeAKillIsDeclaredLost() throws IOException {
        Path killed = folder.resolve("killed");
        folder = folder.resolve("trail");
        FloodOptions limit = new FloodOptions(1, 10, Duration.ofHours(1), 100);
        String boot = Recorder.newBootId();
        try (Trail trail = SampleTrail.open(folder, boot, 60_000, Retention.ALL)) {
            Recorder recorder = SampleTrail.recorder(trail, boot, Durability.NONE, limit, Clock.systemUTC());
            for (int i = 0; i < HANDSHAKES; i++) {
                refuse(recorder);
            }
            unauthenticated(recorder);
            SampleTrail.connection(recorder, 0); // after which a checkpoint counts all of them
            TrailAssert.awaitSealed(trail);
            TrailCopy.copy(folder, killed);
        }
        folder = killed;
        CheckpointCounts counts = counts();
        long lost = counts.connections().coalesced() + counts.requests().coalesced();
        assertThat(verify().findings()).extracting(Finding::kind).containsExactly(FindingKind.VOUCHES_FOR_ITSELF);
        SampleTrail.live(killed, 1);
        Report report = verify();

        assertThat(report.counts().keySet())
                .containsOnly(FindingKind.DECLARED_LOSS, FindingKind.BOOT_WITHOUT_STOP, FindingKind.VOUCHES_FOR_ITSELF);
        assertThat(report.findings())
                .extracting(Finding::detail)
                .anyMatch(detail -> detail.startsWith(lost + " records of boot " + boot));
    }

    /** A flood whose connections are not in a row is told early, for which there is no memory once. */
    @Test
    void failureForWhoseFloodMemoryIsOutIsOnRecordAndTheFloodIsStillTold() throws IOException {
        AtomicBoolean exhausted = new AtomicBoolean();
        InstantSource source = () -> {
            if (exhausted.getAndSet(false)) {
                throw new OutOfMemoryError("injected");
            }
            return Instant.now();
        };
        FloodOptions limit = new FloodOptions(1, 1, Duration.ofHours(1), 100);
        String boot = Recorder.newBootId();
        int flood = 520;
        int failed = 0;
        try (Trail trail = SampleTrail.open(folder, boot, 1 << 20, Retention.ALL);
                Recorder recorder =
                        SampleTrail.recorder(trail, boot, Durability.NONE, limit, source.withZone(ZoneOffset.UTC))) {
            for (int i = 0; i < flood; i++) {
                SampleTrail.connection(recorder, 0);
                HandshakeEvent refused = refused(recorder);
                exhausted.set(true);
                assertThatCode(() -> recorder.record(refused)).doesNotThrowAnyException();
                failed += exhausted.getAndSet(false) ? 0 : 1;
            }
        }
        assertThat(failed).isPositive();
        assertThat(verify().findings()).extracting(Finding::kind).containsExactly(FindingKind.VOUCHES_FOR_ITSELF);
        CheckpointCounts.Connections counted = counts().connections();
        assertThat(counted.coalesced()).isEqualTo(told("tls.handshake")).isPositive();
        assertThat(counted.failed()).isEqualTo(flood - counted.coalesced()).isGreaterThan(failed);
    }

    /** @param told whether what is coalesced is told at the end; else only what a period told before */
    private void record(boolean told) throws IOException {
        FloodOptions limit = told ? LIMIT : new FloodOptions(1, 10, Duration.ofHours(1), 100);
        String boot = Recorder.newBootId();
        try (Trail trail = SampleTrail.open(folder, boot, 60_000, Retention.ALL)) {
            Recorder recorder = SampleTrail.recorder(trail, boot, Durability.NONE, limit, Clock.systemUTC());
            SampleTrail.connection(recorder, 0);
            for (int i = 1; i < HANDSHAKES; i++) {
                refuse(recorder);
            }
            unauthenticated(recorder);
            TrailAssert.awaitSealed(trail);
            if (told) {
                recorder.close();
            }
        }
    }

    private static void refuse(Recorder recorder) {
        recorder.record(refused(recorder));
    }

    private static HandshakeEvent refused(Recorder recorder) {
        ConnectionFacts facts = facts(recorder.nextConnectionId());
        Fault fault = Fault.of(Reason.CERTIFICATE_REQUIRED, "no certificate");
        return new HandshakeEvent(recorder.now(), Outcome.FAILURE, 1_000_000, fault, facts);
    }

    /** Many requests over one connection, whose handshake has its record. */
    private static void unauthenticated(Recorder recorder) {
        ConnectionFacts facts = facts(recorder.nextConnectionId());
        recorder.record(new HandshakeEvent(recorder.now(), Outcome.SUCCESS, 1_000_000, null, facts));
        for (int i = 0; i < REQUESTS; i++) {
            RequestFacts asked = new RequestFacts("r" + i, "server", "GET", "/secret", "2", "curl/8", null, null);
            RequestInFlight request = recorder.open(asked, facts, System.nanoTime());
            request.status(401);
            request.close();
        }
    }

    private static ConnectionFacts facts(String id) {
        return new ConnectionFacts(
                id, new Endpoint("192.0.2.9", 40_000), new Endpoint("198.51.100.1", 8443), "shop.example", null);
    }

    /** The sum of what records of floods of an event say. */
    private long told(String event) throws IOException {
        long sum = 0;
        try (TrailReader reader = TrailReader.open(TrailFiles.onDisk(), folder, 0)) {
            while (reader.next()) {
                String line = new String(reader.line(), UTF_8);
                if (line.contains("\"name\":\"audit.flood\"") && line.contains("\"event\":\"" + event + "\"")) {
                    sum += Long.parseLong(line.replaceFirst(".*\"count\":\"([0-9]+)\".*", "$1"));
                }
            }
        }
        return sum;
    }

    private CheckpointCounts counts() throws IOException {
        return CheckpointCounts.of(newest()).orElseThrow();
    }

    private Checkpoint newest() throws IOException {
        VerifierKey key =
                VerifierKey.parse(Files.readString(folder.resolve("key.pub")).strip());
        byte[] note = CheckpointHistory.of(TrailFiles.onDisk(), folder).newest().orElseThrow();
        return KeyChain.of(key).open(note).accepted().orElseThrow();
    }

    private Report verify() throws IOException {
        return new Verifier(TrailFiles.onDisk(), VerifyOptions.of(null)).verify(folder, Progress.NONE);
    }
}
