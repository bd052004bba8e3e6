package io.certrail.scan.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.scan.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostClockTest {
    @TempDir
    Path root;

    private int next = 1;

    @ParameterizedTest
    @ValueSource(strings = {"chronyd", "ntpd", "ptp4l", "phc2sys", "timemaster"})
    void clockThatADaemonKeepsIsNoFinding(String daemon) throws IOException {
        running("systemd", "kthreadd", daemon);

        assertThat(new HostClock(root).fault()).isEmpty();
    }

    @Test
    void timesyncdCountsOnceItHasSetTheClock() throws IOException {
        running("systemd", "kthreadd", "systemd-timesyn");

        assertThat(new HostClock(root).fault()).hasValueSatisfying(fault -> {
            assertThat(fault.rule()).isEqualTo(Rule.CLOCK);
            assertThat(fault.evidence().saw()).contains("has not set the clock");
        });

        Path folder = Files.createDirectories(root.resolve("run/systemd/timesync"));
        Files.createFile(folder.resolve("synchronized"));
        assertThat(new HostClock(root).fault()).isEmpty();
    }

    @Test
    void machineWithoutADaemonIsAFindingOfMediumSeverity() throws IOException {
        running("systemd", "kthreadd", "ntpdate", "java");

        assertThat(new HostClock(root).fault()).hasValueSatisfying(fault -> {
            var finding = fault.rule().finding(List.of(fault));
            assertThat(finding.id()).isEqualTo("config/clock");
            assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
            assertThat(finding.clauses()).extracting(each -> each.number()).contains("AU-8", "16.2.2", "10.6.1");
        });
    }

    @Test
    void whoDoesNotSeeTheMachinesProcessesSaysSo() throws IOException {
        assertThat(new HostClock(root).fault()).hasValueSatisfying(HostClockTest::assertUnseen);

        running("java", "sh");
        Files.createFile(root.resolve("proc/version"));
        assertThat(new HostClock(root).fault()).hasValueSatisfying(HostClockTest::assertUnseen);
    }

    private static void assertUnseen(Rule.Fault fault) {
        assertThat(fault.rule().finding(List.of(fault)).severity()).isEqualTo(Severity.INFO);
        assertThat(fault.evidence().saw()).contains("a container");
    }

    private void running(String... names) throws IOException {
        for (String name : names) {
            Path process = Files.createDirectories(root.resolve("proc").resolve(Integer.toString(next++)));
            Files.writeString(process.resolve("comm"), name + "\n");
        }
    }
}
