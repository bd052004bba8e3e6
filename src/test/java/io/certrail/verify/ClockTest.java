package io.certrail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.config.ConfigKey;
import io.certrail.event.DurationText;
import io.certrail.event.NamedValue;
import io.certrail.event.Outcome;
import io.certrail.event.TrailEvent;
import io.certrail.recorder.Durability;
import io.certrail.recorder.FloodOptions;
import io.certrail.recorder.Recorder;
import io.certrail.trail.Retention;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailAssert;
import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clocks that are set, and times without a checkpoint. */
final class ClockTest {
    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-25T12:00:00Z"));

    /** Longer than was configured, and five minutes more, is silence; what the trail says counts unless something is given. */
    @ParameterizedTest
    @CsvSource({
        ", , 30m, false",
        ", , 2h, true",
        "3h, , 2h, false",
        "PT3H, , 2h, false",
        "10m, , 12m, false",
        "10m, , 30m, true",
        "10m, 3h, 2h, false",
        "3h, 10m, 30m, true",
        "PT9223372036854775807S, , 30m, false",
        "PT9223372036854775807S, , 2h, true",
        "8d, , 2h, true",
        ", PT9223372036854775807S, 2h, false",
        "soon, , 30m, false",
        "soon, , 2h, true"
    })
    void silenceIsJudgedByTheIntervalThatWasConfigured(
            @Nullable String configured, @Nullable String given, String gap, boolean silent) throws IOException {
        live(configured, duration(gap));
        VerifyOptions options = VerifyOptions.of(null).threads(1);
        Report report = verify(given == null ? options : options.idle(duration(given)));

        assertThat(report.holds(Verdict.INTACT)).isTrue();
        assertThat(report.counts().containsKey(FindingKind.SILENCE)).isEqualTo(silent);
        assertThat(report.counts().keySet()).isSubsetOf(FindingKind.SILENCE, FindingKind.VOUCHES_FOR_ITSELF);
    }

    @Test
    void whatOneStartWasConfiguredToDoesNotCountForTheNext() throws IOException {
        live("7d", Duration.ofDays(1));
        live(null, Duration.ofHours(2));

        assertThat(verify(VerifyOptions.of(null)).findings())
                .filteredOn(finding -> finding.kind() == FindingKind.SILENCE)
                .hasSize(1)
                .first()
                .satisfies(finding -> assertThat(finding.detail())
                        .isEqualTo("from 2026-11-26T12:00:00Z to 2026-11-26T14:00:00Z, expected one each 1h"));
    }

    @Test
    void clockThatIsSetBackIsFoundAndHarmsNothing() throws IOException {
        live(null, Duration.ofMinutes(-50));
        Report report = verify(VerifyOptions.of(null));

        assertThat(report.holds(Verdict.INTACT)).isTrue();
        assertThat(report.holds(Verdict.COMPLETE)).isTrue();
        assertThat(report.counts()).containsKeys(FindingKind.TIME_BACKWARDS, FindingKind.CHECKPOINT_TIME);
        assertThat(report.findings())
                .filteredOn(finding -> finding.kind() == FindingKind.TIME_BACKWARDS)
                .hasSize(1)
                .first()
                .satisfies(finding ->
                        assertThat(finding.detail()).isEqualTo("2026-11-25T11:10:00Z after 2026-11-25T12:00:00Z"));
    }

    /** As a virtual machine that was put back does: the next start is earlier than the last stop. */
    @Test
    void startBeforeTheLastStopIsFound() throws IOException {
        live(null, Duration.ZERO);
        clock.move(Duration.ofDays(-1));
        live(null, Duration.ZERO);

        assertThat(verify(VerifyOptions.of(null)).counts())
                .containsEntry(FindingKind.TIME_BACKWARDS, 1L)
                .containsKey(FindingKind.CHECKPOINT_TIME);
    }

    @Test
    void clockSetForwardAndBackAgainIsToldOnceEachWay() throws IOException {
        String boot = Recorder.newBootId();
        try (Trail trail = SampleTrail.open(folder, boot, 60_000, Retention.ALL, clock)) {
            Recorder recorder = SampleTrail.recorder(trail, boot, Durability.NONE, FloodOptions.UNLIMITED, clock);
            for (Duration by :
                    List.of(Duration.ZERO, Duration.ofDays(365), Duration.ofDays(-365), Duration.ofSeconds(3))) {
                clock.move(by);
                SampleTrail.connection(recorder, 0);
                TrailAssert.awaitSealed(trail);
            }
        }
        assertThat(verify(VerifyOptions.of(null)).counts())
                .containsEntry(FindingKind.SILENCE, 1L)
                .containsEntry(FindingKind.TIME_BACKWARDS, 1L);
    }

    /** One start: a connection, then the clock is moved, then another. */
    private void live(@Nullable String configured, Duration gap) throws IOException {
        String boot = Recorder.newBootId();
        try (Trail trail = SampleTrail.open(folder, boot, 60_000, Retention.ALL, clock)) {
            Recorder recorder = SampleTrail.recorder(trail, boot, Durability.NONE, FloodOptions.UNLIMITED, clock);
            if (configured != null) {
                NamedValue idle = new NamedValue(ConfigKey.CHECKPOINT_IDLE.key(), configured);
                recorder.record(
                        new TrailEvent(TrailEvent.CONFIG, clock.instant(), Outcome.SUCCESS, null, List.of(idle)));
            }
            SampleTrail.connection(recorder, 0);
            TrailAssert.awaitSealed(trail);
            clock.move(gap);
            SampleTrail.connection(recorder, 1);
            TrailAssert.awaitSealed(trail);
        }
    }

    private static Duration duration(String text) {
        return Objects.requireNonNull(DurationText.parse(text));
    }

    private Report verify(VerifyOptions options) throws IOException {
        return new Verifier(TrailFiles.onDisk(), options).verify(folder, Progress.NONE);
    }
}
