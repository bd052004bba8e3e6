package io.certrail.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.RequestFacts;
import io.certrail.tlog.Checkpoint;
import io.certrail.trail.CheckpointCounts;
import io.certrail.trail.CheckpointMeter;
import io.certrail.trail.CheckpointOptions;
import io.certrail.trail.Checkpointing;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process whose memory is out in earnest. */
final class RecorderMemoryTest {
    private static final RecorderOptions OPTIONS =
            new RecorderOptions(Durability.NONE, FailurePolicy.CONTINUE, Duration.ofSeconds(20), ServedAlways.NONE);

    private static final int MORE_THAN_THERE_IS_MEMORY_FOR = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void requestThatThereIsNoMemoryToFollowIsLostAndNotOpenForEver() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Exhausted.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.strip()).isEqualTo("seen 1 more than opened, lost 1, open 0 more");
    }

    /** Opens requests until there is no memory, and says what the last checkpoint counts of them. */
    static final class Exhausted {
        private final AtomicReference<Checkpoint> last = new AtomicReference<>();

        public static void main(String[] arguments) throws IOException {
            new Exhausted().run(Path.of(arguments[0]));
        }

        private void run(Path folder) throws IOException {
            Checkpointing checkpointing = new Checkpointing(
                    CheckpointOptions.defaults(),
                    "boot",
                    (checkpoint, note) -> last.set(checkpoint),
                    CheckpointMeter.NONE);
            int opened;
            try (Trail trail = Trail.open(
                    TrailOptions.of(folder),
                    TrailFiles.onDisk(),
                    Clock.systemUTC(),
                    new TrailChronicle("boot", List.of()),
                    TrailMeter.NONE,
                    checkpointing)) {
                opened = open(new Recorder(OPTIONS, trail, Clock.systemUTC(), "boot"));
            }
            CheckpointCounts.Requests counted =
                    CheckpointCounts.of(last.get()).orElseThrow().requests();
            System.out.println("seen " + (counted.begun() - opened) + " more than opened, lost " + counted.lost()
                    + ", open " + (counted.open() - opened) + " more");
        }

        /** How many there was memory for. */
        private static int open(Recorder recorder) {
            RequestFacts asked = new RequestFacts("r", "client", "GET", "/", "2", "curl/8", null, null);
            RequestInFlight[] open = new RequestInFlight[MORE_THAN_THERE_IS_MEMORY_FOR];
            int opened = 0;
            try {
                while (opened < open.length) {
                    open[opened] = recorder.open(asked, null, 0);
                    opened++;
                }
            } catch (OutOfMemoryError e) {
                // what is open is no longer needed
            }
            return opened;
        }
    }
}
