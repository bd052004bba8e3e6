package io.certrail.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.Flaw;
import io.certrail.tlog.Hash;
import io.certrail.tlog.KeyChain;
import io.certrail.tlog.KeyRotation;
import io.certrail.tlog.SignerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrailKeysTest {
    private final SignerKey first = SignerKey.generate("log");
    private final SignerKey second = SignerKey.generate("log");
    private final SignerKey third = SignerKey.generate("log");

    @TempDir
    Path folder;

    @Test
    void folderWithoutAKeySaysSo() throws IOException {
        assertThat(keys().first()).isEmpty();
        assertThat(keys().rotations()).isEmpty();
    }

    @Test
    void keyIsReadWithAndWithoutItsNewline() throws IOException {
        for (String end : List.of("", "\n")) {
            Files.writeString(folder.resolve("key.pub"), first.verifierKey().text() + end);
            assertThat(keys().first()).contains(first.verifierKey());
        }
    }

    @Test
    void fileThatIsNoKeyIsNamed() throws IOException {
        Files.writeString(folder.resolve("key.pub"), "log+00000000+AAAA\n");
        assertThatThrownBy(() -> keys().first())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("key.pub: expected a C2SP verifier key");
    }

    @Test
    void chainFollowsTheRotations() throws IOException {
        rotate("000001.note", 5, first, second);
        rotate("000002.note", 9, second, third);
        assertThat(keys().chain(first.verifierKey()).accepted().map(KeyChain::current))
                .contains(third.verifierKey());
    }

    @Test
    void chainThatIsBrokenIsRejected() throws IOException {
        rotate("000001.note", 5, first, second);
        rotate("000002.note", 9, first, third);
        assertThat(keys().chain(first.verifierKey()).rejected()).contains(Flaw.NOT_SIGNED);
        assertThat(keys().chain(third.verifierKey()).rejected()).contains(Flaw.NOT_SIGNED);
    }

    private void rotate(String name, long size, SignerKey old, SignerKey next) throws IOException {
        Checkpoint last = new Checkpoint("log", size, Hash.of(new byte[Hash.LENGTH]), List.of());
        Files.createDirectories(folder.resolve("keys"));
        Files.write(
                folder.resolve("keys").resolve(name),
                KeyRotation.sign(last, old, next).bytes());
    }

    private TrailKeys keys() {
        return TrailKeys.of(TrailFiles.onDisk(), folder);
    }
}
