package io.certrail.trail;

import static io.certrail.trail.EvidenceAssert.assertThatEvidence;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.SignerKey;
import io.certrail.tlog.Tile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was done to a trail while it was closed, and what its opening says to that. */
final class EvidenceAttackTest {
    @TempDir
    Path parent;

    private Path folder;
    private EvidenceFixture trail;

    @BeforeEach
    void live() throws IOException {
        folder = parent.resolve("trail");
        trail = new EvidenceFixture(folder).segmentBytes(100_000);
        trail.live("boot-1", 1000);
    }

    @Test
    void tailThatWasCutOffIsNoticed() throws IOException {
        List<String> lines = TrailAssert.lines(folder);
        Path last = last();
        String text = Files.readString(last);
        Files.writeString(last, text.substring(0, text.indexOf(lines.get(lines.size() - 1))));
        refuses("holds 1001 lines, but its checkpoint was made of 1002", "certrail verify");
        delete(folder.resolve("wal")); // which tells how many were forced, too
        refuses("holds 1001 lines, but its checkpoint was made of 1002", "certrail verify");
    }

    @Test
    void lastSegmentThatIsGoneIsNoticed() throws IOException {
        Files.delete(last());
        delete(folder.resolve("wal"));
        refuses("but its checkpoint was made of 1002: lines were cut off");
    }

    @Test
    void allSegmentsGoneIsNoticed() throws IOException {
        for (SegmentName name : segments()) {
            Files.delete(name.file());
        }
        delete(folder.resolve("wal"));
        refuses("holds 0 lines");
    }

