package io.certrail.server.wildfly;

import io.undertow.protocols.ssl.SslConduit;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import java.lang.reflect.Field;
import org.xnio.StreamConnection;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;
import org.xnio.ssl.SslConnection;

/** Where Undertow's TLS layer meets the socket, which only its fields show. */
final class TlsSocket {
    private final Field source;
    private final Field sink;

    /** @throws IllegalStateException if Undertow is not as expected */
    TlsSocket() {
        try {
            source = SslConduit.class.getDeclaredField("source");
            sink = SslConduit.class.getDeclaredField("sink");
            source.setAccessible(true);
            sink.setAccessible(true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("CTR0667 Undertow's TLS layer cannot be looked into: " + e, e);
        }
    }

    /**
     * Puts the taps in, before anybody reads or writes; nowhere without TLS.
     *
     * @return takes them out, for any thread
     */
    Runnable tap(StreamConnection channel, TappedConnection connection) {
        if (!(channel instanceof SslConnection secured)) {
            return () -> {};
        }
        SslConduit tls = UndertowXnioSsl.getSslConduit(secured);
        try {
            var inbound = new SocketInbound((StreamSourceConduit) source.get(tls), connection);
            var outbound = new SocketOutbound((StreamSinkConduit) sink.get(tls), connection);
            source.set(tls, inbound);
            sink.set(tls, outbound);
            return () -> takeOut(tls, inbound, outbound);
        } catch (ReflectiveOperationException e) {
            throw refused(e);
        }
    }

    /** Those that another application's taps stand before stay until the connection ends, and hold nothing. */
    private void takeOut(SslConduit tls, SocketInbound inbound, SocketOutbound outbound) {
        inbound.detach();
        outbound.detach();
        try {
            synchronized (tls) {
                if (source.get(tls) == inbound) {
                    source.set(tls, inbound.next());
                }
                if (sink.get(tls) == outbound) {
                    sink.set(tls, outbound.next());
                }
            }
        } catch (ReflectiveOperationException e) {
            throw refused(e);
        }
    }

    private static IllegalStateException refused(ReflectiveOperationException e) {
        return new IllegalStateException("CTR0668 Undertow's TLS layer cannot be tapped: " + e, e);
    }
}
