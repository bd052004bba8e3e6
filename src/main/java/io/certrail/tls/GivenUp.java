package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.util.Optional;

/** A handshake that ended because somebody did not go on. */
final class GivenUp {
    private GivenUp() {}

    static Optional<Fault> fault(Evidence evidence) {
        Optional<Fault> ending = ending(evidence);
        return evidence.received().goesOnAfterHello()
                ? ending
                : ending.map(fault -> PassedOver.beforeEnd(evidence, fault));
    }

    private static Optional<Fault> ending(Evidence evidence) {
        return switch (evidence.ending()) {
            case TIMED_OUT ->
                Optional.of(Fault.of(
                        Reason.HANDSHAKE_TIMEOUT,
                        evidence.facts().isUndecided()
                                ? "the server's trust manager had not decided on the client's certificate"
                                : "client went silent after " + progress(evidence)));
            case RESET_BY_CLIENT ->
                Optional.of(Fault.of(Reason.CLIENT_RESET, "client sent a TCP reset after " + progress(evidence)));
            case CLOSED_BY_CLIENT ->
                Optional.of(
                        Fault.of(Reason.CLIENT_ABORTED, "client closed the connection after " + progress(evidence)));
            case FAILED -> Optional.of(EngineFault.unexplained(evidence));
            case CLOSED_BY_SERVER ->
                Optional.of(Fault.of(
                        Reason.INTERNAL_ERROR,
                        "the server closed the connection, and told no cause, after " + progress(evidence)));
            case UNSEEN, ESTABLISHED -> Optional.empty();
        };
    }

    /** How far the client had come. */
    static String progress(Evidence evidence) {
        ReceivedBytes received = evidence.received();
        String bytes = received.count() + (received.count() == 1 ? " byte" : " bytes");
        if (!received.hasWholeHello()) {
            boolean hello = received.hello().isPresent() || received.count() < TlsRecord.HEADER;
            return bytes
                    + (received.isCut() ? " of a " : " of an incomplete ")
                    + (hello || received.isHelloSplit() ? "ClientHello" : "message")
                    + (received.isHelloSplit() ? " that comes in several records" : "");
        }
        if (evidence.facts().presented().length > 0) {
            return "its certificate was received, " + bytes + " in all";
        }
        return received.goesOnAfterHello()
                ? bytes + ", in the middle of its answer to the server"
                : "its ClientHello, " + bytes;
    }
}
