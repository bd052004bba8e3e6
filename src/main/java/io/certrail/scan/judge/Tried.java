package io.certrail.scan.judge;

import io.certrail.scan.probe.Probe;
import io.certrail.scan.probe.Probe.Trait;
import io.certrail.scan.probe.Sighting;
import java.time.Duration;
import java.time.Instant;

/** A probe that was made, and what the client saw of it. */
public record Tried(Probe probe, Sighting sighting) {
    private static final Duration ABOUT = Duration.ofMillis(200);

    boolean is(Trait trait) {
        return probe.is(trait);
    }

    /**
     * Whether a line that came then can be this probe's and no other's: other probes are not under way, but for those
     * that stall, of which only the end counts.
     */
    boolean wasUnderWay(Instant then, Duration delay) {
        Instant from = is(Trait.STALLS) ? sighting.ended().minus(ABOUT) : sighting.began();
        return !then.isBefore(from)
                && !then.isAfter(sighting.ended().plus(ABOUT).plus(delay));
    }
}
