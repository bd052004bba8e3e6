package io.certrail.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.recorder.Durability;
import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.Hash;
import io.certrail.tlog.SignerKey;
import io.certrail.tlog.TreeHasher;
import io.certrail.tlog.VerifierKey;
import io.certrail.trail.CheckpointOptions;
import io.certrail.trail.KeyReplacement;
import io.certrail.trail.Retention;
import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody may do to a trail, and what a verification says to that, given the key that the trail began with and one
 * earlier checkpoint. The table goes to {@code target/attacks.md}, and stands in the README.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackTest {
    private static final FindingKind[] NONE = {};

    private Path parent;
    private Path good;
    private VerifierKey key;
    private VerifyOptions.Outside earlier;
    private final TreeMap<Integer, String> rows = new TreeMap<>();

    /** Somebody's deed. */
    private interface Deed {
        void to(Path folder) throws Exception;
    }

    /**
     * An attack.
     *
     * @param without what is found with the key alone; none: nothing
     * @param with what is found with an earlier checkpoint, too
     */
    private record Attack(String name, Deed deed, FindingKind[] without, FindingKind[] with) {}

    /** Three lives, a key that was replaced between them, and a copy of the checkpoint after each. */
    @BeforeAll
    void record(@TempDir Path folder) throws IOException {
        parent = folder;
        good = parent.resolve("good");
        SampleTrail.live(good, 120);
        key = VerifierKey.parse(Files.readString(good.resolve("key.pub")).strip());
        TrailCopy.copy(good, parent.resolve("after-one"));
        SampleTrail.live(good, 80, 60_000, Retention.ALL, Durability.WORK);
        KeyReplacement.replace(TrailFiles.onDisk(), good, CheckpointOptions.defaults());
        TrailCopy.copy(good, parent.resolve("after-two"));
        SampleTrail.live(good, 150);
        earlier = new VerifyOptions.Outside("kept", Files.readString(good.resolve("checkpoint")));
    }

    @Test
    void trailThatNobodyTouchedIsIntactAndComplete() throws IOException {
        Report report = verify(good, true);

        assertThat(report.findings()).isEmpty();
        assertThat(report.isGood()).isTrue();
        assertThat(report.size()).isEqualTo(report.records()).isGreaterThan(1000);
    }

    @TestFactory
    Stream<DynamicTest> everyAttackIsFound() {
        List<Attack> attacks = attacks();
        return attacks.stream()
                .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> run(attacks.indexOf(attack), attack)));
    }

    private List<Attack> attacks() {
        return List.of(
                one(
                        "a record is changed",
                        folder -> edit(segment(folder, 2), "/orders/1", "/orders/2"),
                        FindingKind.RECORD_CHANGED),
                one(
                        "a record is removed",
                        folder -> lines(segment(folder, 2), lines -> lines.remove(5)),
                        FindingKind.RECORD_MISSING),
                one(
                        "a record is inserted",
                        folder -> lines(segment(folder, 2), lines -> lines.add(5, lines.get(9))),
                        FindingKind.RECORD_MISPLACED),
                one(
                        "a record is repeated",
                        folder -> lines(segment(folder, 2), lines -> lines.add(5, lines.get(5))),
                        FindingKind.RECORD_MISPLACED),
                one(
                        "two records change places",
                        folder -> lines(segment(folder, 2), lines -> Collections.swap(lines, 5, 6)),
                        FindingKind.RECORD_MISPLACED),
                one("two records change places and numbers", AttackTest::swapRenumbered, FindingKind.RECORD_CHANGED),
                one(
                        "a line that is no record is inserted",
                        folder -> lines(segment(folder, 2), lines -> lines.add(5, "hello")),
                        FindingKind.NOT_A_RECORD),
                one(
                        "the last records are cut off",
                        folder -> lines(last(folder), lines -> lines.subList(lines.size() - 3, lines.size())
                                .clear()),
                        FindingKind.CHECKPOINT_AHEAD),
                one(
                        "the first records are cut off",
                        folder -> lines(
                                segment(folder, 0), lines -> lines.subList(0, 3).clear()),
                        FindingKind.RECORD_MISSING),
                one(
                        "the first segment is removed",
                        folder -> Files.delete(segment(folder, 0)),
                        FindingKind.RECORD_MISSING),
                one(
                        "a segment in the middle is removed",
                        folder -> Files.delete(segment(folder, 3)),
                        FindingKind.RECORD_MISSING),
                one("the last segment is removed", folder -> Files.delete(last(folder)), FindingKind.CHECKPOINT_AHEAD),
                one("a tile is changed", folder -> flip(folder.resolve("tile/0/001"), 40), FindingKind.TILE_DIFFERS),
                one("record and tile are changed", AttackTest::changeWithTile, FindingKind.ROOT_DIFFERS),
                one(
                        "the tiles are removed",
                        folder -> TrailCopy.delete(folder.resolve("tile")),
                        FindingKind.TILE_MISSING),
                one(
                        "the history of checkpoints is removed",
                        folder -> TrailCopy.delete(folder.resolve("checkpoints")),
                        FindingKind.HISTORY_MISSING),
                one(
                        "the newest checkpoint is removed",
                        folder -> Files.delete(folder.resolve("checkpoint")),
                        FindingKind.CHECKPOINT_MISSING),
                one(
                        "an older checkpoint is put in its place, records are cut off",
                        this::cutWithOlderCheckpoint,
                        FindingKind.CHECKPOINT_AHEAD),
                one(
                        "an older checkpoint is put in its place, a later segment is removed",
                        this::removeWithOlderCheckpoint,
                        FindingKind.RECORD_MISSING),
                one(
                        "the counts are edited",
                        folder -> edit(folder.resolve("checkpoint"), "failed=", "failed=1"),
                        FindingKind.CHECKPOINT_REJECTED),
                one(
                        "the time of a checkpoint is edited",
                        folder -> edit(folder.resolve("checkpoint"), "time=2", "time=1"),
                        FindingKind.CHECKPOINT_REJECTED),
                one(
                        "the note of the key's replacement is removed",
                        folder -> TrailCopy.delete(folder.resolve("keys")),
                        FindingKind.CHECKPOINT_REJECTED),
                one(
                        "the public key is replaced",
                        folder -> Files.writeString(folder.resolve("key.pub"), other().verifierKey() + "\n"),
                        FindingKind.KEY_DIFFERS),
                one(
                        "all is signed anew with another key",
                        folder -> resign(folder, other()),
                        FindingKind.KEY_DIFFERS,
                        FindingKind.CHECKPOINT_REJECTED),
                one(
                        "a trail of another log is put in its place",
                        folder -> replace(folder, fresh("another", 100)),
                        FindingKind.KEY_DIFFERS,
                        FindingKind.CHECKPOINT_REJECTED),
                one("the end of another trail is joined to the begin", this::splice, FindingKind.RECORD_CHANGED),
                one(
                        "with the stolen key: the counts are edited and signed",
                        AttackTest::signCounts,
                        FindingKind.COUNTS_DIFFER),
                one(
                        "with the stolen key: the time is set back and signed",
                        folder -> sign(folder, "time=20[0-9]+", "time=2001"),
                        FindingKind.CHECKPOINT_TIME),
                new Attack(
                        "the whole folder is replaced by an older copy of itself",
                        folder -> replace(folder, parent.resolve("after-two")),
                        NONE,
                        kinds(FindingKind.CHECKPOINT_AHEAD)),
                new Attack(
                        "an older copy, on which the real writer goes on",
                        this::goOn,
                        NONE,
                        kinds(FindingKind.ROOT_DIFFERS)),
                new Attack(
                        "with the stolen key: all is made anew without a record",
                        this::forge,
                        NONE,
                        kinds(
                                FindingKind.CHECKPOINTS_DISAGREE,
                                FindingKind.ROOT_DIFFERS,
                                FindingKind.CHECKPOINT_AHEAD)));
    }

    private static Attack one(String name, Deed deed, FindingKind... kinds) {
        return new Attack(name, deed, kinds, kinds);
    }

    private static FindingKind[] kinds(FindingKind... kinds) {
        return kinds;
    }

    private void run(int number, Attack attack) throws Exception {
        Path folder = parent.resolve("attack-" + number);
        TrailCopy.copy(good, folder);
        attack.deed().to(folder);
        Set<FindingKind> without = problems(verify(folder, false));
        Set<FindingKind> with = problems(verify(folder, true));
        rows.put(number, "| " + attack.name() + " | " + words(without) + " | " + words(with) + " |");

        if (attack.without().length == 0) {
            assertThat(without)
                    .as("not to be known without an outside checkpoint")
                    .isEmpty();
        } else {
            assertThat(without).containsAnyOf(attack.without());
        }
        assertThat(with).containsAnyOf(attack.with());
    }

    /** Whatever bit of evidence is flipped, a verification says so; the key, a secret, and the lock are no evidence. */
    @Test
    void bitFlippedAnywhereIsFound() throws IOException {
        List<String> unnoticed = new ArrayList<>();
        int flips = 0;
        for (Path file : evidence(good)) {
            long size = Files.size(file);
            for (long at = 0; at < size; at += Math.max(1, size / 3)) {
                flips++;
                flip(file, at);
                if (!isNoticed()) {
                    unnoticed.add(good.relativize(file) + " at " + at);
                }
                flip(file, at);
            }
        }
        assertThat(unnoticed).isEmpty();
        assertThat(flips).isGreaterThan(80);
        rows.put(
                -1,
                "| a bit is flipped anywhere (" + flips
                        + " places in all files but `key`, `lock` and `wal/`) | found | found |");
    }

    private boolean isNoticed() {
        try {
            return !verify(good, false).isGood();
        } catch (IOException e) {
            return true; // a format that nobody knows: refused
        }
    }

    @AfterAll
    void print() throws IOException {
        List<String> table = new ArrayList<>();
        table.add("| attack | found with the key alone | found with an earlier checkpoint, too |");
        table.add("|---|---|---|");
        table.addAll(rows.values());
        Path target = Path.of("target");
        Files.createDirectories(target);
        Files.write(target.resolve("attacks.md"), table);
    }

    private static String words(Set<FindingKind> kinds) {
        return kinds.isEmpty()
                ? "**not without an outside checkpoint**"
                : "`" + String.join("` `", kinds.stream().map(Enum::name).toList()) + "`";
    }

    private static Set<FindingKind> problems(Report report) {
        Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
        report.counts().keySet().stream()
                .filter(kind -> kind.severity() != Severity.INFORMATION)
                .forEach(kinds::add);
        return kinds;
    }

    private Report verify(Path folder, boolean withCheckpoint) throws IOException {
        VerifyOptions options = VerifyOptions.of(key).threads(1).outside(withCheckpoint ? List.of(earlier) : List.of());
        return new Verifier(TrailFiles.onDisk(), options).verify(folder, Progress.NONE);
    }

    // the deeds

    private static void swapRenumbered(Path folder) throws IOException {
        lines(segment(folder, 2), lines -> {
            String five = lines.get(5);
            String six = lines.get(6);
            lines.set(5, numberedAs(six, five));
            lines.set(6, numberedAs(five, six));
        });
    }

    private static String numberedAs(String line, String as) {
        return line.substring(0, line.lastIndexOf(':')) + as.substring(as.lastIndexOf(':'));
    }

    private static void changeWithTile(Path folder) throws IOException {
        Path file = segment(folder, 2);
        edit(file, "/orders/1", "/orders/2");
        rehash(folder);
    }

    /** Makes the lowest tiles anew of the lines. */
    private static void rehash(Path folder) throws IOException {
        TreeHasher hasher = new TreeHasher();
        List<byte[]> hashes = new ArrayList<>();
        for (String line : all(folder)) {
            hashes.add(hasher.leaf(line.getBytes(UTF_8)).bytes());
        }
        for (int tile = 0; tile < hashes.size() / 256; tile++) {
            byte[] bytes = new byte[256 * Hash.LENGTH];
            for (int i = 0; i < 256; i++) {
                System.arraycopy(hashes.get(tile * 256 + i), 0, bytes, i * Hash.LENGTH, Hash.LENGTH);
            }
            Files.write(folder.resolve(String.format("tile/0/%03d", tile)), bytes);
        }
    }

    private void removeWithOlderCheckpoint(Path folder) throws IOException {
        long size = putOlderCheckpoint(folder);
        List<Path> segments = segments(folder);
        Path removed = segments.get(segments.size() - 3);
        assertThat(Long.parseLong(removed.getFileName().toString().substring(0, 20)))
                .isGreaterThan(size);
        Files.delete(removed);
    }

    /** Gives its size. */
    private long putOlderCheckpoint(Path folder) throws IOException {
        Path older = parent.resolve("after-two").resolve("checkpoint");
        Files.copy(older, folder.resolve("checkpoint"), StandardCopyOption.REPLACE_EXISTING);
        return Long.parseLong(Files.readAllLines(older).get(1));
    }

    private void cutWithOlderCheckpoint(Path folder) throws IOException {
        long size = putOlderCheckpoint(folder);
        for (Path file : segments(folder)) {
            if (Long.parseLong(file.getFileName().toString().substring(0, 20)) >= size) {
                Files.delete(file);
            }
        }
    }

    private Path fresh(String name, int connections) throws IOException {
        Path other = parent.resolve(name);
        SampleTrail.live(other, connections);
        return other;
    }

    private void splice(Path folder) throws IOException {
        Path other = fresh("spliced", 350);
        List<String> foreign = all(other);
        Path file = segment(folder, 3);
        int first = Integer.parseInt(file.getFileName().toString().substring(0, 20));
        lines(file, lines -> {
            int count = lines.size();
            lines.clear();
            lines.addAll(foreign.subList(first, first + count));
        });
    }

    private void goOn(Path folder) throws IOException {
        replace(folder, parent.resolve("after-two"));
        SampleTrail.live(folder, 200);
    }

    /** Checkpoint and history by another key; the notes before are gone. */
    private static void resign(Path folder, SignerKey other) throws IOException {
        Files.writeString(folder.resolve("key.pub"), other.verifierKey() + "\n");
        TrailCopy.delete(folder.resolve("keys"));
        TrailCopy.delete(folder.resolve("checkpoints"));
        Checkpoint same = read(folder);
        Files.write(folder.resolve("checkpoint"), same.sign(other).bytes());
    }

    private static void signCounts(Path folder) throws IOException {
        sign(folder, "tls.handshake:failure=[0-9]+", "tls.handshake:failure=1");
    }

    /** Edits the newest checkpoint and signs it with the trail's own key. */
    private static void sign(Path folder, String what, String with) throws IOException {
        Checkpoint checkpoint = read(folder);
        List<String> edited = checkpoint.extensions().stream()
                .map(line -> line.replaceFirst(what, with))
                .toList();
        assertThat(edited).isNotEqualTo(checkpoint.extensions());
        Checkpoint other = new Checkpoint(checkpoint.origin(), checkpoint.size(), checkpoint.root(), edited);
        Files.write(folder.resolve("checkpoint"), other.sign(key(folder)).bytes());
    }

    /** With the key one can write a trail of one's own from the last checkpoint that is left on. */
    private void forge(Path folder) throws IOException {
        replace(folder, parent.resolve("after-two"));
        Path key = folder.resolve("key");
        Files.copy(good.resolve("key"), key, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        SampleTrail.live(folder, 149);
    }

    private static SignerKey key(Path folder) throws IOException {
        return SignerKey.parse(Files.readString(folder.resolve("key")).strip());
    }

    private static SignerKey other() {
        return SignerKey.generate(SampleTrail.ORIGIN);
    }

    private static Checkpoint read(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("checkpoint"));
        List<String> extensions = lines.subList(3, lines.indexOf(""));
        return new Checkpoint(
                lines.get(0),
                Long.parseLong(lines.get(1)),
                Hash.parse(lines.get(2)).orElseThrow(),
                extensions);
    }

    // files

    private interface Edit {
        void of(List<String> lines);
    }

    private static void lines(Path file, Edit edit) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        edit.of(lines);
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private static void edit(Path file, String what, String with) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(what);
        Files.writeString(file, text.replaceFirst(what, with));
    }

    private static void flip(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= 1;
        Files.write(file, bytes);
    }

    private static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("entries"))) {
            return files.sorted().toList();
        }
    }

    private static Path segment(Path folder, int index) throws IOException {
        return segments(folder).get(index);
    }

    private static Path last(Path folder) throws IOException {
        List<Path> all = segments(folder);
        return all.get(all.size() - 1);
    }

    private static List<String> all(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : segments(folder)) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    private static List<Path> evidence(Path folder) throws IOException {
        Set<String> none = Set.of("key", "lock");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !none.contains(file.getFileName().toString()))
                    .filter(file -> !file.toString().contains("/wal/"))
                    .sorted()
                    .toList();
        }
    }

    private static void replace(Path folder, Path by) throws IOException {
        TrailCopy.delete(folder);
        TrailCopy.copy(by, folder);
    }
}
