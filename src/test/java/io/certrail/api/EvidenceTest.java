package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.config.CertrailConfig;
import io.certrail.config.FakeConfig;
import io.certrail.index.Coverage;
import io.certrail.index.FedTrail;
import io.certrail.index.IndexState;
import io.certrail.index.RecordIndex;
import io.certrail.index.RecordPage;
import io.certrail.index.Skipped;
import io.certrail.trail.FaultyFiles;
import io.certrail.trail.PlainChronicle;
import io.certrail.trail.Retention;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import io.certrail.trail.Wait;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single records, and what an answer says that it was drawn from. */
final class EvidenceTest {
    private static final String OWN = "own.example";

    @TempDir
    Path folder;

    private final Evidence evidence = new Evidence();

    @BeforeEach
    void ask() {
        evidence.config = CertrailConfig.read(FakeConfig.with("certrail.trail.folder", folder.toString()));
        evidence.search = new Search() {
            @Override
            RecordIndex index() {
                return indexOfNothing();
            }

            @Override
            IndexState state() {
                return new IndexState("test", 100, 100, null);
            }

            @Override
            String origin() {
                return OWN;
            }
        };
    }

    /** Of one line. */
    private Trail open() throws IOException {
        return open(TrailFiles.onDisk(), TrailOptions.of(folder));
    }

    private Trail open(TrailFiles files, TrailOptions options) throws IOException {
        Trail trail = Trail.open(options, files, Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
        evidence.trail = trail;
        FedTrail.await(() -> trail.nextSequence() == 1);
        return trail;
    }

    @Test
    void lineThatIsNotInTheIndexIsReadFromTheTrailHoweverFarTheIndexIs() throws IOException {
        try (Trail trail = open()) {
            assertThat(trail.nextSequence()).isEqualTo(1);
            assertThat(evidence.record(null, 0).map(found -> new String(found.line(), UTF_8)))
                    .hasValueSatisfying(line -> assertThat(line).contains("audit.started"));
            assertThat(evidence.record(OWN, 0)).isPresent();
            assertThat(evidence.record(null, 1)).isEmpty();
            assertThat(evidence.record("other.example", 0)).isEmpty();
        }
    }

    @Test
    void lineThatSomebodyChangedSoThatItIsNoneAnyMoreIsNotThere() throws IOException {
        try (Trail trail = open()) {
            assertThat(evidence.record(null, 0)).isPresent(); // by now it is in its segment
            Path segment = folder.resolve("entries/00000000000000000000.jsonl");
            byte[] changed = Files.readString(segment)
                    .replace("\"sequence\":0}", "\"sequence\":x}")
                    .getBytes(UTF_8);
            Files.write(segment, changed);

            assertThat(evidence.record(null, 0)).isEmpty();
            assertThat(trail.status().isWriting()).isTrue();
        }
    }

    @Test
    void answerIsNotCompleteWhileRecordsAreOnlyInMemoryOrLostAndNotTold() throws IOException {
        AtomicBoolean broken = new AtomicBoolean();
        try (Trail trail = open(new FaultyFiles(call -> broken.get(), true, "No space left on device"), queueOf(10))) {
            assertThat(gaps()).isEmpty();
            broken.set(true);
            for (int i = 0; i < 15; i++) {
                append(trail);
            }
            FedTrail.await(() -> !trail.status().isWriting());

            assertThat(gaps()).containsExactly("not_on_disk 10", "lost 5");
            broken.set(false);
            FedTrail.await(() -> trail.counts().queued() == 0);
            assertThat(gaps()).as("the gap's record tells it").isEmpty();
            assertThat(trail.counts().lost()).isEqualTo(5);
        }
    }

    private TrailOptions queueOf(int records) {
        return new TrailOptions(
                folder,
                1 << 20,
                Duration.ofDays(1),
                records,
                1 << 20,
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Retention.ALL,
                64 << 10);
    }

    private static void append(Trail trail) {
        byte[] line = "{\"event\":{\"name\":\"x\"},\"audit\":{\"boot_id\":\"b\",\"sequence\":".getBytes(UTF_8);
        trail.append(line, line.length, Wait.NONE);
    }

    /** Of an index that is as far as the trail. */
    private List<String> gaps() {
        JsonObject report = Evidence.told(evidence.coverage(), null, null, 0);
        List<JsonObject> gaps =
                report.containsKey("gaps") ? report.getJsonArray("gaps").getValuesAs(JsonObject.class) : List.of();
        assertThat(report.getBoolean("complete")).isEqualTo(gaps.isEmpty());
        return gaps.stream()
                .map(gap -> gap.getString("kind") + " " + gap.getInt("count"))
                .toList();
    }

    /** Has read all of the trail, and holds none of it. */
    private RecordIndex indexOfNothing() {
        return (RecordIndex) Proxy.newProxyInstance(
                EvidenceTest.class.getClassLoader(),
                new Class<?>[] {RecordIndex.class},
                (self, method, args) -> switch (method.getName()) {
                    case "record", "oldest" -> Optional.empty();
                    case "search" -> new RecordPage(List.of(), null, 0);
                    case "coverage" ->
                        new Coverage(List.of(
                                new Coverage.Trail(OWN, evidence.trail().nextSequence(), null, Skipped.NONE, 0)));
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }
}
