package io.certrail.sink;

import java.io.IOException;

/**
 * A witness remembers another tree than this one: the trail was rolled back, cut or forked, or somebody else signs with its
 * key. For the operator, at once.
 */
final class WitnessAlarm extends IOException {
    private static final long serialVersionUID = 1L;

    WitnessAlarm(String message) {
        super(message);
    }
}
