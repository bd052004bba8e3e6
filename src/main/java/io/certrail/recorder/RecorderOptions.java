package io.certrail.recorder;

import java.time.Duration;

/**
 * What the recorder promises.
 *
 * @param answerWait longest that an answer waits for its record, above zero; then the failure policy decides
 * @param servedAlways what is answered whether it can be recorded or not
 */
public record RecorderOptions(
        Durability durability, FailurePolicy onFailure, Duration answerWait, ServedAlways servedAlways) {
    public RecorderOptions {
        if (answerWait.isZero() || answerWait.isNegative()) {
            throw new IllegalArgumentException("answerWait: expected more than zero, got " + answerWait);
        }
    }
}
