package io.certrail.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.cli.CommandRun;
import io.certrail.tlog.VerifierKey;
import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines by somebody who can write the trail's folder, and would rather have a reader fail than tell what it finds. */
final class HostileLineTest {
    private static final int AT = 5;

    @TempDir
    Path folder;

    private List<String> lines = List.of();

    @BeforeEach
    void record() throws IOException {
        SampleTrail.live(folder, 10);
        lines = Files.readAllLines(segment());
    }

    /** JSON by its grammar (RFC 8259), and beyond what its parser takes: each has its own exception. */
    static List<String> values() {
        return List.of(
                "1e99999999999",
                "-0.1E-99999999999",
                "9".repeat(2000),
                "[".repeat(1100) + "]".repeat(1100),
                "{\"a\":".repeat(1100) + "1" + "}".repeat(1100));
    }

    @ParameterizedTest
    @MethodSource("values")
    void detailsThatCannotBeReadHideNoOtherFinding(String value) throws IOException {
        put("audit.gap", value);

        assertThat(verify().counts())
                .containsEntry(FindingKind.RECORD_CHANGED, 1L)
                .containsKey(FindingKind.COUNTS_DIFFER);
    }

    @ParameterizedTest
    @MethodSource("values")
    void requestThatCannotBeReadHidesNoOtherFinding(String value) throws IOException {
        put("http.request.received", value);

        assertThat(verify().counts()).containsEntry(FindingKind.RECORD_CHANGED, 1L);
    }

    @ParameterizedTest
    @MethodSource("values")
    void lineThatCannotBeReadIsShownAsItIs(String value) throws IOException {
        put("audit.gap", value);

        for (CommandRun run : List.of(
                CommandRun.of("show", String.valueOf(AT), folder.toString()),
                CommandRun.of("tail", "-n", "1000", folder.toString()))) {
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains("\"n\":" + value);
            assertThat(run.status()).isZero();
        }
    }

    @Test
    void intervalThatNoRecorderTakesHidesNoOtherFinding() throws IOException {
        put("audit.config", "1", "\"details\":{\"certrail.checkpoint.idle\":\"PT9223372036854775807S\"},");

        assertThat(verify().counts()).containsEntry(FindingKind.RECORD_CHANGED, 1L);
    }

    private void put(String event, String value) throws IOException {
        put(event, value, "");
    }

    /** In the place of a record, with its time, boot and number. */
    private void put(String event, String value, String details) throws IOException {
        String old = lines.get(AT);
        String begin = old.substring(0, old.indexOf("\"event\":"));
        String end = old.substring(old.lastIndexOf("\"boot_id\":"));
        String line = begin + "\"event\":{\"name\":\"" + event
                + "\",\"outcome\":\"success\"},\"mtls\":{\"connection\":{\"id\":\"x\"}},\"n\":" + value
                + ",\"audit\":{" + details + end;
        lines.set(AT, line);
        Files.write(segment(), (String.join("\n", lines) + "\n").getBytes(UTF_8));
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("entries"))) {
            return files.sorted().findFirst().orElseThrow();
        }
    }

    private Report verify() throws IOException {
        VerifierKey key =
                VerifierKey.parse(Files.readString(folder.resolve("key.pub")).strip());
        return new Verifier(TrailFiles.onDisk(), VerifyOptions.of(key).threads(1)).verify(folder, Progress.NONE);
    }
}
