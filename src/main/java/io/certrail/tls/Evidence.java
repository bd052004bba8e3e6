package io.certrail.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a handshake and what they hold.
 *
 * @param unread the client's own certificate, DER, of a chain that the engine could not read; else empty
 * @param signatures of the chain presented, as far as they are to be verified
 * @param causes the failure and its causes, outermost first
 */
@SuppressWarnings("ArrayRecordComponent")
record Evidence(
        HandshakeFacts facts, byte[] unread, Signatures signatures, ReceivedBytes received, List<Throwable> causes) {
    private static final int MAX_CAUSES = 16;

    static Evidence of(HandshakeFacts facts, byte[] unread, Signatures signatures) {
        return new Evidence(facts, unread, signatures, ReceivedBytes.of(facts), causes(facts.failure()));
    }

    Optional<ClientHello> hello() {
        return received.hello();
    }

    Ending ending() {
        return facts.ending();
    }

    /** Whether TLS 1.3 was agreed, as far as the hello and the server's settings tell. */
    boolean takesTls13() {
        List<String> enabled = facts.enabledProtocols();
        return hello().filter(hello -> hello.offers(TlsName.TLS_1_3)).isPresent()
                && (enabled.isEmpty() || enabled.contains("TLSv1.3"));
    }

    /** Whether the engine judged, as opposed to the connection having ended by itself. */
    boolean engineJudged() {
        return causes.stream().anyMatch(SSLException.class::isInstance)
                && !EngineText.of(this).isClosing();
    }

    /** A failure and its causes, outermost first, bounded. */
    static List<Throwable> causes(@Nullable Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure;
                cause != null && causes.size() < MAX_CAUSES && !causes.contains(cause);
                cause = cause.getCause()) {
            causes.add(cause);
        }
        return List.copyOf(causes);
    }
}
