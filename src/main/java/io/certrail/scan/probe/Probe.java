package io.certrail.scan.probe;

import io.certrail.scan.finding.Signal;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One connection that does one thing.
 *
 * @param id the same in every scan, such as {@code certificate-expired/1.3}
 * @param nonce that no other probe has, in this scan or another
 * @param title what it does, in words
 * @param version of TLS that it needs; null: none, or any
 * @param traits what sets it apart from most
 */
public record Probe(
        String id,
        String nonce,
        String title,
        Signal signal,
        @Nullable TlsVersion version,
        Expected expected,
        Set<Trait> traits,
        Action action) {
    /** What sets a probe apart. */
    public enum Trait {
        /** Holds a connection until the server gives up: made at the end, several at a time. */
        STALLS,
        /** Carries text that a log must escape. */
        HOSTILE,
        /** Carries secrets that no log may hold. */
        SECRET,
        /** Sends a request that a server can read, so that it has a method, a path and an id. */
        REQUEST
    }

    public Probe {
        traits = Set.copyOf(traits);
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** Makes it. */
    public Sighting run(Attempt.Setting setting) {
        try (var attempt = new Attempt(setting, nonce)) {
            try {
                action.run(attempt);
            } catch (IOException e) {
                attempt.failed(e);
            }
            return attempt.end();
        }
    }

    /** What a probe does. */
    @FunctionalInterface
    public interface Action {
        /** @throws IOException which is what the client saw */
        void run(Attempt attempt) throws IOException;
    }
}
