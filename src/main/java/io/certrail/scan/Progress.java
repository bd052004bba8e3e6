package io.certrail.scan;

import io.certrail.scan.probe.Probe;
import io.certrail.scan.probe.Sighting;

/** Hears how a scan goes on. Called from one thread at a time. */
public interface Progress {
    /** For nobody. */
    Progress NONE = (number, of, probe, sighting) -> {};

    /**
     * A probe was made.
     *
     * @param number counted from 1
     * @param of how many there are
     */
    void made(int number, int of, Probe probe, Sighting sighting);
}
