package io.certrail.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.AuditEvent;
import io.certrail.event.Reason;
import io.certrail.event.RefusedBy;
import io.certrail.event.RequestFacts;
import io.certrail.trail.FaultyFiles;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailAssert;
import io.certrail.trail.TrailCounts;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Floods through the one door, on a real trail. */
class RecorderFloodTest {
    private static final String ATTACKER = "203.0.113.7";

    @TempDir
    Path folder;

    private final AtomicLong refused = new AtomicLong();
    private final AtomicInteger heard = new AtomicInteger();

    private Trail open(TrailFiles files, int queueRecords) throws IOException {
        TrailOptions usual = TrailOptions.of(folder);
        TrailOptions options = new TrailOptions(
                folder,
                usual.segmentBytes(),
                usual.segmentAge(),
                queueRecords,
                usual.queueBytes(),
                usual.linger(),
                usual.forceInterval(),
                Duration.ofMillis(20),
                usual.retention(),
                usual.walBytes());
        return Trail.open(
                options, files, Clock.systemUTC(), new TrailChronicle(Floods.BOOT, List.of()), TrailMeter.NONE);
    }

    private Recorder recorder(Trail trail, FailurePolicy onFailure, FloodOptions flood) {
        RecorderOptions options =
                new RecorderOptions(Durability.ANSWER, onFailure, Duration.ofSeconds(5), ServedAlways.NONE);
        Recorder recorder = new Recorder(options, flood, trail, Clock.systemUTC(), Floods.BOOT);
        recorder.observe(new RecordObserver() {
            @Override
            public void recorded(AuditEvent event) {
                heard.incrementAndGet();
            }
        });
        return recorder;
    }

    private static FloodOptions limit(int rate, int burst, Duration period) {
        return new FloodOptions(rate, burst, period, 100);
    }

    private void refuse(Recorder recorder, int times) {
        for (int i = 0; i < times; i++) {
            long number = number(recorder.nextConnectionId());
            recorder.record(Floods.refused(ATTACKER, Reason.CERTIFICATE_REQUIRED, number));
            refused.incrementAndGet();
        }
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
    }

    /** A million refused handshakes of one address beside a thousand good ones of another. */
    @Test
    void floodNeitherFillsTheDiskNorPushesOutOthers() throws IOException {
        int failures = 1_000_000;
        int successes = 1_000;
        List<Long> good = new ArrayList<>();
        Trail trail = open(TrailFiles.onDisk(), 1 << 16);
        try (trail;
                Recorder recorder = recorder(trail, FailurePolicy.REFUSE, limit(100, 10_000, Duration.ofMillis(200)))) {
            for (int i = 0; i < successes; i++) {
                refuse(recorder, failures / successes);
                long number = number(recorder.nextConnectionId());
                recorder.record(Floods.established("198.51.100.1", number));
                good.add(number);
            }
        }

        TrailCounts counts = trail.counts();
        assertThat(counts.lost()).isZero();
        assertThat(counts.queued()).isZero();
        List<JsonObject> records = records();
        assertThat(numbers(records, "success")).isEqualTo(good);
        List<Long> all = new ArrayList<>(numbers(records, "failure"));
        assertThat(all.size()).as("burst, and some of the rate").isBetween(10_000, 20_000);
        List<Long> covered = covered(records);
        assertThat(counts.coalesced()).isEqualTo(covered.size());
        all.addAll(covered);
        all.addAll(good);
        assertThat(all.stream().sorted().toList())
                .isEqualTo(
                        LongStream.rangeClosed(1, failures + successes).boxed().toList());
        assertThat(heard.get()).as("metrics count each").isGreaterThanOrEqualTo(failures + successes);
        assertThat(bytes()).as("bytes of %s records", records.size()).isLessThan(10_000_000);
        JsonObject stopped =
                records.get(records.size() - 1).getJsonObject("audit").getJsonObject("details");
        assertThat(stopped.getString("coalesced")).isEqualTo(Integer.toString(covered.size()));
    }

    @Test
    void endInTheMiddleOfAFloodTellsWhatWasCoalesced() throws IOException {
        Trail trail = open(TrailFiles.onDisk(), 1 << 16);
        Recorder recorder = recorder(trail, FailurePolicy.REFUSE, limit(1, 10, Duration.ofHours(1)));
        refuse(recorder, 1000);
        recorder.close();
        refuse(recorder, 5);
        trail.close();

        long coalesced = trail.counts().coalesced();
        assertThat(coalesced).isBetween(900L, 990L);
        List<JsonObject> records = records();
        assertThat(records.stream().filter(record -> name(record).equals("audit.flood")))
                .singleElement()
                .satisfies(flood -> {
                    JsonObject details = flood.getJsonObject("audit").getJsonObject("details");
                    assertThat(details.getString("source")).isEqualTo(ATTACKER);
                    assertThat(details.getString("event")).isEqualTo("tls.handshake");
                    assertThat(details.getString("reason")).isEqualTo("certificate_required");
                    assertThat(details.getString("count")).isEqualTo(Long.toString(coalesced));
                    assertThat(details.getJsonArray("connections").getString(0)).startsWith("11-");
                    assertThat(flood.getJsonObject("error").getString("type")).isEqualTo("certificate_required");
                });
        assertThat(numbers(records, "failure")).hasSize((int) (1005 - coalesced));
    }

