package io.certrail.scan.selfcheck;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When and how a server checks itself.
 *
 * @param interval from the end of one check to the begin of the next
 * @param url of what is checked, {@code https}; null: the server's own listener
 * @param clients folder with {@code clients/KIND.p12}, and {@code root.pem} unless {@code trust} is given
 * @param passwordFile file whose first line is the password of all PKCS #12 files
 * @param trust PEM file with the root of the server's certificate; null: {@code root.pem} in the folder
 * @param timeout longest that a check may take
 * @param stall longest that a stalling client holds on, up to a minute; longer than the server's own patience
 */
public record SelfCheckOptions(
        Duration interval,
        @Nullable URI url,
        Path clients,
        Path passwordFile,
        @Nullable Path trust,
        Duration timeout,
        Duration stall) {
    /** After the start: servers take connections before they serve this application. */
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    public SelfCheckOptions {
        for (Duration each : List.of(interval, timeout, stall)) {
            if (each.isNegative() || each.isZero()) {
                throw new IllegalArgumentException("expected a time longer than none, not " + each);
            }
        }
    }

    /** From the start to the first check. */
    Duration delay() {
        return interval.compareTo(LONGEST_DELAY) < 0 ? interval : LONGEST_DELAY;
    }

    /** By what the server's certificate is known. */
    Path root() {
        return trust == null ? clients.resolve("root.pem") : trust;
    }
}
