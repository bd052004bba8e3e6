package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.config.CertrailConfig;
import io.certrail.config.FakeConfig;
import io.certrail.index.FedTrail;
import io.certrail.index.IndexState;
import io.certrail.index.RecordIndex;
import io.certrail.trail.PlainChronicle;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single records. */
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
                return emptyIndex();
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
        Trail trail = Trail.open(
                TrailOptions.of(folder), TrailFiles.onDisk(), Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
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

    private static RecordIndex emptyIndex() {
        return (RecordIndex) Proxy.newProxyInstance(
                EvidenceTest.class.getClassLoader(), new Class<?>[] {RecordIndex.class}, (self, method, args) -> {
                    assertThat(method.getName()).isEqualTo("record");
                    return Optional.empty();
                });
    }
}
