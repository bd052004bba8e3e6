package io.certrail.trail;

import static io.certrail.trail.EvidenceAssert.assertThatEvidence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.tlog.KeyChain;
import io.certrail.tlog.VerifierKey;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyReplacementTest {
    @TempDir
    Path folder;

    @Test
    void checkpointsAreSignedByTheNewKeyAndThoseBeforeStayValid() throws IOException {
        EvidenceFixture trail = new EvidenceFixture(folder);
        VerifierKey first = null;
        for (int life = 1; life <= 4; life++) {
            trail.live("boot-" + life, 20);
            VerifierKey first0 = keys().first().orElseThrow();
            assertThat(first == null ? first0 : first).isEqualTo(first0);
            first = first0;
            VerifierKey next = replace(TrailFiles.onDisk());
            assertThat(keys().chain(first).accepted().map(KeyChain::current)).contains(next);
            assertThat(trail.newest()).as("signed by the old key").isNotNull();
        }
        trail.live("boot-5", 20);
        assertThatEvidence(trail).isComplete();
        assertThat(keys().rotations()).hasSize(4);
        assertThat(folder.resolve("key.next")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void oldKeyPutBackIsRefused() throws IOException {
        EvidenceFixture trail = new EvidenceFixture(folder);
        trail.live("boot-1", 20);
        String old = trail.read("key");
        replace(TrailFiles.onDisk());
        trail.write("key", old);
        assertThatThrownBy(trail::open).isInstanceOf(IOException.class).hasMessageContaining("but the trail's key is");
    }

    @Test
    void noteOfARotationThatIsGoneIsNoticed() throws IOException {
        EvidenceFixture trail = new EvidenceFixture(folder);
        trail.live("boot-1", 20);
        replace(TrailFiles.onDisk());
        replace(TrailFiles.onDisk());
        Files.delete(folder.resolve("keys/000001.note"));
        assertThatThrownBy(trail::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The key rotations in " + folder.resolve("keys") + " do not follow");
    }

    @Test
    void keyThatIsKeptElsewhereIsReplacedThere() throws IOException {
        Path key = folder.resolve("vault").resolve("signer");
        CheckpointOptions options =
                new CheckpointOptions(Duration.ofMillis(5), Duration.ofHours(1), key, "test.example/log");
        EvidenceFixture trail = new EvidenceFixture(folder.resolve("trail")).checkpoints(options);
        trail.live("boot-1", 3);
        String before = Files.readString(key);
        KeyReplacement.replace(TrailFiles.onDisk(), trail.folder, options);
        assertThat(Files.readString(key)).isNotEqualTo(before);
        assertThat(trail.folder.resolve("key")).doesNotExist();
        trail.live("boot-2", 3);
        assertThatEvidence(trail).isComplete();
    }

    @Test
    void trailThatIsBeingWrittenKeepsItsKey() throws IOException {
        EvidenceFixture trail = new EvidenceFixture(folder);
        try (Trail open = trail.open()) {
            assertThat(open.status().isWriting()).isTrue();
            assertThatThrownBy(() -> replace(TrailFiles.onDisk())).isInstanceOf(TrailLockedException.class);
        }
    }

    @Test
    void folderWithoutACheckpointHasNoKeyToReplace() {
        assertThatThrownBy(() -> replace(TrailFiles.onDisk()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no checkpoint: there is no key to replace");
    }

    /** As root, say: the server could not read the new key, and would not start. */
    @Test
    void anotherUserThanTheKeysIsRefusedAndNothingIsChanged() throws IOException {
        EvidenceFixture trail = new EvidenceFixture(folder);
        trail.live("boot-1", 3);
        String before = trail.read("key");

        assertThatThrownBy(() -> replace(asRoot()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is alice's, and what this process makes is root's")
                .hasMessageContaining("`sudo -u alice`");
        assertThat(trail.read("key")).isEqualTo(before);
        assertThat(folder.resolve("key.next")).doesNotExist();
        assertThat(folder.resolve("keys")).doesNotExist();
        trail.live("boot-2", 3);
        assertThatEvidence(trail).isComplete();
    }

    /** The disk, with a key of one user and what is made now of another. */
    private static TrailFiles asRoot() {
        TrailFiles disk = TrailFiles.onDisk();
        return (TrailFiles) Proxy.newProxyInstance(
                TrailFiles.class.getClassLoader(), new Class<?>[] {TrailFiles.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("owner")) {
                        return ((Path) arguments[0]).endsWith("key") ? "alice" : "root";
                    }
                    try {
                        return method.invoke(disk, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause(); // such as that there is no file
                    }
                });
    }

    @Test
    void cutShortAtAnyCallTheTrailGoesOnWithOneOfTheTwo() throws IOException {
        int at = 0;
        for (boolean isDone = false; !isDone; at++) {
            EvidenceFixture trail = new EvidenceFixture(folder.resolve("trail-" + at));
            trail.live("boot-1", 3);
            int from = at;
            FaultyFiles files = new FaultyFiles(call -> call >= from, true);
            try {
                replace(files, trail.folder);
                isDone = true;
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("injected");
            }
            trail.live("boot-2", 3);
            assertThatEvidence(trail).isComplete();
        }
        assertThat(at).isGreaterThan(20);
    }

    private VerifierKey replace(TrailFiles files) throws IOException {
        return replace(files, folder);
    }

    private static VerifierKey replace(TrailFiles files, Path trail) throws IOException {
        return KeyReplacement.replace(
                files,
                trail,
                new CheckpointOptions(Duration.ofMillis(5), Duration.ofHours(1), null, "test.example/log"));
    }

    private TrailKeys keys() {
        return TrailKeys.of(TrailFiles.onDisk(), folder);
    }
}
