package io.certrail.trail;

import static io.certrail.trail.EvidenceAssert.assertThatEvidence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Permissions that are taken away ({@code chmod 000}) from a trail. By the file layer, since root, as whom tests may run, is
 * denied nothing: what is open stays usable, and whatever goes by a name fails.
 */
final class TrailDeniedTest {
    private static final Set<String> OF_OPEN_FILES = Set.of("write", "force", "size", "truncate", "close");

    @TempDir
    Path folder;

    private final AtomicBoolean denied = new AtomicBoolean();
    private EvidenceFixture trail;

    /** What is denied. */
    private enum Target {
        FOLDER(""),
        ENTRIES("entries"),
        SEGMENT("entries/00000000000000000000.jsonl"),
        TILES("tile"),
        LOG("wal"),
        CHECKPOINTS("checkpoints");

        private final String path;

        Target(String path) {
            this.path = path;
        }

        boolean denies(String call, Path file, Path folder) {
            boolean byName = !OF_OPEN_FILES.contains(call);
            if (this == SEGMENT) { // a file without permissions can still be looked for, renamed and deleted
                return byName
                        && file.equals(folder.resolve(path))
                        && Set.of("open", "read").contains(call);
            }
            return byName && file.toAbsolutePath().startsWith(folder.resolve(path));
        }
    }

    @BeforeEach
    void name() {
        trail = new EvidenceFixture(folder).segmentBytes(4096);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDeniedForAWhileLosesNothingThatIsNotTold(Target target) throws IOException {
        Trail open = trail.files(files(target)).open("boot-1");
        List<String> acknowledged = new ArrayList<>();
        try (open) {
            append(open, "before", 30, acknowledged);
            assertThat(acknowledged).hasSize(30);
            denied.set(true);
            append(open, "meanwhile", 60, acknowledged);
            denied.set(false);
            EvidenceFixture.await(
                    () -> open.status().isWriting() && open.counts().queued() == 0);
            append(open, "after", 30, acknowledged);
            EvidenceFixture.await(() -> open.checkpoint().orElseThrow().behind() == 0);
            assertThatEvidence(trail).coversAllLines();
        }
        TrailCounts counts = open.counts();
        List<String> lines = TrailAssert.lines(folder);

        assertThat(acknowledged.stream().filter(id -> id.startsWith("after"))).hasSize(30);
        for (String id : acknowledged) {
            assertThat(lines)
                    .as(id)
                    .filteredOn(line -> line.contains("\"" + id + "\""))
                    .hasSize(1);
        }
        assertThat(counts.recorded() + counts.lost()).isEqualTo(counts.seen());
        assertThat(lines).hasSize((int) counts.recorded());
        assertThat(lines.stream().anyMatch(line -> line.contains("audit.gap"))).isEqualTo(counts.lost() > 0);
        assertThatEvidence(trail).hasAllTiles();
        trail.files(TrailFiles.onDisk()).live("boot-2", 5);
        assertThatEvidence(trail).hasAllTiles();
    }

    @ParameterizedTest
    @EnumSource(names = {"FOLDER", "ENTRIES", "SEGMENT"})
    void trailWhoseLinesCannotBeReadIsNotOpenedAndLeftAlone(Target target) throws IOException {
        trail.segmentBytes(1 << 20).live("boot-1", 30);
        FolderSnapshot before = FolderSnapshot.of(folder.resolve("entries"));
        denied.set(true);
        assertThatThrownBy(() -> trail.files(files(target)).open("boot-2"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Permission denied");
        assertThat(FolderSnapshot.of(folder.resolve("entries"))).isEqualTo(before);
        denied.set(false);
        trail.live("boot-2", 5);
        assertThatEvidence(trail).hasAllTiles();
    }

    private FaultyFiles files(Target target) {
        return FaultyFiles.where(
                (call, file) -> denied.get() && target.denies(call, file, folder), "Permission denied");
    }

    private static void append(Trail trail, String prefix, int count, List<String> acknowledged) {
        for (int i = 0; i < count; i++) {
            String id = prefix + " " + i;
            byte[] line = RecordChronicle.line("boot-1", "http.request", "success", id);
            if (trail.append(line, line.length, Wait.DURABLE).await(EvidenceFixture.LONG)) {
                acknowledged.add(id);
            }
        }
    }
}
