package io.certrail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.recorder.Durability;
import io.certrail.trail.Retention;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trail of thousands of files, as somebody gets who configured them far too small. */
final class ManySegmentsTest {
    private static final int CONNECTIONS = 2500;

    @TempDir
    Path folder;

    /** A file each ten records; verified in a process whose heap could not hold them. */
    @Test
    void fileEachTenRecordsIsWrittenOpenedAndVerifiedInLittleMemory() throws Exception {
        Path trail = folder.resolve("trail");
        SampleTrail.live(trail, CONNECTIONS, 8192, Retention.ALL, Durability.NONE);
        SampleTrail.live(trail, 1, 8192, Retention.ALL, Durability.NONE);
        long files = count(trail.resolve("entries"));

        assertThat(files).isBetween(600L, 1500L);
        Process verify = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.certrail.cli.Certrail",
                        "verify",
                        trail.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(verify.waitFor()).as(said).isZero();
        assertThat(said).containsPattern("intact +yes").containsPattern("complete +yes");
    }

    private static long count(Path entries) throws IOException {
        try (Stream<Path> files = Files.list(entries)) {
            return files.count();
        }
    }
}
