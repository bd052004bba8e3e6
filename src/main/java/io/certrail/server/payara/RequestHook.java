package io.certrail.server.payara;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestIdentity;
import io.certrail.recorder.RequestInFlight;
import io.certrail.server.ConnectionEnd;
import io.certrail.server.ConnectionFaults;
import io.certrail.server.HandshakeRecords;
import io.certrail.server.http2.OpenedStreams;
import io.certrail.tls.HandshakeFacts;
import java.security.cert.X509Certificate;
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
    private static final String UNTAKEN = "CTR0610 The end of a request could not be taken";
    private static final Fault CANCELLED =
            Fault.of(Reason.CLIENT_ABORTED, "the request was cancelled before its answer");
    /** Where the application and the container look for the client's certificate, and where Grizzly does. */
    private static final String CERTIFICATE = "jakarta.servlet.request.X509Certificate";

    private static final String GRIZZLYS_CERTIFICATE = "org.apache.coyote.request.X509Certificate";

    private static final Fault TIMED_OUT = Fault.of(Reason.REQUEST_TIMEOUT, "asynchronous processing timed out");

    private final HookContext context;
    /** Of a request that is followed: put together once, not for each request. */
    private final String attribute;

    RequestHook(HookContext context) {
        this.context = context;
        attribute = context.recorder().requestAttribute() + ".served";
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onRequestReceiveEvent(HttpServerFilter filter, Connection connection, Request request) {
        context.guarded("CTR0609 A request could not be followed", () -> begin(connection, request));
    }

    private void begin(Connection<?> connection, Request request) {
        Recorder recorder = context.recorder();
        OpenConnection open = context.open(connection);
        boolean http2 = request.getProtocol() == Protocol.HTTP_2_0;
        if (http2) {
            open.speaksHttp2();
        }
        int stream = http2 ? GrizzlyHttp2.stream(request.getRequest()) : 0;
        OpenedStreams.Waiting begun = http2
                ? open.beginStream(stream)
                : new OpenedStreams.Waiting(open.head().sinceNanos(), false);
        RequestInFlight known = http2 ? open.abandoned(stream) : open.begin(); // asked last: it waits no more
        RequestInFlight record = known == null ? record(open, connection, request, begun) : known;
        if (!http2) {
            record.renewedBy(open::facts);
        }
        ConnectionEnd end = open.end();
        if (end != null) {
            record.fault(end.lateFault()); // whatever its answer will be, nobody is there to hear it
        }
        if (context.tls()) {
            handOverCertificate(open.certificates(), request);
        }
        open.add(ServedRequest.follow(
                recorder, attribute, record, request, stream, open.head().takeFault()));
    }

    /**
     * What the server would find out itself, once anybody asks: by an event down the connection's filters, which takes time,
     * and over HTTP/2 breaks some of the connections on which it is sent (the client sees a bad_record_mac).
     */
    private static void handOverCertificate(X509Certificate @Nullable [] chain, Request request) {
        if (chain != null) {
            request.setAttribute(CERTIFICATE, chain);
            request.setAttribute(GRIZZLYS_CERTIFICATE, chain);
        }
    }

    private RequestInFlight record(
            OpenConnection open, Connection<?> connection, Request request, OpenedStreams.Waiting begun) {
        RequestInFlight record = context.recorder()
                .open(
                        RequestIdentity.of(new GrizzlyHead(request.getRequest())),
                        factsOf(open, connection),
                        begun.sinceNanos());
        if (begun.reset()) {
            record.fault(ConnectionFaults.RESET_STREAM);
        }
        return record;
    }

    /** The connection's facts; of one that is older than the deployment, what its session tells. */
    private ConnectionFacts factsOf(OpenConnection open, Connection<?> connection) {
        ConnectionFacts facts = open.facts();
        if (facts != null) {
            return facts;
        }
        return handshakeOf(open, HandshakeHook.established(open, SSLUtils.getSSLEngine(connection)));
    }

    /** Of a handshake that was not seen: before our time, or while the hooks were being put in. The latter owes a record. */
    private ConnectionFacts handshakeOf(OpenConnection open, HandshakeFacts handshake) {
        if (open.judge() && open.isNumbered()) {
            context.verdicts().settle(open, () -> handshake);
        }
        ConnectionFacts recorded = open.facts();
        ConnectionFacts facts = recorded == null ? HandshakeRecords.facts(open, handshake) : recorded;
        open.facts(facts);
        return facts;
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onRequestCompleteEvent(HttpServerFilter filter, Connection connection, Response response) {
        context.guarded(UNTAKEN, () -> end(connection, response.getRequest(), null));
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onRequestTimeoutEvent(HttpServerFilter filter, Connection connection, Request request) {
        context.guarded(UNTAKEN, () -> {
            ServedRequest served = ServedRequest.of(attribute, request);
            if (served != null) {
                served.record().fault(TIMED_OUT);
            }
        });
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onRequestCancelEvent(HttpServerFilter filter, Connection connection, Request request) {
        context.guarded(UNTAKEN, () -> end(connection, request, CANCELLED));
    }

    private void end(Connection<?> connection, Request request, @Nullable Fault fault) {
        ServedRequest served = ServedRequest.of(attribute, request);
        if (served == null) {
            return; // begun before the deployment
        }
        if (fault != null) {
            served.record().fault(fault);
        }
        if (!connection.isOpen()) {
            cutShort(served, GrizzlyEnd.of(connection.getCloseReason(), null));
        }
        OpenConnection open = context.open(connection);
        served.unanswered(unanswered(open));
        served.complete();
        open.remove(served);
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
