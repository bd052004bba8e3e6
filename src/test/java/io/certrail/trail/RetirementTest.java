package io.certrail.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RetirementTest {
    private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

    @TempDir
    Path folder;

    /** By which the system's clock is wrong. */
    private Duration wrong = Duration.ZERO;

    private Duration passed = Duration.ZERO;
    private int begun;

    private Retirement retirement(Retention retention) throws IOException {
        InstantSource source = () -> BEGIN.plus(passed).plus(wrong);
        Clock clock = source.withZone(ZoneOffset.UTC);
        return new Retirement(retention, TrailFiles.onDisk(), new TrailLayout(folder), clock, () -> passed.toNanos());
    }

    @BeforeEach
    void writeSegments() throws IOException {
        Path entries = Files.createDirectory(folder.resolve("entries"));
        for (long first = 0; first < 3; first++) {
            Path file = SegmentName.of(entries, first).file();
            Files.writeString(file, "{}\n");
            Files.setLastModifiedTime(file, FileTime.from(BEGIN));
        }
    }

    private List<Long> due(Retirement retirement) {
        return retirement.due(++begun).stream()
                .map(Chronicle.Retired::firstSequence)
                .toList();
    }

    private List<Long> dueAfter(Retirement retirement, Duration time) {
        passed = passed.plus(time);
        return due(retirement);
    }

    @Test
    void segmentsGrowOldByTheHour() throws IOException {
        Retirement retirement = retirement(new Retention(Duration.ofDays(7), 0));
        for (int hour = 0; hour < 7 * 24; hour++) {
            assertThat(dueAfter(retirement, Duration.ofHours(1))).isEmpty();
        }
        assertThat(dueAfter(retirement, Duration.ofHours(1))).containsExactly(0L, 1L);
    }

    @Test
    void clockThatJumpsAheadAndIsSetRightDeletesNothing() throws IOException {
        Retirement retirement = retirement(new Retention(Duration.ofDays(7), 0));
        wrong = Duration.ofDays(3650);
        for (int hour = 0; hour < 23; hour++) {
            assertThat(dueAfter(retirement, Duration.ofHours(1))).isEmpty();
        }
        wrong = Duration.ZERO;
        assertThat(dueAfter(retirement, Duration.ofHours(12))).isEmpty();
        wrong = Duration.ofDays(3650);
        assertThat(dueAfter(retirement, Duration.ofHours(12))).isEmpty();
        wrong = Duration.ofDays(7300); // not even from there
        assertThat(dueAfter(retirement, Duration.ofHours(23))).isEmpty();
        assertThat(dueAfter(retirement, Duration.ofHours(23))).isEmpty();
    }

    @Test
    void clockThatRunsEvenlyForADayAfterAJumpIsBelieved() throws IOException {
        Retirement retirement = retirement(new Retention(Duration.ofDays(7), 0));
        wrong = Duration.ofDays(30); // of sleep
        assertThat(due(retirement)).isEmpty();
        assertThat(dueAfter(retirement, Duration.ofHours(24))).containsExactly(0L, 1L);
    }

    @Test
    void segmentsThatAreTooOldByTheEvenClockGoThoughTheSystemsIsDoubted() throws IOException {
        Retirement retirement = retirement(new Retention(Duration.ofDays(7), 0));
        for (int hour = 0; hour < 7 * 24; hour++) {
            assertThat(dueAfter(retirement, Duration.ofHours(1))).isEmpty();
        }
        wrong = Duration.ofDays(30);
        assertThat(dueAfter(retirement, Duration.ofHours(1))).containsExactly(0L, 1L);
    }

    @Test
    void clockThatIsWrongWhenTheTrailIsFirstOpenedDeletesNothingForADay() throws IOException {
        wrong = Duration.ofDays(3650);
        Retirement retirement = retirement(new Retention(Duration.ofDays(7), 0));
        for (int hour = 0; hour < 24; hour++) {
            assertThat(dueAfter(retirement, Duration.ofHours(hour == 0 ? 0 : 1)))
                    .isEmpty();
        }
        assertThat(dueAfter(retirement, Duration.ofHours(1))).containsExactly(0L, 1L);
    }

    @Test
    void restartEndsNoDoubt() throws IOException {
        Retirement before = retirement(new Retention(Duration.ofDays(7), 0));
        assertThat(due(before)).isEmpty();
        wrong = Duration.ofDays(3650);
        assertThat(dueAfter(before, Duration.ofHours(1))).isEmpty();
        touchNewest(); // written by the wrong clock
        assertThat(dueAfter(before, Duration.ofHours(3))).isEmpty();
        before.keepTime();
        Retirement after = retirement(new Retention(Duration.ofDays(7), 0));
        assertThat(due(after)).isEmpty();
        assertThat(dueAfter(after, Duration.ofHours(20))).isEmpty();
        assertThat(dueAfter(after, Duration.ofHours(1))).containsExactly(0L, 1L); // 24 hours with those before
        assertThat(due(retirement(new Retention(Duration.ofDays(7), 0)))).containsExactly(0L, 1L);
    }

    @Test
    void stopOfLessThanADayEndsNoDoubt() throws IOException {
        wrong = Duration.ofDays(3650);
        Retirement before = retirement(new Retention(Duration.ofDays(7), 0));
        assertThat(due(before)).isEmpty();
        assertThat(dueAfter(before, Duration.ofHours(10))).isEmpty();
        before.keepTime();
        passed = passed.plusHours(13); // of the night
        Retirement after = retirement(new Retention(Duration.ofDays(7), 0));
        assertThat(due(after)).isEmpty();
        assertThat(dueAfter(after, Duration.ofHours(13))).isEmpty();
        assertThat(dueAfter(after, Duration.ofHours(1))).containsExactly(0L, 1L);
    }

    /** As of a virtual machine, for which monotonic time stands still. */
    @Test
    void suspendOfEachNightEndsNoDoubt() throws IOException {
        Retirement retirement = retirement(new Retention(Duration.ofDays(7), 0));
        assertThat(due(retirement)).isEmpty();
        List<Long> deleted = new ArrayList<>();
        for (int day = 0; day < 10; day++) {
            for (int hour = 0; hour < 12; hour++) {
                deleted.addAll(dueAfter(retirement, Duration.ofHours(1)));
            }
            wrong = wrong.plusHours(12);
        }
        assertThat(deleted).contains(0L, 1L);
    }

    @Test
    void suspendOfADayBeginsDoubtAnew() throws IOException {
        Retirement retirement = retirement(new Retention(Duration.ofDays(7), 0));
        wrong = Duration.ofDays(30);
        assertThat(due(retirement)).isEmpty();
        assertThat(dueAfter(retirement, Duration.ofHours(23))).isEmpty();
        wrong = wrong.plusDays(1);
        assertThat(due(retirement)).isEmpty();
        assertThat(dueAfter(retirement, Duration.ofHours(23))).isEmpty();
        assertThat(dueAfter(retirement, Duration.ofHours(1))).containsExactly(0L, 1L);
    }

    /** It looks like a stop. */
    @Test
    void clockThatIsSetAgainInTheLastHourOfItsDayIsNotBelievedInTheNext() throws IOException {
        Retirement retirement = retirement(new Retention(Duration.ofDays(7), 0));
        wrong = Duration.ofDays(30);
        assertThat(due(retirement)).isEmpty();
        assertThat(dueAfter(retirement, Duration.ofHours(23))).isEmpty();
        wrong = wrong.plusHours(20);
        assertThat(due(retirement)).isEmpty();
        assertThat(dueAfter(retirement, Duration.ofHours(5))).isEmpty();
        assertThat(dueAfter(retirement, Duration.ofHours(1))).containsExactly(0L, 1L);
    }

    @Test
    void clockThatIsSetAgainAndAgainIsNeverBelieved() throws IOException {
        Retirement retirement = retirement(new Retention(Duration.ofDays(7), 0));
        for (int i = 0; i < 60; i++) {
            wrong = wrong.plusHours(20);
            assertThat(dueAfter(retirement, Duration.ofHours(1))).isEmpty();
            assertThat(dueAfter(retirement, Duration.ofHours(1))).isEmpty();
        }
    }

    @Test
    void clockThatIsSetBetweenTwoLivesIsNotBelievedInTheNextHour() throws IOException {
        Retirement before = retirement(new Retention(Duration.ofDays(7), 0));
        wrong = Duration.ofDays(30);
        assertThat(due(before)).isEmpty();
        assertThat(dueAfter(before, Duration.ofHours(23))).isEmpty();
        before.keepTime();
        wrong = wrong.plusHours(20);
        Retirement after = retirement(new Retention(Duration.ofDays(7), 0));
        assertThat(due(after)).isEmpty();
        assertThat(dueAfter(after, Duration.ofHours(5))).isEmpty();
        assertThat(dueAfter(after, Duration.ofHours(1))).containsExactly(0L, 1L);
    }

    @ParameterizedTest
    @ValueSource(longs = {23, 25})
    void doubtOfOneClockDoesNotCountForAnother(long hours) throws IOException {
        wrong = Duration.ofHours(60); // of a weekend, and right
        Retirement before = retirement(new Retention(Duration.ofDays(7), 0));
        assertThat(due(before)).isEmpty();
        passed = passed.plusHours(hours);
        before.keepTime();
        wrong = Duration.ofDays(3650);
        assertDoubtBegins();
    }

    @Test
    void doubtOfTheClockBeforeItWasSetDoesNotCountForIt() throws IOException {
        wrong = Duration.ofDays(3650);
        Retirement before = retirement(new Retention(Duration.ofDays(7), 0));
        assertThat(due(before)).isEmpty();
        assertThat(dueAfter(before, Duration.ofHours(23))).isEmpty();
        before.keepTime();
        wrong = Duration.ofDays(3649); // set back, and wrong again
        assertDoubtBegins();
    }

    @Test
    void jumpInTheLastHourOfALifeIsNoticed() throws IOException {
        wrong = Duration.ofHours(60);
        Retirement before = retirement(new Retention(Duration.ofDays(7), 0));
        assertThat(due(before)).isEmpty();
        assertThat(dueAfter(before, Duration.ofHours(23))).isEmpty();
        wrong = Duration.ofDays(3650);
        before.keepTime();
        assertDoubtBegins();
    }

    @Test
    void olderFileOfTheTimeTellsOfNoDoubt() throws IOException {
        Files.writeString(folder.resolve("clock"), BEGIN + " PT23H\n");
        wrong = Duration.ofDays(3650);
        touchNewest();
        assertDoubtBegins();
    }

    private void assertDoubtBegins() throws IOException {
        Retirement after = retirement(new Retention(Duration.ofDays(7), 0));
        assertThat(due(after)).isEmpty();
        assertThat(dueAfter(after, Duration.ofHours(2))).isEmpty();
        assertThat(dueAfter(after, Duration.ofHours(21))).isEmpty();
        assertThat(dueAfter(after, Duration.ofHours(1))).containsExactly(0L, 1L);
    }

    @Test
    void jumpThatWasNotNoticedBeforeARestartIsNoticedAfterIt() throws IOException {
        assertThat(due(retirement(new Retention(Duration.ofDays(7), 0)))).isEmpty();
        wrong = Duration.ofDays(3650);
        touchNewest();
        assertThat(due(retirement(new Retention(Duration.ofDays(7), 0)))).isEmpty();
        wrong = Duration.ZERO;
        assertThat(due(retirement(new Retention(Duration.ofDays(7), 0)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "of no use",
                "+1000000000-12-31T23:59:59.999999999Z PT0S",
                "+1000000000-12-31T23:59:59.999999999Z PT0S 2039-12-30T00:00:00Z",
                "2039-12-30T00:00:00Z PT0S +1000000000-12-31T23:59:59.999999999Z",
                "-1000000000-01-01T00:00:00Z PT0S 2039-12-30T00:00:00Z",
                "2039-12-30T00:00:00Z PT24H0.000000001S 2039-12-30T00:00:00Z",
                "2039-12-30T00:00:00Z PT-0.000000001S 2039-12-30T00:00:00Z",
                "2039-12-30T00:00:00Z PT0S 2039-12-30T00:00:00Z and more",
            })
    void fileOfTheTimeThatIsOfNoUseIsDoneWithout(String line) throws IOException {
        Files.writeString(folder.resolve("clock"), line + "\n");
        wrong = Duration.ofDays(3650);
        assertThat(due(retirement(new Retention(Duration.ofDays(7), 0)))).isEmpty();
        assertThat(folder.resolve("clock")).hasContent(BEGIN + " PT0S " + BEGIN.plus(wrong));
    }

    @Test
    void ageBeyondAllTimeKeepsEverything() throws IOException {
        assertThat(due(retirement(new Retention(Duration.ofSeconds(Long.MAX_VALUE), 0))))
                .isEmpty();
    }

    private void touchNewest() throws IOException {
        FileTime now = FileTime.from(BEGIN.plus(passed).plus(wrong));
        Files.setLastModifiedTime(SegmentName.of(folder.resolve("entries"), 2).file(), now);
    }

    @Test
    void boundOfBytesHeedsNoClock() throws IOException {
        Retirement retirement = retirement(new Retention(null, 6));
        wrong = Duration.ofDays(30);
        assertThat(due(retirement)).containsExactly(0L);
    }
}
