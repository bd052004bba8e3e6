package io.certrail.trail;

import static io.certrail.trail.EvidenceAssert.assertThatEvidence;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operational log that throws is no failure of the trail's. */
final class LoggerTest {
    private static final Logger LOG = Logger.getLogger("io.certrail.trail");

    @TempDir
    Path folder;

    private final AtomicInteger thrown = new AtomicInteger();
    private final AtomicBoolean full = new AtomicBoolean();

    private final Handler throwing = new Handler() {
        @Override
        public void publish(LogRecord said) {
            thrown.incrementAndGet();
            throw new NoClassDefFoundError("a log's bad day");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(throwing);
    }

    @AfterEach
    void goOn() {
        LOG.removeHandler(throwing);
    }

    @Test
    void trailWritesAgainOnceTheDiskHasRoom() throws IOException {
        EvidenceFixture fixture = new EvidenceFixture(folder)
                .files(FaultyFiles.where((call, file) -> full.get(), "No space left on device"));
        try (Trail trail = fixture.open()) {
            EvidenceFixture.append(trail, "boot-1", 1);
            full.set(true);
            assertThat(append(trail).await(EvidenceFixture.LONG)).isFalse();
            EvidenceFixture.await(() -> thrown.get() > 0);
            full.set(false);
            EvidenceFixture.await(() -> trail.status().isWriting());
            EvidenceFixture.append(trail, "boot-1", 1);
            assertThat(trail.status().isWriting()).isTrue();
        }
        assertThatEvidence(fixture).isComplete();
    }

    @Test
    void trailDoesWithoutTheWriteAheadLog() throws IOException {
        EvidenceFixture fixture = new EvidenceFixture(folder);
        try (Trail trail = fixture.open()) {
            EvidenceFixture.append(trail, "boot-1", 1);
            Files.delete(LogFile.path(folder));
            EvidenceFixture.append(trail, "boot-1", 1);
            assertThat(trail.status().isWriting()).isTrue();
            assertThat(thrown).hasValue(1);
        }
        assertThatEvidence(fixture).isComplete();
        assertThat(TrailAssert.lines(folder)).hasSize(4);
    }

    private static Ticket append(Trail trail) {
        byte[] line = RecordChronicle.line("boot-1", "http.request", "success", "lost");
        return trail.append(line, line.length, Wait.DURABLE);
    }
}
