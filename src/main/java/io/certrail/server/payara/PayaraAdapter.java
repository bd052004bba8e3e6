package io.certrail.server.payara;

import io.certrail.recorder.Recorder;
import io.certrail.server.HookAttempts;
import io.certrail.server.ListenerWatch;
import io.certrail.server.ServerAdapter;
import io.certrail.server.payara.PayaraListeners.Listener;
import java.lang.System.Logger;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.glassfish.grizzly.Connection;

/** Puts Certrail's hooks into all of Payara's network listeners, and takes them out again. */
public final class PayaraAdapter implements ServerAdapter {
    private static final Logger LOG = System.getLogger(PayaraAdapter.class.getName());

    private final HookContext context;
    private final HandshakeHook handshakes;
    private final ParserHook parser;
    private final PayaraListeners listeners;
    private final HookAttempts<Listener> attempts = new HookAttempts<>();
    private final List<HookedListener> hooked = new ArrayList<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private boolean closed;

    PayaraAdapter(Recorder recorder, int maxOpenConnections, PayaraListeners listeners) {
        this.listeners = listeners;
        context = HookContext.of(recorder, maxOpenConnections);
        undo.push(context::close);
        handshakes = new HandshakeHook(context);
        parser = new ParserHook(context);
    }

    /**
     * Puts the hooks in.
     *
     * @param maxOpenConnections most connections followed at a time; of one above it only the beginning is recorded
     * @throws IllegalStateException if that fails; then none is left behind
     */
    public static ServerAdapter install(Recorder recorder, int maxOpenConnections) {
        PayaraAdapter adapter = new PayaraAdapter(recorder, maxOpenConnections, PayaraListeners.ofServer());
        try {
            adapter.begin();
            return adapter;
        } catch (RuntimeException | Error e) {
            adapter.close();
            throw e;
        }
    }

    @Override
    public String server() {
        return "Payara";
    }

    @Override
    public synchronized List<InetSocketAddress> tlsListeners() {
        return hooked.stream()
                .map(HookedListener::listener)
                .filter(each -> !each.tls().isEmpty() && !each.name().contains("admin"))
                .flatMap(each -> each.sockets().stream())
                .map(Connection::getLocalAddress)
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .toList();
    }

    private void begin() {
        List<Listener> running = listeners.running();
        if (running.isEmpty()) {
            throw new IllegalStateException("CTR0613 Payara has no network listener that runs");
        }
        List<HookedListener> last = new ArrayList<>();
        undo.push(() -> renewContexts(last)); // once the providers are gone
        undo.push(context.verdicts()::unwatch);
        context.verdicts().start();
        TrustProvider provider = new TrustProvider(context.recorder().bootId(), handshakes);
        provider.install();
        undo.push(provider::close);
        undo.push(this::leaveParsers);
        undo.push(() -> last.addAll(unhookAll()));
        hookNew(running);
        undo.push(ListenerWatch.begin(() -> hookNew(listeners.running()), this::unhooked)::close);
    }

    private static void renewContexts(List<HookedListener> listeners) {
        for (HookedListener each : listeners) {
            each.listener().tls().forEach(ListenerContext::renew);
        }
    }

    /** Those of listeners, too, to which Payara handed the hook on a moment ago, and that have no other. */
    private void leaveParsers() {
        for (Listener each : listeners.running()) {
            each.codecs().forEach(codec -> codec.getMonitoringConfig().removeProbes(parser));
        }
    }

    private void unhooked(Throwable cause) {
        context.recorder().hookFailed("CTR0614 A listener could not be hooked", cause);
    }

    /** Those that Payara made anew since, and those that are gone, lose the hooks that they had. */
    synchronized void hookNew(List<Listener> running) {
        if (closed) {
            return;
        }
        for (HookedListener each : List.copyOf(hooked)) {
            if (!running.contains(each.listener())) {
                hooked.remove(each);
                each.close();
            }
        }
        attempts.each(running, this::hookIfNew);
    }

    private void hookIfNew(Listener listener) {
        if (hooked.stream().noneMatch(each -> each.listener().equals(listener))) {
            hooked.add(new HookedListener(context, handshakes, parser, listener));
            LOG.log(Logger.Level.DEBUG, "Hooks are in listener {0}", listener.name());
        }
    }

    private synchronized List<HookedListener> unhookAll() {
        closed = true;
        List<HookedListener> all = List.copyOf(hooked);
        hooked.clear();
        all.forEach(HookedListener::close);
        return all;
    }

    @Override
    public void close() {
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (RuntimeException | Error e) {
                LOG.log(Logger.Level.WARNING, "CTR0615 A hook could not be taken out", e);
            }
        }
    }
}
