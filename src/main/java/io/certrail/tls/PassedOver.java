package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.util.Optional;

/** What the client sent malformed and the server let pass, only to fail later for it. */
final class PassedOver {
    private static final String LET = ", though the server let it pass";

    private PassedOver() {}

    /**
     * Of a check over all messages that did not come out. Only what changes those messages in the server's eyes counts:
     * other flaws of a hello have nothing to do with it.
     */
    static Fault beforeCheck(Evidence evidence, Fault then) {
        return evidence.received().clearMessages().stream()
                .filter(ClearMessage::hasTrailingBytes)
                .findFirst()
                .map(message -> decode(HandshakeType.of(message.type()), "bytes follow its end", then))
                .orElse(then);
    }

    /** Of a handshake that did not go on after its hello. */
    static Fault beforeEnd(Evidence evidence, Fault then) {
        return evidence.hello().flatMap(hello -> ofHello(evidence, hello, then)).orElse(then);
    }

    private static Optional<Fault> ofHello(Evidence evidence, ClientHello hello, Fault then) {
        if (hello.flaw() != null) {
            return Optional.of(decode("ClientHello", hello.flaw(), then));
        }
        return Optional.ofNullable(hello.keyFlaw())
                .filter(flaw -> evidence.takesTls13())
                .map(flaw -> Fault.of(
                        Reason.ILLEGAL_PARAMETER, EngineText.ILLEGAL_KEY + flaw + LET + "; " + then.message()));
    }

    private static Fault decode(String message, String flaw, Fault then) {
        return Fault.of(Reason.DECODE_ERROR, "malformed " + message + LET + ": " + flaw + "; " + then.message());
    }
}
