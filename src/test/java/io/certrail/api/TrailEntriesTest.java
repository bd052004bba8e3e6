package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.trail.PlainChronicle;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import io.certrail.trail.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrailEntriesTest {
    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsThere() throws IOException {
        try (Trail trail = open()) {
            TrailEntries entries = entries(trail);
            for (int i = 0; i < 200; i++) {
                append(trail, "line " + i);
                List<String> lines = read(entries.from(i));
                assertThat(lines).last().asString().contains("line " + i);
            }
        }
    }

    @Test
    void whatIsOnDiskAndCanNotBeReadIsNoEnd() throws IOException {
        try (Trail trail = open()) {
            append(trail, "line");
            Files.delete(folder.resolve("entries/00000000000000000000.jsonl"));
            assertThatThrownBy(() -> read(entries(trail).from(0)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("The record 0 is on disk");
        }
    }

    private Trail open() throws IOException {
        return Trail.open(
                TrailOptions.of(folder), TrailFiles.onDisk(), Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
    }

    private TrailEntries entries(Trail trail) {
        TrailEntries entries = new TrailEntries();
        entries.trail = trail;
        entries.options = TrailOptions.of(folder);
        return entries;
    }

    private static void append(Trail trail, String detail) {
        byte[] line = PlainChronicle.line("test", detail);
        assertThat(trail.append(line, line.length, Wait.DURABLE).await(Duration.ofSeconds(20)))
                .isTrue();
    }

    private static List<String> read(EntrySource.Entries entries) throws IOException {
        List<String> lines = new ArrayList<>();
        try (entries) {
            while (entries.next()) {
                lines.add(new String(entries.line(), UTF_8));
            }
        }
        return lines;
    }
}
