package io.certrail.scan.settings;

import io.certrail.scan.settings.Rule.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a Linux machine shows, to any of its users, of whether its clock is kept: the daemons that do so. Whether the kernel
 * holds the clock for synchronised is told by a system call alone ({@code adjtimex}), which Java does not have.
 *
 * <p>Sources: systemd-timesyncd.service(8) on {@value #TOUCHED}; proc_pid_comm(5), names of 15 characters at most.
 */
final class HostClock {
    private static final String TIMESYNCD = "systemd-timesyn";
    /** Touched by systemd-timesyncd on each successful synchronisation; volatile, so gone with a reboot. */
    private static final String TOUCHED = "run/systemd/timesync/synchronized";
    /** {@code ntpd} is that of NTP, of NTPsec and of OpenNTPD. */
    private static final Set<String> DAEMONS = Set.of("chronyd", "ntpd", "ptp4l", "phc2sys", "timemaster");
    /** Has the number 2, and this name, for whoever sees all processes of the machine, and for nobody in a container. */
    private static final String KERNEL = "kthreadd";

    private final Path root;

    /** @param root of the file system */
    HostClock(Path root) {
        this.root = root;
    }

    /** What is wrong with it, or cannot be known; empty if it is kept. */
    Optional<Fault> fault() {
        Set<String> running = running();
        if (running.stream().anyMatch(DAEMONS::contains)) {
            return Optional.empty();
        }
        if (running.contains(TIMESYNCD)) {
            return Files.exists(root.resolve(TOUCHED)) ? Optional.empty() : Optional.of(neverSet());
        }
        return Optional.of(running.contains(KERNEL) ? alone() : unseen());
    }

    private static Fault neverSet() {
        return Rule.CLOCK.fault(
                "this machine",
                "systemd-timesyncd runs, and has not set the clock since the machine started",
                "expected /" + TOUCHED,
                "timedatectl timesync-status");
    }

    private static Fault alone() {
        return Rule.CLOCK.fault(
                "this machine",
                "no daemon runs that would keep the clock",
                "expected chronyd, ntpd, systemd-timesyncd or ptp4l",
                "timedatectl set-ntp true");
    }

    private static Fault unseen() {
        return Rule.CLOCK_UNSEEN.fault(
                "this machine",
                "the machine's processes are not to be seen: this is a container, not Linux, or they are hidden",
                "look at the machine itself",
                "timedatectl show --property=NTPSynchronized");
    }

    private Set<String> running() {
        try (Stream<Path> processes = Files.list(root.resolve("proc"))) {
            Set<String> names = new TreeSet<>();
            processes
                    .filter(each -> each.getFileName().toString().matches("\\d+"))
                    .flatMap(each -> name(each).stream())
                    .forEach(names::add);
            return names;
        } catch (IOException e) {
            return Set.of(); // which is told as unseen
        }
    }

    /** Empty if it has ended meanwhile. */
    private static Optional<String> name(Path process) {
        try {
            return Optional.of(Files.readString(process.resolve("comm")).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
