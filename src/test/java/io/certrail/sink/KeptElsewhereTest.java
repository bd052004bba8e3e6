package io.certrail.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.cli.CommandRun;
import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.Hash;
import io.certrail.tlog.VerifierKey;
import io.certrail.tlog.VerifierKeys;
import io.certrail.verify.SampleTrail;
import jakarta.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What arrives at the places that keep checkpoints is what {@code certrail verify} takes. */
class KeptElsewhereTest {
    private static final Instant TIME = Instant.parse("2026-11-26T12:00:00Z");

    @TempDir
    Path folder;

    private Path trail = Path.of("");
    private PublishedCheckpoint checkpoint = TestLog.make().published(1);

    @BeforeEach
    void record() throws Exception {
        trail = folder.resolve("trail");
        SampleTrail.live(trail, 5);
        byte[] note = Files.readAllBytes(trail.resolve("checkpoint"));
        VerifierKey key =
                VerifierKey.parse(Files.readString(trail.resolve("key.pub")).strip());
        Checkpoint content = Checkpoint.open(note, key.name(), VerifierKeys.of(key))
                .accepted()
                .orElseThrow();
        checkpoint = PublishedCheckpoint.of(content, note);
    }

    private void assertTaken(byte[] kept) throws Exception {
        Path file = Files.write(folder.resolve("kept"), kept);
        CommandRun run = CommandRun.of(
                "verify",
                trail.toString(),
                "--key",
                trail.resolve("key.pub").toString(),
                "--checkpoint",
                file.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void messageOfSyslogIs() throws Exception {
        assertTaken(new SyslogMessage("host.example", 42).frame(checkpoint, TIME));
    }

    /** What a value of structured data has escaped. */
    @Test
    void messageOfALogWithAnOddNameIs() throws Exception {
        Checkpoint odd = new Checkpoint("a]b\"c\\d", 0, Hash.EMPTY_ROOT, List.of());
        byte[] frame = new SyslogMessage("h", 1).frame(new PublishedCheckpoint(odd, "a]b\"c\\d\n0\n"), TIME);
        Path file = Files.write(folder.resolve("odd"), frame);
        CommandRun run = CommandRun.of("verify", trail.toString(), "--checkpoint", file.toString());
        assertThat(run.err()).contains("holds no checkpoint of ", "but of a]b\"c\\d");
    }

    @Test
    void messageThatLostItsDataIsKnownByItsText() throws Exception {
        String frame = new String(new SyslogMessage("host.example", 42).frame(checkpoint, TIME), UTF_8);
        Path bare = Files.writeString(folder.resolve("bare"), frame.replaceFirst("\\[.*] ", " "));
        CommandRun run = CommandRun.of("verify", trail.toString(), "--checkpoint", bare.toString());
        assertThat(run.err()).contains("has to keep structured data");
    }

    @Test
    void lineOfAStandardOutputIs() throws Exception {
        assertTaken(CheckpointLine.of(checkpoint, TIME).getBytes(UTF_8));
    }

    @Test
    void lineOfAContainersOutputIs() throws Exception {
        String line = CheckpointLine.of(checkpoint, TIME);
        String log = Json.createObjectBuilder()
                .add("log", line.stripTrailing() + "\n")
                .add("stream", "stdout")
                .add("time", TIME.toString())
                .build()
                .toString();
        assertTaken(("{\"log\":\"another's\\n\",\"stream\":\"stderr\"}\n{\"log\":7}\n{\"log\":\n" + log + "\n")
                .getBytes(UTF_8));
    }

    @Test
    void fileIs() throws Exception {
        Path file = folder.resolve("notes");
        FileSink sink = new FileSink(file);
        sink.deliver(checkpoint);
        sink.deliver(checkpoint);
        assertTaken(Files.readAllBytes(file));
    }
}
