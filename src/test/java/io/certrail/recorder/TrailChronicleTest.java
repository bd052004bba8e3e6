package io.certrail.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.NamedValue;
import io.certrail.trail.Chronicle.Gap;
import io.certrail.trail.Chronicle.Recovered;
import io.certrail.trail.Chronicle.Retired;
import io.certrail.trail.Chronicle.Started;
import io.certrail.trail.Chronicle.Stopped;
import io.certrail.trail.TrailCounts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrailChronicleTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final String HEAD =
            "{\"time\":\"2026-01-02T03:04:05.678901Z\",\"schema\":\"1\",\"event\":{\"name\":\"";
    private static final String TAIL = "},\"boot_id\":\"boot\",\"sequence\":";

    private final TrailChronicle chronicle = new TrailChronicle("boot", List.of(new NamedValue("version", "1.2")));

    @Test
    void startTellsWhatRunsAndWhereTheTrailGoesOn() {
        assertThat(text(chronicle.started(new Started(TIME, 42, null))))
                .isEqualTo(HEAD + "audit.started\",\"outcome\":\"success\"},"
                        + "\"audit\":{\"details\":{\"version\":\"1.2\",\"next_sequence\":\"42\"" + TAIL);
    }

    @Test
    void endTellsTheCounts() {
        assertThat(text(chronicle.stopped(new Stopped(TIME, new TrailCounts(14, 6, 2, 5, 1)))))
                .isEqualTo(HEAD + "audit.stopped\",\"outcome\":\"success\"},\"audit\":{\"details\":"
                        + "{\"seen\":\"14\",\"recorded\":\"6\",\"lost\":\"2\",\"coalesced\":\"5\",\"queued\":\"1\""
                        + TAIL);
    }

    @Test
    void gapTellsFromToCountAndCause() {
        Gap gap = new Gap(TIME.minusSeconds(2), TIME, 7, "No space left\non device");

        assertThat(text(chronicle.gap(gap)))
                .isEqualTo(HEAD + "audit.gap\",\"outcome\":\"failure\"},\"error\":{\"type\":\"internal_error\"},"
                        + "\"audit\":{\"details\":{\"from\":\"2026-01-02T03:04:03.678901Z\","
                        + "\"to\":\"2026-01-02T03:04:05.678901Z\",\"count\":\"7\","
                        + "\"cause\":\"No space left\\non device\"" + TAIL);
    }

    @Test
    void recoveryTellsWhatWasSetAside() {
        assertThat(text(chronicle.recovered(new Recovered(TIME, "0.jsonl", 100, 20, "torn-1"))))
                .isEqualTo(HEAD + "audit.recovered\",\"outcome\":\"success\"},\"audit\":{\"details\":"
                        + "{\"segment\":\"0.jsonl\",\"offset\":\"100\",\"bytes\":\"20\",\"set_aside\":\"torn-1\""
                        + TAIL);
    }

    @Test
    void retentionTellsWhatItDeletes() {
        assertThat(text(chronicle.retired(new Retired(TIME, "0.jsonl", 0, 5, 900))))
                .isEqualTo(HEAD + "audit.retired\",\"outcome\":\"success\"},\"audit\":{\"details\":"
                        + "{\"segment\":\"0.jsonl\",\"first_sequence\":\"0\",\"next_sequence\":\"5\",\"bytes\":\"900\""
                        + TAIL);
    }

    private static String text(byte[] record) {
        return new String(record, StandardCharsets.UTF_8);
    }
}
