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
        try {
            SslConduit tls = UndertowXnioSsl.getSslConduit(secured);
            var from = (StreamSourceConduit) source.get(tls);
            var to = (StreamSinkConduit) sink.get(tls);
            put(tls, new SocketInbound(from, connection), new SocketOutbound(to, connection));
            return () -> put(tls, from, to);
        } catch (ReflectiveOperationException e) {
            throw refused(e);
        }
    }

    private void put(SslConduit tls, StreamSourceConduit from, StreamSinkConduit to) {
        try {
            source.set(tls, from);
            sink.set(tls, to);
        } catch (ReflectiveOperationException e) {
            throw refused(e);
        }
    }

    private static IllegalStateException refused(ReflectiveOperationException e) {
        return new IllegalStateException("CTR0668 Undertow's TLS layer cannot be tapped: " + e, e);
    }
}
