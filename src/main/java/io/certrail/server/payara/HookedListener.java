package io.certrail.server.payara;

import io.certrail.server.payara.PayaraListeners.Listener;
import java.util.ArrayDeque;
import java.util.Deque;
import org.glassfish.grizzly.http.HttpCodecFilter;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.ssl.SSLBaseFilter;

/** One of Payara's network listeners with the hooks in. For one thread at a time. */
final class HookedListener implements AutoCloseable {
    private final HookContext context;
    private final Listener listener;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    /**
     * Puts the hooks in. The trust managers that its handshakes ask from now on are new ones.
     *
     * @param handshakes hears of the handshakes of all listeners
     * @param parser hears their parsers
     * @throws IllegalStateException if that fails; then none is left behind
     */
    HookedListener(HookContext adapter, HandshakeHook handshakes, ParserHook parser, Listener listener) {
        this.listener = listener;
        context = adapter.with(!listener.tls().isEmpty());
        try {
            hookTransport();
            listener.codecs().forEach(codec -> hookParser(codec, parser));
            listener.http().forEach(this::hookRequests);
            listener.tls().forEach(filter -> hookHandshakes(filter, handshakes));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** The sockets that accept took their probes when they were bound, so they have to be told of a new one. */
    private void hookTransport() {
        ConnectionHook hook = new ConnectionHook(context);
        listener.transport().getConnectionMonitoringConfig().addProbes(hook);
        listener.sockets().forEach(socket -> socket.getMonitoringConfig().addProbes(hook));
        context.connections().adoptWith(listener.transport(), hook);
        undo.push(() -> {
            context.connections().forget(listener.transport(), hook);
            listener.transport().getConnectionMonitoringConfig().removeProbes(hook);
            listener.sockets().forEach(socket -> socket.getMonitoringConfig().removeProbes(hook));
        });
    }

    private void hookParser(HttpCodecFilter codec, ParserHook hook) {
        codec.getMonitoringConfig().addProbes(hook);
        undo.push(() -> codec.getMonitoringConfig().removeProbes(hook));
    }

    private void hookRequests(HttpServerFilter http) {
        RequestHook hook = new RequestHook(context);
        http.getMonitoringConfig().addProbes(hook);
        undo.push(() -> http.getMonitoringConfig().removeProbes(hook));
    }

    private void hookHandshakes(SSLBaseFilter filter, HandshakeHook handshakes) {
        filter.addHandshakeListener(handshakes);
        undo.push(() -> filter.removeHandshakeListener(handshakes));
        ListenerContext.renew(filter);
    }

    /** The listener as it was when the hooks were put in. */
    Listener listener() {
        return listener;
    }

    /** Takes the hooks out. Connections that are open are still followed to their end. */
    @Override
    public void close() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }
}
