package io.certrail.recorder;

import java.time.Duration;

/**
 * What the recorder promises.
 *
 * @param answerWait longest that an answer waits for its record, above zero; then the failure policy decides
 */
public record RecorderOptions(Durability durability, FailurePolicy onFailure, Duration answerWait) {
    public RecorderOptions {
        if (answerWait.isZero() || answerWait.isNegative()) {
            throw new IllegalArgumentException("answerWait: expected more than zero, got " + answerWait);
        }
    }
}
