package io.certrail.trail;

import static io.certrail.trail.TrailAssert.assertThatTrail;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrailRotationTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void segmentsAreRolledBySizeAndNamedByTheirFirstLine() throws IOException {
        try (Trail trail = open(2000, Duration.ofDays(1), Retention.ALL)) {
            append(trail, 50);
        }
        List<TrailFiles.Listed> segments = segments();
        assertThat(segments).hasSizeGreaterThan(5).allMatch(segment -> segment.bytes() <= 2000);
        assertThatTrail(folder).hasLines(52);
        for (TrailFiles.Listed segment : segments) {
            SegmentName name = SegmentName.parse(segment.file());
            assertThat(Files.readAllLines(segment.file()).get(0)).endsWith("\"sequence\":" + name.first() + "}}");
        }
    }

    @Test
    void lineLongerThanASegmentHasOneOfItsOwn() throws IOException {
        try (Trail trail = open(1024, Duration.ofDays(1), Retention.ALL)) {
            append(trail, 3);
            byte[] line = PlainChronicle.line("long", "x".repeat(3_000_000));
            assertThat(trail.append(line, line.length, Wait.DURABLE).await(LONG))
                    .isTrue();
            append(trail, 3);
        }
        assertThatTrail(folder).hasLines(9);
    }

    @Test
    void segmentsAreRolledByAge() throws Exception {
        try (Trail trail = open(1 << 20, Duration.ofMillis(20), Retention.ALL)) {
            append(trail, 1);
            Thread.sleep(40);
            append(trail, 1);
        }
        assertThat(segments()).hasSizeGreaterThanOrEqualTo(2);
        assertThatTrail(folder).hasLines(4);
    }

    @Test
    void retentionByBytesDeletesTheOldestAndTells() throws IOException {
        try (Trail trail = open(2000, Duration.ofDays(1), new Retention(null, 6000))) {
            append(trail, 100);
        }
        assertThat(segments().stream().mapToLong(TrailFiles.Listed::bytes).sum())
                .isLessThanOrEqualTo(8000);
        List<String> lines = TrailAssert.lines(folder);
        assertThat(lines)
                .anyMatch(line -> line.contains("audit.retired"))
                .last()
                .asString()
                .contains("audit.stopped");
        open(2000, Duration.ofDays(1), Retention.ALL).close();
        assertThatTrail(folder).hasLines(lines.size() + 2);
    }

    @Test
    void retentionByAgeDeletesWhatIsOldButNeverTheCurrentSegment() throws IOException {
        try (Trail trail = open(2000, Duration.ofDays(1), new Retention(Duration.ofDays(999), 0))) {
            append(trail, 30);
        }
        int before = segments().size();
        for (TrailFiles.Listed segment : segments()) {
            Files.setLastModifiedTime(
                    segment.file(), FileTime.from(Instant.now().minus(Duration.ofDays(9))));
        }
        try (Trail trail = open(2000, Duration.ofDays(1), new Retention(Duration.ofDays(7), 0))) {
            append(trail, 1);
        }
        assertThat(segments()).hasSizeLessThanOrEqualTo(2);
        assertThat(TrailAssert.lines(folder).stream().filter(line -> line.contains("audit.retired")))
                .hasSize(before - 1);
    }

    @Test
    void foldersAndFilesAreForTheirOwnerAndGroupOnly() throws IOException {
        Path inner = folder.resolve("made");
        open(TrailOptions.of(inner)).close();
        for (Path made : List.of(inner, inner.resolve("entries"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isIn("rwxr-x---", "rwx------");
        }
        for (Path made : List.of(inner.resolve("lock"), inner.resolve("entries/00000000000000000000.jsonl"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isIn("rw-r-----", "rw-------");
        }
    }

    private List<TrailFiles.Listed> segments() throws IOException {
        return TrailFiles.onDisk().list(folder.resolve("entries"));
    }

    private static void append(Trail trail, int count) {
        for (int i = 0; i < count; i++) {
            byte[] line = PlainChronicle.line("test", "x".repeat(200));
            assertThat(trail.append(line, line.length, Wait.DURABLE).await(LONG))
                    .isTrue();
        }
    }

    private Trail open(long bytes, Duration age, Retention retention) throws IOException {
        TrailOptions all = TrailOptions.of(folder);
        return open(new TrailOptions(
                folder,
                bytes,
                age,
                all.queueRecords(),
                all.queueBytes(),
                all.linger(),
                all.forceInterval(),
                all.retryInterval(),
                retention,
                64 << 10));
    }

    private static Trail open(TrailOptions options) throws IOException {
        return Trail.open(options, TrailFiles.onDisk(), Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
    }
}
