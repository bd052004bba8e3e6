package io.certrail.server.payara;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.Fault;
import io.certrail.server.ConnectionEnd;
import io.certrail.server.ConnectionFaults;
import io.certrail.tls.Ending;
import java.io.IOException;
import javax.net.ssl.SSLEngine;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ConnectionProbe;
import org.jspecify.annotations.Nullable;

/** Hears when connections begin, what they send before they are judged, and how they end. */
final class ConnectionHook extends ConnectionProbe.Adapter {
    private static final String UNTOLD = "the server ended the connection at what the client sent";

    private final HookContext context;

    ConnectionHook(HookContext context) {
        this.context = context;
    }

    /** Whether its listener makes handshakes. */
    boolean isOfTls() {
        return context.tls();
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onAcceptEvent(Connection serverConnection, Connection clientConnection) {
        context.guarded("CTR0606 An accepted connection could not be followed", () -> context.connections()
                .accept(clientConnection, context.tls()));
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onReadEvent(Connection connection, Buffer data, int size) {
        context.guarded(
                "CTR0607 What a connection sent could not be looked at",
                () -> read(context.open(connection), data, size));
    }

    private void read(OpenConnection open, Buffer data, int size) {
        boolean judged = open.isJudged();
        if (!judged) {
            SSLEngine engine = open.engine();
            open.handshake().received(data, size);
            open.handshake().negotiated(engine == null ? null : engine.getHandshakeSession());
        } else if (open.isTls()) {
            int brought = ClosingFlight.dataBrought(data, data.position() - size, data.position());
            open.head().flightReceived(brought > open.mostGoodbyeBytes());
        }
        if (!judged || open.isHttp2()) { // the last bytes of a handshake may bring the first frames along
            open.heard();
            context.frames().reads(open);
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onCloseEvent(Connection connection) {
        context.guarded("CTR0608 The end of a connection could not be taken", () -> closed(connection));
    }

    private void closed(Connection<?> connection) {
        IOException failure = context.resets().takeFailure();
        OpenConnection open = context.connections().close(connection);
        if (open == null) {
            return; // accepted before the deployment, and idle ever since
        }
        ConnectionEnd end = end(connection, open, failure);
        open.ended(end);
        boolean first = context.judge(open, () -> HandshakeHook.failed(open, end.ending(), end.cause()));
        if (!first && !open.handshake().isRefused()) {
            endRequests(connection, open, end);
        }
    }

    private static ConnectionEnd end(Connection<?> connection, OpenConnection open, @Nullable IOException failure) {
        ConnectionEnd told = GrizzlyEnd.of(connection.getCloseReason(), failure);
        boolean goodbye =
                told.ending() == Ending.TIMED_OUT && open.isHttp2() && GrizzlyHttp2.isEndedByClient(connection);
        return goodbye ? GrizzlyEnd.BY_GOODBYE : told;
    }

    private void endRequests(Connection<?> connection, OpenConnection open, ConnectionEnd end) {
        Fault told = open.frameFault();
        Fault stray = open.streamFault();
        Fault block = told == null && end.isRefusal() && !end.isOfTls() ? open.ofHeaderBlock(0, "") : null;
        Fault frames = told == null && block == null ? unsaid(open, end) : null;
        Fault fault = told != null ? told : block != null ? block : frames != null ? frames : end.fault();
        boolean recorded = false;
        for (ServedRequest request : open.requests()) {
            if (!end.isLoss() && request.isWritten()) {
                request.complete(); // "Connection: close": Grizzly closes before it tells of the request's end
            } else if (end.isLoss() || !request.isAnswered()) {
                request.record().fault(fault);
                request.record().close();
                open.remove(request);
                recorded = true;
            }
        }
        recorded |= open.abandonStreams(begun ->
                context.broken().abandoned(open, begun, fault, told != null || block != null || frames != null));
        if (!open.isInPreface() && open.abandonHead(head -> context.broken().cutOff(open, head, fault))) {
            return;
        }
        if (!recorded && open.head().isFlightUnheard()) {
            flightDropped(open);
        } else if (!recorded && told == null && stray != null) {
            recordEnd(open, stray);
        } else if (!recorded && (told != null || !open.isHttp2() || !GrizzlyHttp2.isEndedByClient(connection))) {
            endWithoutRequest(open, end, told);
        }
    }

    private void flightDropped(OpenConnection open) {
        if (open.isHttp2()) {
            recordEnd(open, ConnectionFaults.DROPPED_FRAMES);
        } else {
            context.broken().dropped(open);
        }
    }

    /** Frames for which the server ended it without a word. */
    private static @Nullable Fault unsaid(OpenConnection open, ConnectionEnd end) {
        String rule = open.isHttp2() && end.isRefusal() && !end.isOfTls() ? open.broken(0, "") : null;
        return rule == null ? null : ConnectionFaults.badFrame("", rule);
    }

    /**
     * No request tells of the end: it is recorded by itself, unless it was an orderly one. That the server ended it, and no more,
     * goes without saying after a request.
     */
    private void endWithoutRequest(OpenConnection open, ConnectionEnd end, @Nullable Fault told) {
        boolean reset = open.hadRequest() && end.ending() == Ending.RESET_BY_CLIENT;
        if (told != null) {
            if (!open.isFrameFaultRecorded()) {
                recordEnd(open, told);
            }
        } else if (open.isHttp2() && !end.isOfTls() && (end.isRefusal() || open.endsAtOnce(end.ending()))) {
            endAtFrames(open);
        } else if (reset || end.isOfTls() || (end.isRefusal() && !open.hadRequest())) {
            recordEnd(open, end.fault());
        } else if (!open.hadRequest() && end.ending() == Ending.TIMED_OUT && open.isTls() && open.facts() != null) {
            context.broken().neverCame(open);
        }
    }

    private void endAtFrames(OpenConnection open) {
        String rule = open.broken(0, "");
        Fault block = open.ofHeaderBlock(0, "");
        if (block == null) {
            recordEnd(open, ConnectionFaults.badFrame("", rule == null ? UNTOLD : rule));
        } else if (!open.isHeaderRefused()) {
            recordEnd(open, block);
        }
    }

    private void recordEnd(OpenConnection open, Fault fault) {
        ConnectionFacts facts = open.facts();
        if (facts != null && open.isTls()) {
            context.broken().ended(fault, facts, open.startedNanos());
        }
    }
}
