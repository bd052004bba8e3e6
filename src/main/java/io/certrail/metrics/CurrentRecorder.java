package io.certrail.metrics;

import io.certrail.recorder.Recorder;
import java.util.Optional;

/** The recorder for those who only look: asking starts nothing and waits for nothing. Safe for use by any thread. */
public interface CurrentRecorder {
    /** The recorder, empty until it was started. */
    Optional<Recorder> current();
}
