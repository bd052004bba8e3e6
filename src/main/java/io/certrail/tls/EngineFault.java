package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.io.EOFException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import org.jspecify.annotations.Nullable;

/** What the engine itself found wrong, where neither bytes nor certificates tell more. */
final class EngineFault {
    private EngineFault() {}

    static Optional<Fault> of(Evidence evidence) {
        if (!evidence.engineJudged()) {
            return Optional.empty();
        }
        EngineText text = EngineText.of(evidence);
        return text.row().map(row -> told(text, row, evidence)).or(() -> byType(evidence));
    }

    private static Fault told(EngineText text, EngineText.Row row, Evidence evidence) {
        return switch (row.reason()) {
            case BAD_RECORD_MAC -> protection(evidence);
            case BAD_CERTIFICATE_VERIFY, DECRYPT_ERROR ->
                PassedOver.beforeCheck(evidence, Fault.of(row.reason(), text.words(row)));
            default -> Fault.of(row.reason(), words(text, row, evidence));
        };
    }

    private static String words(EngineText text, EngineText.Row row, Evidence evidence) {
        String key = row.words().startsWith(EngineText.ILLEGAL_KEY) && evidence.takesTls13() ? keyFlaw(evidence) : null;
        if (key != null) {
            return EngineText.ILLEGAL_KEY + key;
        }
        boolean tooLong = row.needle().startsWith("size of the handshake message")
                && evidence.received().hasWholeHello();
        return text.words(row) + (tooLong ? ": " + longMessage(evidence) : "");
    }

    /** Where the messages are encrypted, only the certificates can be that long. */
    private static String longMessage(Evidence evidence) {
        if (evidence.facts().presented().length > 0) {
            return "one after the client's certificate";
        }
        return evidence.received().clearMessages().stream()
                .skip(1)
                .map(ClearMessage::type)
                .findFirst()
                .filter(type -> type != HandshakeType.CERTIFICATE)
                .map(HandshakeType::of)
                .orElse("certificate chain too long");
    }

    private static @Nullable String keyFlaw(Evidence evidence) {
        return evidence.hello().map(ClientHello::keyFlaw).orElse(null);
    }

    private static Optional<Fault> byType(Evidence evidence) {
        return evidence.causes().stream().anyMatch(BadPaddingException.class::isInstance)
                ? Optional.of(protection(evidence))
                : Optional.empty();
    }

    /** What in TLS 1.3 comes in clear after the hello does not decrypt either, but nobody tampered with it. */
    private static Fault protection(Evidence evidence) {
        if (evidence.takesTls13() && evidence.received().answersInClear()) {
            return Fault.of(
                    Reason.UNEXPECTED_MESSAGE, "unexpected message: a handshake record in clear after the ClientHello");
        }
        boolean early = evidence.takesTls13()
                && evidence.hello()
                        .filter(hello -> hello.has(ClientHello.EARLY_DATA))
                        .isPresent();
        return PassedOver.beforeCheck(
                evidence, Fault.of(Reason.BAD_RECORD_MAC, EngineText.MAC + (early ? EngineText.EARLY_DATA : "")));
    }

    /**
     * The alert that JSSE made for its failure, by RFC 8446's name: stated by the exception, or known to go with its
     * text. Whether the server put it on the wire is not claimed; Grizzly, for one, does not always.
     */
    static @Nullable String alertSent(Evidence evidence) {
        if (!evidence.engineJudged() || ClientAlert.name(evidence).isPresent()) {
            return null;
        }
        EngineText text = EngineText.of(evidence);
        if (text.alert() == null && evidence.facts().trustFailure() instanceof CertificateException) {
            return "certificate_unknown";
        }
        return text.alert() != null
                ? text.alert()
                : text.row().map(EngineText.Row::alert).orElse(null);
    }

    /** The fault of a handshake that failed and nobody knows why. */
    static Fault unexplained(Evidence evidence) {
        if (evidence.causes().stream().anyMatch(EOFException.class::isInstance)) {
            return Fault.of(Reason.CLIENT_ABORTED, "client closed the connection after " + GivenUp.progress(evidence));
        }
        if (evidence.causes().stream().anyMatch(SocketException.class::isInstance)) {
            return Fault.of(Reason.CLIENT_RESET, "client sent a TCP reset after " + GivenUp.progress(evidence));
        }
        if (EngineText.of(evidence).isClosing()) {
            return Fault.of(Reason.CLIENT_ABORTED, "client closed the connection after " + GivenUp.progress(evidence));
        }
        String text = EngineText.of(evidence).line();
        return Fault.of(Reason.INTERNAL_ERROR, text.isEmpty() ? "the server gave no cause" : text);
    }
}
