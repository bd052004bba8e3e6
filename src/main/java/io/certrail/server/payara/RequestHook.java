package io.certrail.server.payara;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestIdentity;
import io.certrail.recorder.RequestInFlight;
import io.certrail.server.ConnectionFaults;
import io.certrail.server.HandshakeRecords;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.HttpServerProbe;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.jspecify.annotations.Nullable;

/** Hears of every request that parsed, HTTP/1.1 and HTTP/2, and of its end. */
final class RequestHook extends HttpServerProbe.Adapter {
    private final Recorder recorder;
    private final OpenConnections connections;
    private final boolean tls;

    RequestHook(Recorder recorder, OpenConnections connections, boolean tls) {
        this.recorder = recorder;
        this.connections = connections;
        this.tls = tls;
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onRequestReceiveEvent(HttpServerFilter filter, Connection connection, Request request) {
        try {
            OpenConnection open = connections.open(connection, tls);
            boolean http2 = request.getProtocol() == Protocol.HTTP_2_0;
            if (http2) {
                open.speaksHttp2();
            }
            RequestInFlight record = recorder.open(
                    RequestIdentity.of(new GrizzlyHead(request.getRequest())),
                    factsOf(open, connection),
                    http2 ? System.nanoTime() : open.headNanos());
            ConnectionEnd end = open.end();
            if (end != null) {
                record.fault(end.lateFault()); // whatever its answer will be, nobody is there to hear it
            }
            open.add(ServedRequest.follow(recorder, record, request, open.takeHeadFault()));
        } catch (RuntimeException e) {
            recorder.hookFailed("CTR0609 A request could not be followed", e);
        }
    }

    /** The connection's facts; of one that is older than the deployment, what its session tells. */
    private ConnectionFacts factsOf(OpenConnection open, Connection<?> connection) {
        ConnectionFacts facts = open.facts();
        if (facts != null) {
            return facts;
        }
        if (tls) {
            open.judge(); // its handshake was before our time
            facts = HandshakeRecords.facts(open, HandshakeHook.established(open, SSLUtils.getSSLEngine(connection)));
        } else {
            facts = new ConnectionFacts(open.id(), open.client(), open.server(), null, null);
        }
        open.facts(facts);
        return facts;
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onRequestCompleteEvent(HttpServerFilter filter, Connection connection, Response response) {
        end(connection, response.getRequest(), null);
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onRequestTimeoutEvent(HttpServerFilter filter, Connection connection, Request request) {
        ServedRequest served = ServedRequest.of(recorder, request);
        if (served != null) {
            served.record().fault(Fault.of(Reason.REQUEST_TIMEOUT, "asynchronous processing timed out"));
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onRequestCancelEvent(HttpServerFilter filter, Connection connection, Request request) {
        end(connection, request, Fault.of(Reason.CLIENT_ABORTED, "the request was cancelled before its answer"));
    }

    private void end(Connection<?> connection, Request request, @Nullable Fault fault) {
        try {
            ServedRequest served = ServedRequest.of(recorder, request);
            if (served == null) {
                return; // begun before the deployment
            }
            if (fault != null) {
                served.record().fault(fault);
            }
            if (!connection.isOpen()) {
                cutShort(served, ConnectionEnd.of(connection.getCloseReason(), null));
            }
            OpenConnection open = connections.open(connection, tls);
            served.unanswered(unanswered(open));
            served.complete();
            open.remove(served);
        } catch (RuntimeException e) {
            recorder.hookFailed("CTR0610 The end of a request could not be taken", e);
        }
    }

    /** A write that fails ends the request before anybody hears of the connection's end. */
    private static void cutShort(ServedRequest served, ConnectionEnd end) {
        if (end.isLoss()) {
            served.record().fault(end.fault());
        }
    }

    private static Fault unanswered(OpenConnection open) {
        ConnectionEnd end = open.end();
        if (end != null) {
            return end.lateFault();
        }
        return open.isHttp2() ? ConnectionFaults.RESET_STREAM : ConnectionFaults.NO_ANSWER;
    }
}