    @Test
    void threadTellsEveryPeriodAndEndsWithTheRecorder() throws Exception {
        try (Trail trail = open(TrailFiles.onDisk(), 1 << 16)) {
            Recorder recorder = recorder(trail, FailurePolicy.REFUSE, limit(1, 10, Duration.ofMillis(20)));
            refuse(recorder, 100);
            for (int i = 0; i < 500 && heard.get() <= 100; i++) {
                Thread.sleep(20);
            }
            assertThat(heard.get()).as("each failure, and the flood").isGreaterThan(100);
            recorder.close();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("certrail-flood"));
    }

    @Test
    void answerOfARequestOfAFloodWaitsForNothing() throws IOException {
        AtomicBoolean broken = new AtomicBoolean();
        try (Trail trail = open(new FaultyFiles(call -> broken.get(), false), 1 << 16);
                Recorder recorder = recorder(trail, FailurePolicy.REFUSE, limit(1, 1, Duration.ofHours(1)))) {
            assertThat(unauthenticated(recorder).closeBeforeAnswer()).isTrue();
            assertThat(TrailAssert.durableLines(folder)).anyMatch(line -> line.contains("http.request"));
            assertThat(unauthenticated(recorder).closeBeforeAnswer()).isTrue();
            assertThat(trail.counts().coalesced()).isEqualTo(1);

            broken.set(true);
            request(recorder, 200).closeBeforeAnswer(); // this one finds out
            assertThat(unauthenticated(recorder).closeBeforeAnswer())
                    .as("nor does it go out while nothing can be recorded")
                    .isFalse();
            broken.set(false);
        }
    }

    private static RequestInFlight unauthenticated(Recorder recorder) {
        return request(recorder, 401);
    }

    private static RequestInFlight request(Recorder recorder, int status) {
        RequestFacts facts = new RequestFacts("id", "server", "GET", "/", "1.1", null, null, null);
        RequestInFlight request = recorder.open(facts, Floods.connection(ATTACKER, 1), System.nanoTime());
        if (status == 401) {
            request.refusedBy(RefusedBy.CONTAINER);
        }
        request.status(status);
        return request;
    }

    @Test
    void floodThatFindsTheQueueFullCountsAsLostWithAllItStoodFor() throws IOException {
        AtomicBoolean broken = new AtomicBoolean();
        Trail trail = open(new FaultyFiles(call -> broken.get(), false), 20);
        Recorder recorder = recorder(trail, FailurePolicy.CONTINUE, limit(1, 100, Duration.ofHours(1)));
        broken.set(true);
        refuse(recorder, 1100);
        long coalesced = trail.counts().coalesced();
        assertThat(coalesced).isBetween(900L, 1000L);
        recorder.close();

        assertThat(trail.counts().coalesced()).isZero();
        assertThat(trail.counts().lost())
                .as("the flood, what it told of, and more")
                .isGreaterThan(coalesced);
        broken.set(false);
        trail.close();
        TrailCounts counts = trail.counts();
        assertThat(counts.queued()).isZero();
        long gaps = records().stream()
                .filter(record -> name(record).equals("audit.gap"))
                .mapToLong(gap -> Long.parseLong(
                        gap.getJsonObject("audit").getJsonObject("details").getString("count")))
                .sum();
        assertThat(gaps).isEqualTo(counts.lost());
    }

    private static String name(JsonObject record) {
        return record.getJsonObject("event").getString("name");
    }

    private static List<Long> numbers(List<JsonObject> records, String outcome) {
        return records.stream()
                .filter(record -> name(record).equals("tls.handshake"))
                .filter(record ->
                        record.getJsonObject("event").getString("outcome").equals(outcome))
                .map(record -> number(
                        record.getJsonObject("mtls").getJsonObject("connection").getString("id")))
                .toList();
    }

    private static List<Long> covered(List<JsonObject> records) {
        return records.stream()
                .filter(record -> name(record).equals("audit.flood"))
                .map(record -> record.getJsonObject("audit").getJsonObject("details"))
                .flatMap(details -> NumberRangesTest.numbersOf(details.getJsonArray("connections").stream()
                                .map(range -> ((JsonString) range).getString())
                                .toList())
                        .stream())
                .toList();
    }

    private List<JsonObject> records() {
        return TrailAssert.lines(folder).stream().map(RecorderFloodTest::parse).toList();
    }

    private static JsonObject parse(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }

    /** Of the records; what else lies there is of constant size. */
    private long bytes() {
        try (Stream<Path> files = Files.walk(folder.resolve("entries"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
