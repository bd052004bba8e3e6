package io.certrail.server.payara;

import io.certrail.recorder.Recorder;
import io.certrail.server.ServerAdapter;
import io.certrail.server.payara.PayaraListeners.Listener;
import io.certrail.tls.Ending;
import java.lang.System.Logger;
import java.lang.reflect.Field;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpCodecFilter;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.nio.NIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.ssl.SSLBaseFilter;

/** Puts Certrail's hooks into all of Payara's network listeners, and takes them out again. */
public final class PayaraAdapter implements ServerAdapter {
    private static final Logger LOG = System.getLogger(PayaraAdapter.class.getName());

    private final Recorder recorder;
    private final OpenConnections connections;
    private final Verdicts verdicts;
    private final HandshakeHook handshakes;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    private PayaraAdapter(Recorder recorder, int maxOpenConnections) {
        this.recorder = recorder;
        connections = new OpenConnections(recorder, maxOpenConnections);
        verdicts = new Verdicts(recorder);
        handshakes = new HandshakeHook(recorder, connections, verdicts);
    }

    /**
     * Puts the hooks in.
     *
     * @param maxOpenConnections most connections followed at a time; of one above it only the beginning is recorded
     * @throws IllegalStateException if that fails; then none is left behind
     */
    public static ServerAdapter install(Recorder recorder, int maxOpenConnections) {
        PayaraAdapter adapter = new PayaraAdapter(recorder, maxOpenConnections);
        try {
            adapter.hook(PayaraListeners.find());
            return adapter;
        } catch (RuntimeException e) {
            adapter.close();
            throw e;
        }
    }

    @Override
    public String server() {
        return "Payara";
    }

    private void hook(List<Listener> listeners) {
        if (listeners.isEmpty()) {
            throw new IllegalStateException("CTR0613 Payara has no network listener that runs");
        }
        undo.push(verdicts::close);
        undo.push(this::endOpenConnections);
        ResetWatch resets = new ResetWatch();
        undo.push(resets::close);
        BrokenRequests broken = new BrokenRequests(recorder);
        FrameWatch frames = new FrameWatch(broken::badFrames);
        undo.push(frames::close);
        List<SSLBaseFilter> tls =
                listeners.stream().flatMap(listener -> listener.tls().stream()).toList();
        undo.push(() -> tls.forEach(ListenerContext::renew)); // once the provider is gone
        installTrustProvider();
        for (Listener listener : listeners) {
            hook(listener, broken, resets, frames);
        }
    }

    private void installTrustProvider() {
        Provider provider = new TrustProvider("Certrail-" + recorder.bootId(), handshakes);
        Security.insertProviderAt(provider, 1);
        undo.push(() -> Security.removeProvider(provider.getName()));
    }

    private void hook(Listener listener, BrokenRequests broken, ResetWatch resets, FrameWatch frames) {
        boolean tls = !listener.tls().isEmpty();
        ConnectionHook connection = new ConnectionHook(recorder, connections, verdicts, broken, resets, frames, tls);
        hookTransport(listener.transport(), connection);
        connections.adoptWith(listener.transport(), connection);
        for (HttpCodecFilter codec : listener.codecs()) {
            ParserHook hook = new ParserHook(recorder, connections, broken, tls);
            codec.getMonitoringConfig().addProbes(hook);
            undo.push(() -> codec.getMonitoringConfig().removeProbes(hook));
        }
        for (HttpServerFilter http : listener.http()) {
            RequestHook hook = new RequestHook(recorder, connections, tls);
            http.getMonitoringConfig().addProbes(hook);
            undo.push(() -> http.getMonitoringConfig().removeProbes(hook));
        }
        listener.tls().forEach(this::hookHandshakes);
        LOG.log(Logger.Level.DEBUG, "Hooks are in listener {0}", listener.name());
    }

    private void hookTransport(NIOTransport transport, ConnectionHook hook) {
        transport.getConnectionMonitoringConfig().addProbes(hook);
        Collection<Connection<?>> sockets = listeningSockets(transport);
        sockets.forEach(socket -> socket.getMonitoringConfig().addProbes(hook));
        undo.push(() -> {
            transport.getConnectionMonitoringConfig().removeProbes(hook);
            sockets.forEach(socket -> socket.getMonitoringConfig().removeProbes(hook));
            connections.forEach(
                    (connection, open) -> connection.getMonitoringConfig().removeProbes(hook));
        });
    }

    /** The sockets that accept: they took their probes when they were bound, so they have to be told of a new one. */
    @SuppressWarnings("unchecked")
    private static Collection<Connection<?>> listeningSockets(NIOTransport transport) {
        try {
            Field field = TCPNIOTransport.class.getDeclaredField("serverConnections");
            field.setAccessible(true);
            return List.copyOf((Collection<Connection<?>>) field.get(transport));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("CTR0614 Grizzly's listening sockets cannot be reached: " + e, e);
        }
    }

    private void hookHandshakes(SSLBaseFilter filter) {
        filter.addHandshakeListener(handshakes);
        undo.push(() -> filter.removeHandshakeListener(handshakes));
        ListenerContext.renew(filter);
    }

    /** What is still open when Certrail stops is recorded as such: it would go unrecorded otherwise. */
    private void endOpenConnections() {
        connections.forEach((connection, open) -> {
            if (open.judge()) {
                verdicts.settle(open, HandshakeHook.failed(open, Ending.CLOSED_BY_SERVER, null));
            }
            open.requests().forEach(request -> request.record().close());
            connections.close(connection);
        });
    }

    @Override
    public void close() {
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (RuntimeException e) {
                LOG.log(Logger.Level.WARNING, "CTR0615 A hook could not be taken out", e);
            }
        }
    }
}
