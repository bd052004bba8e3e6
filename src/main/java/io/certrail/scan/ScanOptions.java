package io.certrail.scan;

import io.certrail.scan.probe.Attempt;
import io.certrail.scan.probe.Credentials;
import io.certrail.scan.probe.LocalPorts;
import io.certrail.scan.probe.Target;
import io.certrail.scan.probe.Trust;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a scan is made.
 *
 * @param target the only host that is connected to
 * @param trust by what its certificate is known
 * @param profile name or file of the log's profile; null: it is detected
 * @param pace times of the scan
 */
public record ScanOptions(Target target, Trust trust, Credentials credentials, @Nullable String profile, Pace pace) {
    /**
     * Times of a scan.
     *
     * @param pause between two probes, at least 50 ms: a scan is no load
     * @param patience longest wait for an answer
     * @param stall longest that a stalling client holds on, up to a minute
     * @param within how soon after a probe its record must be there
     */
    public record Pace(Duration pause, Duration patience, Duration stall, Duration within) {
        private static final Duration LEAST_PAUSE = Duration.ofMillis(50);
        private static final Duration LONGEST_STALL = Duration.ofMinutes(1);

        public static final Pace SLOW =
                new Pace(Duration.ofMillis(300), Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(2));

        public Pace {
            if (pause.compareTo(LEAST_PAUSE) < 0) {
                throw new IllegalArgumentException(
                        "pause " + pause.toMillis() + " ms: expected " + LEAST_PAUSE.toMillis() + " ms or more");
            }
            if (stall.compareTo(LONGEST_STALL) > 0 || stall.isNegative() || stall.isZero()) {
                throw new IllegalArgumentException(
                        "stall " + stall.toSeconds() + " s: expected 1 to " + LONGEST_STALL.toSeconds() + " s");
            }
            for (Duration each : List.of(patience, within)) {
                if (each.isNegative() || each.isZero()) {
                    throw new IllegalArgumentException("a wait of " + each.toMillis() + " ms: expected more than none");
                }
            }
        }
    }

    /** What the connections of one scan share. */
    Attempt.Setting setting(Clock clock) {
        return new Attempt.Setting(target, trust, new LocalPorts(), pace.patience(), pace.stall(), clock);
    }
}