    @Test
    void segmentBeforeTheLastThatIsGoneIsNoticed() throws IOException {
        trail.segmentBytes(20_000).live("boot-2", 500);
        Files.delete(segments().get(segments().size() - 2).file());
        refuses("missing in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"record 998", "record 999"})
    void lineThatWasChangedIsNoticed(String detail) throws IOException {
        change(last(), "\"" + detail + "\"", "\"RECORD" + detail.substring(6) + "\"");
        refuses("does not hash to the root of its checkpoint of size 1002");
        assertThat(folder.resolve("tile/0/003.p/234"))
                .as("evidence is not overwritten")
                .exists();
    }

    @Test
    void linesThatChangedPlacesAreNoticed() throws IOException {
        String text = Files.readString(last());
        String changed = text.replace("record 998", "x")
                .replace("record 999", "record 998")
                .replace("x", "record 999");
        Files.writeString(last(), changed);
        refuses("");
    }

    @Test
    void olderCopyOfTheLinesIsNoticed() throws IOException {
        Path copy = parent.resolve("copy");
        copy(folder.resolve("entries"), copy);
        trail.live("boot-2", 100);
        replace(folder.resolve("entries"), copy);
        delete(folder.resolve("wal"));
        refuses("holds 1002 lines, but its checkpoint was made of 1104", "an older copy of the folder");
    }

    @Test
    void linesOfAnotherTrailAreNoticed() throws IOException {
        EvidenceFixture other = new EvidenceFixture(parent.resolve("other")).segmentBytes(100_000);
        other.live("boot-2", 1000);
        replace(folder.resolve("entries"), other.folder.resolve("entries"));
        refuses("does not hash to the root");
    }

    @Test
    void checkpointOfAnotherKeyIsNoticed() throws IOException {
        Checkpoint newest = trail.newest();
        byte[] forged = newest.sign(SignerKey.generate(newest.origin())).bytes();
        Files.write(folder.resolve("checkpoint"), forged);
        refuses("checkpoint is not one of the trail's key: by no known key", "keep a copy of the folder");
    }

    @Test
    void checkpointThatWasEditedIsNoticed() throws IOException {
        change(folder.resolve("checkpoint"), "failed=67", "failed=66");
        refuses("checkpoint is not one of the trail's key: not the signature of test.example/log+");
    }

    @Test
    void checkpointThatIsGoneIsNotMadeUpFor() throws IOException {
        Files.delete(folder.resolve("checkpoint"));
        assertThatThrownBy(trail::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("checkpoint is missing, but the trail has a history of checkpoints");
    }

    @Test
    void keyThatWasReplacedIsNoticed() throws IOException {
        SignerKey other = SignerKey.generate("test.example/log");
        Files.writeString(folder.resolve("key"), other.secretText() + "\n");
        refuses(
                "key is " + other,
                "but the trail's key is test.example/log+",
                "Put the right private key in its place");
    }

    @Test
    void keysOfAnotherLogThatWereBothReplacedAreNoticed() throws IOException {
        SignerKey other = SignerKey.generate("test.example/log");
        Files.writeString(folder.resolve("key"), other.secretText() + "\n");
        Files.writeString(folder.resolve("key.pub"), other.verifierKey().text() + "\n");
        refuses("checkpoint is not one of the trail's key");
    }

    @Test
    void keyThatIsGoneIsNotMadeAnew() throws IOException {
        Files.delete(folder.resolve("key"));
        refuses("The private key " + folder.resolve("key") + " is missing", "certrail.key");
        Files.delete(folder.resolve("key.pub"));
        refuses("key.pub is missing, but the trail has checkpoints");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void keyThatOthersMayReadIsRefused(String modes) throws IOException {
        Path key = folder.resolve("key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(modes));
        refuses("Others than its owner may read or write the private key", "`chmod 600 " + key + "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PRIVATE+KEY+x", "garbage\u0000"})
    void keyThatIsNoneIsRefusedWithoutShowingIt(String text) throws IOException {
        Files.writeString(folder.resolve("key"), text);
        refuses("can not be read: expected PRIVATE+KEY+<name>");
    }

    @Test
    void keyOfAnotherOriginIsRefused() {
        trail.checkpoints(new CheckpointOptions(
                CheckpointOptions.defaults().interval(),
                CheckpointOptions.defaults().idle(),
                null,
                "other.example/log"));
        refuses("is of the log test.example/log, but certrail.origin is other.example/log");
    }

    @Test
    void layoutOfTheFutureIsRefused() throws IOException {
        trail.write("format", "certrail-trail/2\n");
        refuses("does not say certrail-trail/1", "newer version");
    }

    @Test
    void trailWithoutItsFirstLinesAndWithoutTreeIsRefused() throws IOException {
        for (String file : List.of("checkpoint", "key", "key.pub")) {
            Files.delete(folder.resolve(file));
        }
        delete(folder.resolve("checkpoints"));
        delete(folder.resolve("tile"));
        Files.delete(segments().get(0).file());
        refuses("has no checkpoint, and its lines before sequence");
    }

    @Test
    void tilesThatAreLostAreMadeAgain() throws IOException {
        delete(folder.resolve("tile"));
        trail.live("boot-2", 10);
        assertThatEvidence(trail).isComplete();
    }

    @Test
    void tilesOfTheLastSegmentThatWereChangedAreMadeAgain() throws IOException {
        Path tile = TrailTree.of(TrailFiles.onDisk(), folder).file(new Tile(0, 2, Tile.FULL_WIDTH));
        byte[] bytes = Files.readAllBytes(tile);
        bytes[8000] ^= 1;
        Files.write(tile, bytes);
        trail.live("boot-2", 10);
        assertThatEvidence(trail).isComplete();
    }

    @Test
    void tilesThatTheLastSegmentStandsOnAndWereChangedAreMadeAgain() throws IOException {
        Path tile = TrailTree.of(TrailFiles.onDisk(), folder).file(new Tile(1, 0, 3));
        byte[] bytes = Files.readAllBytes(tile);
        bytes[0] ^= 1;
        Files.write(tile, bytes);
        trail.live("boot-2", 10);
        assertThatEvidence(trail).isComplete();
    }

    /** Refuses twice: nothing is mended by trying. */
    private void refuses(String... words) {
        List<String> before = fingerprint();
        for (int i = 0; i < 2; i++) {
            AbstractThrowableAssert<?, ?> refusal =
                    assertThatThrownBy(trail::open).isInstanceOf(IOException.class);
            for (String word : words) {
                refusal.hasMessageContaining(word);
            }
        }
        assertThat(fingerprint()).isEqualTo(before);
    }

    private List<String> fingerprint() {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<String> found = new ArrayList<>();
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                if (!file.endsWith("lock")) {
                    found.add(file + " " + Arrays.hashCode(Files.readAllBytes(file)));
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<SegmentName> segments() throws IOException {
        return SegmentName.list(TrailFiles.onDisk(), folder.resolve("entries"));
    }

    private Path last() throws IOException {
        List<SegmentName> segments = segments();
        return segments.get(segments.size() - 1).file();
    }

    private static void change(Path file, String what, String to) throws IOException {
        String text = new String(Files.readAllBytes(file), UTF_8);
        assertThat(text).contains(what);
        Files.writeString(file, text.replace(what, to));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void replace(Path folder, Path by) throws IOException {
        delete(folder);
        copy(by, folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
