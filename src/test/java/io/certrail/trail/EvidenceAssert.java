package io.certrail.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.Hash;
import io.certrail.tlog.KeyChain;
import io.certrail.tlog.MerkleTree;
import io.certrail.tlog.Tile;
import io.certrail.tlog.TileAssembler;
import io.certrail.tlog.TreeHasher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes all evidence of a trail anew of its lines, all of which must be there, and compares. */
final class EvidenceAssert {
    private static final Pattern NAME = Pattern.compile("\"event\":\\{\"name\":\"([^\"]+)\",\"outcome\":\"([^\"]+)\"");

    private final EvidenceFixture trail;
    private final List<Hash> roots = new ArrayList<>();
    private final List<SortedMap<String, Long>> counts = new ArrayList<>();
    private final Map<Tile, byte[]> tiles = new HashMap<>();

    private EvidenceAssert(EvidenceFixture trail) {
        this.trail = trail;
        TileAssembler assembler = new TileAssembler((tile, bytes) -> tiles.put(tile, bytes.clone()));
        MerkleTree tree = new MerkleTree(assembler);
        TreeHasher hasher = new TreeHasher();
        SortedMap<String, Long> counted = new TreeMap<>();
        roots.add(tree.root());
        counts.add(new TreeMap<>());
        for (String line : TrailAssert.lines(trail.folder)) {
            tree.append(hasher.leaf(line.getBytes(UTF_8)));
            counted.merge(word(line), 1L, Long::sum);
            roots.add(tree.root());
            counts.add(new TreeMap<>(counted));
        }
        tiles.putAll(assembler.partial());
    }

    private static String word(String line) {
        Matcher matcher = NAME.matcher(line);
        return matcher.find() ? matcher.group(1) + ":" + matcher.group(2) : RecordCounts.OTHER;
    }

    /** That every checkpoint is that of the lines before it. */
    static EvidenceAssert assertThatEvidence(EvidenceFixture trail) throws IOException {
        EvidenceAssert evidence = new EvidenceAssert(trail);
        List<Checkpoint> history = evidence.history();
        history.add(trail.newest());
        long before = 0;
        for (Checkpoint checkpoint : history) {
            assertThat(checkpoint.size()).isGreaterThanOrEqualTo(before).isLessThan(evidence.roots.size());
            assertThat(checkpoint.root()).isEqualTo(evidence.roots.get((int) checkpoint.size()));
            assertThat(EvidenceFixture.counts(checkpoint).records())
                    .isEqualTo(evidence.counts.get((int) checkpoint.size()));
            before = checkpoint.size();
        }
        return evidence;
    }

    /** That the last checkpoint and the tiles are of all lines, and that there are no other tiles. */
    EvidenceAssert isComplete() throws IOException {
        assertThat(tilesOnDisk().keySet())
                .containsExactlyElementsOf(tilesNeeded().keySet());
        return hasAllTiles();
    }

    /** That the last checkpoint and the tiles are of all lines; a life that was cut short may have left narrower tiles. */
    EvidenceAssert hasAllTiles() throws IOException {
        assertThat(EvidenceFixture.counts(trail.newest()).cause()).isEqualTo(CheckpointCause.STOP);
        return coversAllLines();
    }

    /** That the newest checkpoint and the tiles are of all lines that there are; the trail may be open. */
    EvidenceAssert coversAllLines() throws IOException {
        assertThat(trail.newest().size()).isEqualTo(roots.size() - 1);
        Map<String, byte[]> there = tilesOnDisk();
        tilesNeeded()
                .forEach((path, bytes) -> assertThat(there.get(path)).as(path).isEqualTo(bytes));
        return this;
    }

    private Map<String, byte[]> tilesNeeded() {
        Map<String, byte[]> needed = new TreeMap<>();
        tiles.forEach((tile, bytes) -> needed.put(tile.path(), bytes));
        return needed;
    }

    private Map<String, byte[]> tilesOnDisk() throws IOException {
        Map<String, byte[]> there = new TreeMap<>();
        for (Path file : files()) {
            there.put(trail.folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
        return there;
    }

    private List<Path> files() throws IOException {
        try (var walk = Files.walk(trail.folder.resolve("tile"))) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    List<Checkpoint> history() throws IOException {
        List<Checkpoint> history = new ArrayList<>();
        KeyChain keys = trail.keys();
        try (NoteReader notes =
                CheckpointHistory.of(TrailFiles.onDisk(), trail.folder).notes()) {
            while (notes.next()) {
                history.add(keys.open(notes.note()).accepted().orElseThrow());
            }
            assertThat(notes.rest()).isZero();
        }
        return history;
    }
}
