package io.certrail.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where checkpoints go.
 *
 * @param targets each once; none: they stay in the trail
 * @param tls for those that are reached over it
 * @param pace shortest time between two deliveries to one target; in between the newest waits
 * @param timeout of one delivery, above zero
 */
public record SinkOptions(List<Target> targets, TlsOptions tls, Duration pace, Duration timeout) {
    /** Nowhere. */
    public static final SinkOptions NONE =
            new SinkOptions(List.of(), TlsOptions.USUAL, Duration.ofSeconds(1), Duration.ofSeconds(10));

    public SinkOptions {
        targets = List.copyOf(targets);
        if (pace.isNegative() || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("pace and timeout: expected times, timeout above zero");
        }
    }

    /**
     * Targets of texts.
     *
     * @throws IllegalArgumentException if one is none, or there twice; the message says what was expected
     */
    public static List<Target> targets(List<String> texts) {
        List<Target> targets = texts.stream().map(SinkOptions::target).toList();
        if (targets.stream().distinct().count() < targets.size()) {
            throw new IllegalArgumentException("a list of places with each once");
        }
        return targets;
    }

    private static Target target(String text) {
        try {
            return Target.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a list of places: instead of \"" + text + "\" expected " + e.getMessage(), e);
        }
    }

    /** Checks that no file lies in the trail itself. */
    void checkOutside(Path trail) throws IOException {
        for (Target target : targets) {
            if (target instanceof Target.File file && file.path().startsWith(trail)) {
                throw new IOException(file.path() + " lies in the trail's own folder: expected a file elsewhere");
            }
        }
    }
}
