package io.certrail.tls;

import io.certrail.event.Fault;
import java.util.Optional;
import java.util.OptionalInt;

/** An alert with which the client ended the handshake: in clear among what it sent, or in the engine's words. */
final class ClientAlert {
    private ClientAlert() {}

    static Optional<Fault> fault(Evidence evidence) {
        return name(evidence).map(name -> Fault.clientAlert(name, words(evidence, name)));
    }

    /** The name of the alert received. */
    static Optional<String> name(Evidence evidence) {
        OptionalInt clear = evidence.received().alert();
        return clear.isPresent()
                ? Optional.of(AlertName.of(clear.getAsInt()))
                : EngineText.of(evidence).alertReceived();
    }

    private static String words(Evidence evidence, String name) {
        if (name.equals("close_notify")) {
            return "client closed the handshake with alert close_notify after " + GivenUp.progress(evidence);
        }
        if (evidence.hello().isEmpty() && !evidence.received().isEmpty()) {
            return "client sent alert " + name + ", an unexpected message before any ClientHello";
        }
        return "client sent alert " + name;
    }
}
