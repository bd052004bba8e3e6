package io.certrail.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.Hash;
import io.certrail.trail.CheckpointCounts.Connections;
import io.certrail.trail.CheckpointCounts.Requests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CheckpointCountsTest {
    private static final List<String> LINES = List.of(
            "certrail/1 time=2026-11-25T16:00:00.000001Z boot=0190-b cause=interval",
            "connections accepted=9 numbered=8 succeeded=3 failed=2 unknown=1 coalesced=0 lost=1 open=2",
            "requests begun=7 ended=6 coalesced=0 lost=0 open=1",
            "records audit.started:success=1 tls.handshake:failure=2 tls.handshake:success=3");

    private static final CheckpointCounts COUNTS = new CheckpointCounts(
            Instant.parse("2026-11-25T16:00:00.000001Z"),
            "0190-b",
            CheckpointCause.INTERVAL,
            new Connections(9, 8, 3, 2, 1, 0, 1, 2),
            new Requests(7, 6, 0, 0, 1),
            new TreeMap<>(
                    Map.of("tls.handshake:success", 3L, "tls.handshake:failure", 2L, "audit.started:success", 1L)));

    @Test
    void linesAreThoseOfTheFormat() {
        assertThat(COUNTS.lines()).isEqualTo(LINES);
    }

    @Test
    void linesAreReadBack() {
        assertThat(CheckpointCounts.parse(LINES)).contains(COUNTS);
        assertThat(CheckpointCounts.of(new Checkpoint("log", 0, Hash.EMPTY_ROOT, LINES)))
                .contains(COUNTS);
    }

    @ParameterizedTest
    @EnumSource(CheckpointCause.class)
    void everyCauseIsReadBack(CheckpointCause cause) {
        CheckpointCounts counts =
                new CheckpointCounts(COUNTS.time(), "b", cause, Connections.NONE, Requests.NONE, new TreeMap<>());
        assertThat(counts.lines()).last().isEqualTo("records");
        assertThat(CheckpointCounts.parse(counts.lines())).contains(counts);
    }

    /** The formatter would take it, and no arithmetic with it. */
    @Test
    void timeBeyondFourDigitsOfAYearIsNone() {
        for (String year : List.of("+999999999", "-999999999", "-0001")) {
            List<String> lines = new ArrayList<>(LINES);
            lines.set(0, LINES.get(0).replace("time=2026", "time=" + year));
            assertThat(CheckpointCounts.parse(lines)).isEmpty();
        }
    }

    @Test
    void recordsOfANameAreThoseOfEveryOutcome() {
        assertThat(COUNTS.recordsNamed("tls.handshake")).isEqualTo(5);
        assertThat(COUNTS.recordsNamed("tls")).isZero();
    }

    @Test
    void unknownWordsAndLinesArePassedOver() {
        List<String> lines = List.of(
                "something else",
                "certrail/1 time=2026-11-25T16:00:00.000001Z boot=0190-b cause=interval moon=full",
                "streams begun=1",
                LINES.get(3),
                "requests more=1 open=1 lost=0 coalesced=0 ended=6 begun=7",
                LINES.get(1));
        assertThat(CheckpointCounts.parse(lines)).contains(COUNTS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "certrail/1 | certrail/2",
                "certrail/1 | certrail/1x",
                "boot=0190-b | boot=",
                "boot=0190-b | ",
                "cause=interval | cause=boredom",
                "time=2026-11-25T16:00:00.000001Z | time=2026-11-25T16:00:00Z",
                "time=2026-11-25T16:00:00.000001Z | time=2026-13-25T16:00:00.000001Z",
                "connections accepted | connection accepted",
                "accepted=9 | accepted=09",
                "accepted=9 | accepted=-9",
                "accepted=9 | accepted=+9",
                "accepted=9 | accepted=9223372036854775808",
                "accepted=9 | accepted=9 accepted=9",
                "accepted=9 | accepted",
                "accepted=9 | =9",
                "accepted=9 | ",
                "begun=7 | begun=seven",
                "audit.started:success=1 | audit.started:success=1=1",
                "records | recorded"
            })
    void whatIsMissingOrHasASecondFormIsNotUnderstood(String part, String instead) {
        String text = String.join("\n", LINES);
        String changed = text.replace(part, instead == null ? "" : instead);
        assertThat(changed).isNotEqualTo(text);
        assertThat(CheckpointCounts.parse(List.of(changed.split("\n")))).isEmpty();
    }

    @Test
    void nothingIsMadeThatCouldNotBeReadBack() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckpointCounts(
                        COUNTS.time(), "a b", COUNTS.cause(), Connections.NONE, Requests.NONE, new TreeMap<>()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckpointCounts(
                        COUNTS.time(),
                        "b",
                        COUNTS.cause(),
                        Connections.NONE,
                        Requests.NONE,
                        new TreeMap<>(Map.of("a=b", 1L))));
        assertThatIllegalArgumentException().isThrownBy(() -> new Requests(1, 0, 0, 0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Connections(-1, 0, 0, 0, 0, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Census.Tally(0, -1, 0));
    }
}
