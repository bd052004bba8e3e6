package io.certrail.scan.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnTrailTest {
    private static final String OWN = "\"client\":{\"address\":\"127.0.0.1\",\"port\":1},";
    private static final String OTHER = "\"client\":{\"address\":\"192.0.2.1\",\"port\":1},";
    private static final String IPV6 = "\"client\":{\"address\":\"2001:db8::1\",\"port\":1},";

    @TempDir
    Path folder;

    private int next;

    @BeforeEach
    void makeEntries() throws IOException {
        Files.createDirectories(folder.resolve("entries"));
    }

    @Test
    void beginsAtTheEndAndPassesOverWhatOtherClientsDid() throws IOException {
        record(OWN);
        try (var trail = new OwnTrail(folder, () -> 1, true, 1 << 20)) {
            trail.mark();
            assertThat(trail.poll()).isEmpty();

            record(OWN, OTHER, "", IPV6);
            assertThat(trail.poll()).containsExactly(line(1, OWN), line(3, ""), line(4, IPV6));
            assertThat(trail.poll()).isEmpty();
        }
    }

    @Test
    void allClientsCountWhereProbesMayComeFromElsewhere() throws IOException {
        record(OWN, OTHER);
        try (var trail = new OwnTrail(folder, () -> 0, false, 1 << 20)) {
            trail.mark();
            assertThat(trail.poll()).containsExactly(line(0, OWN), line(1, OTHER));
        }
    }

    @Test
    void moreThanFitsIntoMemoryIsRefused() throws IOException {
        record(OWN, OWN, OWN);
        try (var trail = new OwnTrail(folder, () -> 0, true, 100)) {
            trail.mark();
            assertThatThrownBy(trail::poll).isInstanceOf(IOException.class).hasMessageContaining("a quieter time");
        }
    }

    private void record(String... clients) throws IOException {
        Path segment = folder.resolve("entries").resolve("0".repeat(20) + ".jsonl");
        for (String client : clients) {
            Files.writeString(
                    segment, line(next++, client) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private static String line(int sequence, String client) {
        return "{\"time\":\"2026-11-25T12:00:00.000000Z\"," + client + "\"audit\":{\"boot_id\":\"b\",\"sequence\":"
                + sequence + "}}";
    }
}
