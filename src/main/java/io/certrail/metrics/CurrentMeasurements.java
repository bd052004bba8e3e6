package io.certrail.metrics;

import java.util.Optional;

/** The measurements for those who only look: asking starts nothing. Safe for use by any thread. */
public interface CurrentMeasurements {
    /** The measurements, empty until they were started. */
    Optional<Measurements> currentMeasurements();
}
