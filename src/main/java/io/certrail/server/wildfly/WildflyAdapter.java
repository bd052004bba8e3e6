package io.certrail.server.wildfly;

import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.recorder.Recorder;
import io.certrail.server.HookAttempts;
import io.certrail.server.ListenerWatch;
import io.certrail.server.ServerAdapter;
import io.certrail.server.jsse.HookListener;
import io.certrail.server.jsse.HookedConnection;
import io.certrail.server.jsse.JsseHook;
import io.certrail.tls.Ending;
import java.lang.System.Logger;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.jboss.msc.service.LifecycleListener;
import org.jboss.msc.service.ServiceController;
import org.jspecify.annotations.Nullable;

/** Puts Certrail's hooks into all of WildFly's listeners, and takes them out again. */
public final class WildflyAdapter implements ServerAdapter {
    private static final Logger LOG = System.getLogger(WildflyAdapter.class.getName());

    private final Recorder recorder;
    private final OpenConnections connections;
    private final WildflyListeners listeners;
    private final JsseHook hook;
    private final HookAttempts<Object> attempts = new HookAttempts<>();
    private final IdentityHashMap<Object, HookedListener> hooked = new IdentityHashMap<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private boolean closed;

    WildflyAdapter(Recorder recorder, OpenConnections connections, JsseHook hook, WildflyListeners listeners) {
        this.recorder = recorder;
        this.connections = connections;
        this.hook = hook;
        this.listeners = listeners;
        undo.push(hook::close);
    }

    /**
     * Puts the hooks in.
     *
     * @param maxOpenConnections most connections followed at a time
     * @throws IllegalStateException if that fails; then none is left behind
     */
    public static ServerAdapter install(Recorder recorder, int maxOpenConnections) {
        if (!JsseHook.isThere()) {
            throw new IllegalStateException("CTR0664 WildFly's handshakes would go unrecorded: certrail-hook.jar is not"
                    + " installed as a module and initial provider of this server");
        }
        WildflyListeners listeners = WildflyListeners.find();
        OpenConnections connections = new OpenConnections(maxOpenConnections);
        JsseHook hook = JsseHook.subscribe(recorder, maxOpenConnections, new ServerEnds(connections));
        WildflyAdapter adapter = new WildflyAdapter(recorder, connections, hook, listeners);
        try {
            adapter.begin();
            return adapter;
        } catch (RuntimeException | Error e) {
            adapter.close();
            throw e;
        }
    }

    /** Tells of a connection what only its socket knows. */
    private record ServerEnds(OpenConnections connections) implements HookListener {
        @Override
        public Endpoint server(HookedConnection connection) {
            OpenConnections.Known known = connections.from(connection.client());
            return known == null ? Endpoint.UNKNOWN : known.server();
        }

        @Override
        public @Nullable Ending ending(HookedConnection connection) {
            OpenConnections.Known known = connections.from(connection.client());
            return known == null ? null : known.connection().handshakeEnd();
        }

        @Override
        public @Nullable Received received(HookedConnection connection) {
            OpenConnections.Known known = connections.from(connection.client());
            return known == null ? null : known.connection().receivedBytes();
        }
    }

    @Override
    public String server() {
        return "WildFly";
    }

    @Override
    public synchronized List<InetSocketAddress> tlsListeners() {
        return hooked.values().stream()
                .flatMap(each -> each.tlsAddress().stream())
                .toList();
    }

    private void begin() {
        undo.push(() -> connections.all().forEach(TappedConnection::abandon));
        undo.push(this::unhookAll);
        LifecycleListener look = (controller, event) -> look();
        for (ServiceController<?> controller : listeners.controllers()) {
            controller.addListener(look);
            undo.push(() -> controller.removeListener(look));
        }
        hookNew(listeners.running());
        undo.push(ListenerWatch.begin(() -> hookNew(listeners.running()), this::unhooked)::close);
    }

    private void look() {
        try {
            hookNew(listeners.running());
        } catch (RuntimeException e) {
            unhooked(e);
        }
    }

    private void unhooked(Throwable cause) {
        recorder.hookFailed("CTR0665 A listener could not be hooked", cause);
    }

    synchronized void hookNew(List<Object> running) {
        if (!closed) {
            hooked.keySet().removeIf(service -> running.stream().noneMatch(other -> other == service));
            attempts.each(running, this::hookIfNew);
        }
    }

    private void hookIfNew(Object service) {
        HookedListener known = hooked.get(service);
        if (known != null && known.isStale()) {
            known.close();
            known = null;
        }
        if (known == null) {
            hooked.put(service, new HookedListener(recorder, connections, hook.connections()::find, service));
            LOG.log(Logger.Level.DEBUG, "Hooks are in {0}", service);
        }
    }

    private synchronized void unhookAll() {
        closed = true;
        new ArrayList<>(hooked.values()).forEach(HookedListener::close);
        hooked.clear();
    }

    @Override
    public void close() {
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (RuntimeException | Error e) {
                LOG.log(Logger.Level.WARNING, "CTR0666 A hook could not be taken out", e);
            }
        }
    }
}
