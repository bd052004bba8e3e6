package io.certrail.server.payara;

import io.certrail.event.Fault;
import io.certrail.server.BrokenHead;
import io.certrail.server.ConnectionFaults;
import java.util.function.Consumer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpProbe;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.TransferEncoding;

/**
 * Hears what HTTP/1.1's parser takes in, and what it cannot parse. One for all listeners: where Payara makes a listener anew, because
 * its configuration changed, it hands on to the new one what hears the old one's parser, and with one for each the new one would have
 * two. Until the new one has its other hooks, too, this passes over what comes to it.
 */
final class ParserHook extends HttpProbe.Adapter {
    private final HookContext context;

    /** @param context that of any listener */
    ParserHook(HookContext context) {
        this.context = context;
    }

    private void heard(String complaint, Connection<?> connection, Consumer<OpenConnection> work) {
        context.guarded(complaint, () -> {
            OpenConnection open = context.connections().followed(connection);
            if (open != null) {
                work.accept(open);
            }
        });
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onDataReceivedEvent(Connection connection, Buffer buffer) {
        heard("CTR0617 What a connection sent could not be looked at", connection, open -> open.httpReceived(buffer));
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onHeaderParseEvent(Connection connection, HttpHeader header, int size) {
        heard("CTR0616 The head of a request could not be looked at", connection, open -> headParsed(open, header));
    }

    private void headParsed(OpenConnection open, HttpHeader header) {
        BrokenHead chunked = header.isChunked() ? open.head().arrived() : null;
        if (chunked != null) {
            open.head().fault(chunked.lengthFault()); // the parser drops a Content-Length beside it
        }
        if (open.isHttp2() && header instanceof HttpRequestPacket packet && packet.getMethod() != Method.PRI) {
            open.frameFault(ConnectionFaults.NO_PREFACE, false);
        }
        open.head().parsed(chunked != null || header.getContentLength() > 0);
        if (chunked != null && !open.isHttp2()) {
            open.head().awaitsChunk(chunked);
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onTransferEncodingParseEvent(
            Connection connection, HttpHeader header, Buffer buffer, TransferEncoding encoding) {
        heard("CTR0618 The body of a request could not be told from a head", connection, open -> open.head()
                .none());
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onErrorEvent(Connection connection, HttpPacket packet, Throwable error) {
        heard(
                "CTR0612 A request that does not parse could not be recorded",
                connection,
                open -> broken(open, packet, error));
    }

    private void broken(OpenConnection open, HttpPacket packet, Throwable error) {
        if (!open.head().isArriving() && !open.isHttp2()) {
            badBody(open, packet);
        } else if (packet instanceof HttpRequestPacket request) {
            context.broken().unparsable(open, request, error);
            open.head().none();
            if (open.isHttp2()) {
                open.frameFault(ConnectionFaults.NO_PREFACE, true);
            }
        }
    }

    /** A request whose body breaks in the same breath as its head is whole never gets further than here. */
    private void badBody(OpenConnection open, HttpPacket packet) {
        Fault fault = ConnectionFaults.BAD_CHUNK;
        boolean refused = open.end() == null
                && packet instanceof HttpRequestPacket request
                && !request.getResponse().isCommitted();
        open.requests().forEach(request -> {
            request.record().fault(fault);
            if (refused) {
                context.broken().refuse(request.record());
            }
        });
        if (packet instanceof HttpRequestPacket request && open.head().take()) {
            context.broken().badBody(open, request, fault);
        }
    }
}
