package io.certrail.scan.probe;

import io.certrail.scan.probe.Credential.Presented;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client saw of its probe.
 *
 * @param address the client's own, numeric; empty if it never connected
 * @param port the client's own
 * @param nonce that only this probe knows
 * @param handshake whether the client believes that the handshake succeeded; null if it tried none
 * @param presented the certificate that was sent, or would have been
 * @param alert the server's alert, by its name in RFC 8446 section 6; empty if none came
 * @param status of the answer; 0 if none came
 * @param answer the answer's head and body as ISO 8859-1, bounded
 * @param closing how it ended
 * @param requestIds the id sent and the one that came back, those that there are
 * @param secrets sent, which no log may hold
 * @param trouble the last exception's words; empty if there was none
 */
public record Sighting(
        String address,
        int port,
        String nonce,
        Instant began,
        Instant ended,
        @Nullable Boolean handshake,
        @Nullable Presented presented,
        String alert,
        int status,
        String answer,
        Closing closing,
        List<String> requestIds,
        List<Secret> secrets,
        String trouble) {
    private static final char HANDSHAKE = 22;
    private static final List<Integer> REFUSALS = List.of(400, 401, 403, 407, 421, 495, 496, 497);

    /** Who ended a connection, and how. */
    public enum Closing {
        BY_CLIENT("the client closed"),
        BY_SERVER("the server closed"),
        RESET_BY_SERVER("the server reset it"),
        NEVER_OPEN("no connection was made");

        private final String words;

        Closing(String words) {
            this.words = words;
        }
    }

    /**
     * A secret that was sent.
     *
     * @param place where it stood, in words
     */
    public record Secret(String place, String value) {}

    public Sighting {
        requestIds = List.copyOf(requestIds);
        secrets = List.copyOf(secrets);
    }

    /** Whether there was a connection: without one the server knows nothing of the probe. */
    public boolean isConnected() {
        return closing != Closing.NEVER_OPEN;
    }

    /** Whether the server went on with the client, as far as can be told from its own answer alone. */
    public boolean isServed() {
        return hasStatus() ? !REFUSALS.contains(status) : hasServerHello();
    }

    /**
     * Whether the client got what a good one gets. Other answers, a redirection or "too many requests", do not tell.
     *
     * @param usual the statuses that a good client got
     */
    public boolean isServedLike(Set<Integer> usual) {
        return hasStatus() ? status / 100 == 2 || usual.contains(status) : hasServerHello();
    }

    /** Whether a hello made by hand was answered by one: RFC 8446 section 5.1, a record of type handshake. */
    private boolean hasServerHello() {
        return !answer.isEmpty() && answer.charAt(0) == HANDSHAKE;
    }

    public boolean hasStatus() {
        return status > 0;
    }

    /** In words, one line. */
    public String words() {
        Stream<String> parts = Stream.of(
                Boolean.TRUE.equals(handshake) ? "the handshake succeeded" : "",
                Boolean.FALSE.equals(handshake) ? "the handshake failed" : "",
                alert.isEmpty() ? "" : "alert " + alert,
                hasStatus() ? "status " + status : "",
                closing.words);
        return String.join(", ", parts.filter(part -> !part.isEmpty()).toList());
    }
}
