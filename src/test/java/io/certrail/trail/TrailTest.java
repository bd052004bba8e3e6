package io.certrail.trail;

import static io.certrail.trail.TrailAssert.assertThatTrail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrailTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void awaitedEntryIsOnDiskWithItsNumberAndInItsSegmentSoon() throws IOException {
        try (Trail trail = open()) {
            assertThat(append(trail, "a", Wait.DURABLE).await(LONG)).isTrue();
            assertThat(TrailAssert.durableLines(folder).get(1)).contains("\"detail\":\"a\",\"sequence\":1}}");
            TrailAssert.awaitLines(folder, 2);
            assertThat(TrailAssert.lines(folder).get(1)).contains("\"detail\":\"a\",\"sequence\":1}}");
            assertThat(trail.nextSequence()).isEqualTo(2);
        }
        assertThatTrail(folder).hasLines(3);
    }

    @Test
    void entryNobodyWaitsForIsWrittenSoonAndForcedLater() throws Exception {
        try (Trail trail = open()) {
            Ticket ticket = append(trail, "a", Wait.NONE);
            assertThat(ticket.await(LONG)).isTrue();
            assertThat(trail.counts()).isEqualTo(new TrailCounts(2, 2, 0, 0, 0));
        }
    }

    @Test
    void numbersGoOnOverLives() throws IOException {
        for (int life = 0; life < 3; life++) {
            try (Trail trail = open()) {
                append(trail, "life " + life, Wait.NONE);
            }
        }
        List<String> lines = TrailAssert.lines(folder);
        assertThat(lines).hasSize(9);
        assertThat(lines.get(8)).contains("audit.stopped");
        assertThat(Files.list(folder.resolve("entries")).toList()).hasSize(1);
    }

    @Test
    void whatIsAppendedAfterCloseIsLostAndCounted() throws IOException {
        Trail trail = open();
        trail.close();
        Ticket ticket = append(trail, "late", Wait.DURABLE);
        assertThat(ticket.isLost()).isTrue();
        assertThat(ticket.await(LONG)).isFalse();
        assertThat(trail.counts()).isEqualTo(new TrailCounts(3, 2, 1, 0, 0));
        assertThat(trail.status()).isInstanceOf(TrailStatus.Closed.class);
        trail.close();
    }

    @Test
    void whatIsNoLineIsLostAndTold() throws IOException {
        try (Trail trail = open()) {
            assertThat(trail.append(new byte[] {'{', '}'}, 2, Wait.NONE).isLost())
                    .isTrue();
            byte[] twoLines = PlainChronicle.line("x", "a\nb");
            assertThat(trail.append(twoLines, twoLines.length, Wait.NONE).isLost())
                    .isTrue();
            assertThat(trail.append(twoLines, twoLines.length + 1, Wait.NONE).isLost())
                    .isTrue();
            assertThat(trail.append(twoLines, -1, Wait.NONE).isLost()).isTrue();
        }
        assertThat(TrailAssert.lines(folder)).anyMatch(line -> line.contains("audit.gap"));
    }

    @Test
    void secondWriterIsTurnedAwayAndTheFirstKeepsItsLock() throws IOException {
        try (Trail trail = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(TrailLockedException.class)
                    .hasMessageContaining("stop the other one");
            assertThat(append(trail, "still", Wait.DURABLE).await(LONG)).isTrue();
        }
        open().close();
        assertThatTrail(folder).verifies();
    }

    @Test
    void regularFileInPlaceOfTheFolderIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> open(TrailOptions.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("expected a folder");
    }

    private Trail open() throws IOException {
        return open(TrailOptions.of(folder));
    }

    private static Trail open(TrailOptions options) throws IOException {
        return Trail.open(options, TrailFiles.onDisk(), Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
    }

    private static Ticket append(Trail trail, String detail, Wait wait) {
        byte[] line = PlainChronicle.line("test", detail);
        return trail.append(line, line.length, wait);
    }
}
