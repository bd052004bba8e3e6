package io.certrail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.verify.SampleTrail;
import io.certrail.verify.WriterProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a trail that another process writes meanwhile, or wrote until it was killed. */
class LiveTrailTest {
    /** What a trail that is being written may be told of. */
    private static final Set<String> OF_LIFE = Set.of("vouches_for_itself", "not_sealed", "torn_end");

    @TempDir
    Path parent;

    private Path folder() {
        return parent.resolve("trail");
    }

    private Path errors() {
        return parent.resolve("errors");
    }

    @Test
    void trailIsVerifiedWhileItIsWrittenAndNothingIsFoundThatIsNone() throws Exception {
        SampleTrail.live(folder(), 20);
        try (WriterProcess writer = WriterProcess.start(folder(), errors())) {
            long before = 0;
            for (int i = 1; i <= 8; i++) {
                assertThat(writer.await(i * 200)).isTrue();
                JsonObject report = verify();
                assertThat(report.getBoolean("intact")).as(report.toString()).isTrue();
                assertThat(report.getBoolean("complete")).as(report.toString()).isTrue();
                assertThat(report.getJsonObject("counts").keySet()).isSubsetOf(OF_LIFE);
                assertThat(report.getJsonNumber("records").longValue()).isGreaterThan(before);
                before = report.getJsonNumber("records").longValue();
            }
            writer.stop();
        }
        assertThat(Files.readString(errors())).isEmpty();
        assertThat(verify().getJsonObject("counts").keySet()).containsExactly("vouches_for_itself");
    }

    @Test
    void secondWriterAndRepairAreTurnedAwayByNameUntilTheFirstIsGone() throws Exception {
        try (WriterProcess writer = WriterProcess.start(folder(), errors())) {
            assertThat(writer.await(50)).isTrue();
            Path othersErrors = parent.resolve("others-errors");
            try (WriterProcess other = WriterProcess.start(folder(), othersErrors)) {
                assertThat(other.await(0)).as("a second writer").isFalse();
                assertThat(other.exitValue()).isNotZero();
            }
            String holder = "is being written by process " + writer.pid();
            assertThat(Files.readString(othersErrors)).contains(holder);
            for (String option : new String[] {"--dry-run", "--format=text"}) {
                CommandRun repair = CommandRun.of("repair", option, folder().toString());
                assertThat(repair.status()).isEqualTo(ExitStatus.UNREADABLE);
                assertThat(repair.err()).contains(holder);
            }
            assertThat(writer.await(200)).as("the first goes on").isTrue();
            writer.stop();
        }
        assertThat(CommandRun.of("repair", folder().toString()).out()).startsWith("nothing to do");
        try (WriterProcess next = WriterProcess.start(folder(), errors())) {
            assertThat(next.await(10)).isTrue();
            next.stop();
        }
        assertThat(verify().getBoolean("complete")).isTrue();
    }

    @Test
    void whatAKilledWriterLeftIsRepairedWithoutAServer() throws Exception {
        for (int life = 1; life <= 3; life++) {
            try (WriterProcess writer = WriterProcess.start(folder(), errors())) {
                assertThat(writer.await(100)).isTrue();
                writer.kill();
            }
            CommandRun repair = CommandRun.of("repair", folder().toString());
            assertThat(repair.err()).doesNotContain("certrail repair:");
            assertThat(repair.status()).isZero();
            JsonObject report = verify();
            assertThat(report.getBoolean("intact")).isTrue();
            assertThat(report.getJsonNumber("size").longValue())
                    .as("all is sealed")
                    .isEqualTo(report.getJsonNumber("records").longValue());
        }
        SampleTrail.live(folder(), 1);
        JsonObject report = verify();
        assertThat(report.getBoolean("complete")).isTrue();
        assertThat(report.getJsonObject("counts").getInt("boot_without_stop")).isEqualTo(3);
    }

    @Test
    void tailFollowsWhatAnotherProcessWrites() throws Exception {
        try (WriterProcess writer = WriterProcess.start(folder(), errors())) {
            assertThat(writer.await(50)).isTrue();
            try (FollowedTail tail = new FollowedTail("-n", "1000000", folder().toString())) {
                assertThat(writer.await(400)).isTrue();
                writer.stop();
                long last = verify().getJsonNumber("records").longValue() - 1;
                tail.awaitSequence(last);
                assertThat(tail.sequences())
                        .isEqualTo(LongStream.rangeClosed(tail.sequences().get(0), last)
                                .boxed()
                                .toList());
            }
        }
    }

    private JsonObject verify() throws IOException {
        CommandRun run = CommandRun.of("verify", folder().toString(), "--format", "json");
        if (run.out().isEmpty()) {
            throw new IOException(run.err());
        }
        return Json.createReader(new StringReader(run.out())).readObject();
    }
}
