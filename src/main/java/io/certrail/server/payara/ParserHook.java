package io.certrail.server.payara;

import io.certrail.event.Fault;
import io.certrail.recorder.Recorder;
import io.certrail.server.ConnectionFaults;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpProbe;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.TransferEncoding;

/** Hears what HTTP/1.1's parser takes in, and what it cannot parse. */
final class ParserHook extends HttpProbe.Adapter {
    private final Recorder recorder;
    private final OpenConnections connections;
    private final BrokenRequests broken;
    private final boolean tls;

    ParserHook(Recorder recorder, OpenConnections connections, BrokenRequests broken, boolean tls) {
        this.recorder = recorder;
        this.connections = connections;
        this.broken = broken;
        this.tls = tls;
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onDataReceivedEvent(Connection connection, Buffer buffer) {
        try {
            connections.open(connection, tls).httpReceived(buffer);
        } catch (RuntimeException e) {
            recorder.hookFailed("CTR0617 What a connection sent could not be looked at", e);
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onHeaderParseEvent(Connection connection, HttpHeader header, int size) {
        try {
            OpenConnection open = connections.open(connection, tls);
            if (header.isChunked()) {
                open.headFault(broken.lengthFault(open)); // the parser drops a Content-Length beside it
            }
            if (open.isHttp2() && header instanceof HttpRequestPacket packet && packet.getMethod() != Method.PRI) {
                open.frameFault(ConnectionFaults.NO_PREFACE, false);
            }
            open.headParsed();
        } catch (RuntimeException e) {
            recorder.hookFailed("CTR0616 The head of a request could not be looked at", e);
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onTransferEncodingParseEvent(
            Connection connection, HttpHeader header, Buffer buffer, TransferEncoding encoding) {
        try {
            connections.open(connection, tls).bodyReceived();
        } catch (RuntimeException e) {
            recorder.hookFailed("CTR0618 The body of a request could not be told from a head", e);
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onErrorEvent(Connection connection, HttpPacket packet, Throwable error) {
        try {
            OpenConnection open = connections.open(connection, tls);
            if (open.head() == null && !open.isHttp2()) {
                badBody(open, packet);
            } else if (packet instanceof HttpRequestPacket request) {
                broken.unparsable(open, request, error);
                open.bodyReceived();
            }
        } catch (RuntimeException e) {
            recorder.hookFailed("CTR0612 A request that does not parse could not be recorded", e);
        }
    }

    /** A request whose body breaks in the same breath as its head is whole never gets further than here. */
    private void badBody(OpenConnection open, HttpPacket packet) {
        Fault fault = ConnectionFaults.BAD_CHUNK;
        open.requests().forEach(request -> request.record().fault(fault));
        if (packet instanceof HttpRequestPacket request && open.takeHead()) {
            broken.badBody(open, request, fault);
        }
    }
}
