package io.certrail.server.wildfly;

import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.recorder.Recorder;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.OpenListener;
import io.undertow.server.handlers.ChannelUpgradeHandler;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.Channel;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptListenerSettable;
import org.xnio.channels.AcceptingChannel;

/**
 * One of WildFly's listeners with the hooks in: where it accepts connections, and where its exchanges enter the server.
 * The latter is a place that connections look up for each request, so that those that were open before are seen, too, and
 * none keeps a hook that was taken out.
 *
 * <p>WildFly deploys applications at the same time, and two of them may have Certrail: what one reads and then replaces is
 * guarded by the listener, the one object that both know.
 */
final class HookedListener implements AutoCloseable {
    private final Recorder recorder;
    private final OpenConnections connections;
    private final TlsConnections handshakes;
    private final Object service;
    private final OpenListener listener;
    private final BrokenRequests broken;
    private final TlsSocket sockets = new TlsSocket();
    private final RequestHook requests;
    private final @Nullable AcceptingChannel<?> socket;
    private final @Nullable ChannelUpgradeHandler entrance;
    private Runnable stopAccepting = () -> {};

    /**
     * Puts the hooks in.
     *
     * @param service a {@code ListenerService} that runs
     * @throws IllegalStateException if it is not as expected; then none is left behind
     */
    HookedListener(Recorder recorder, OpenConnections connections, TlsConnections handshakes, Object service) {
        this.recorder = recorder;
        this.connections = connections;
        this.handshakes = handshakes;
        this.service = service;
        try {
            listener = (OpenListener)
                    service.getClass().getMethod("getOpenListener").invoke(service);
            socket = socket(service);
            entrance = (ChannelUpgradeHandler) field(service, "httpUpgradeHandler");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("CTR0660 A listener of WildFly's cannot be reached: " + e, e);
        }
        broken = new BrokenRequests(
                recorder,
                listener.getUndertowOptions()
                        .get(UndertowOptions.MAX_HEADER_SIZE, UndertowOptions.DEFAULT_MAX_HEADER_SIZE));
        synchronized (listener) {
            requests = new RequestHook(recorder, connections, handshakes, entered());
            enter(requests);
            try {
                hookAccepting();
            } catch (RuntimeException | Error e) {
                close();
                throw e;
            }
        }
    }

    /** Whether the listener was opened anew since: then this hooks a socket that is closed. */
    boolean isStale() {
        try {
            return socket(service) != socket;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Where it accepts TLS connections; empty if it does not. */
    Optional<InetSocketAddress> tlsAddress() {
        try {
            return field(service, "sslServer") instanceof AcceptingChannel<?> accepting
                    ? Optional.ofNullable(accepting.getLocalAddress(InetSocketAddress.class))
                    : Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("CTR0669 A listener of WildFly's does not show its address: " + e, e);
        }
    }

    /** Null while it is switched off, and for AJP, behind which is a proxy's connection. */
    private static @Nullable AcceptingChannel<?> socket(Object service) throws ReflectiveOperationException {
        Object secure = field(service, "sslServer");
        Object found = secure != null ? secure : field(service, "server");
        return found instanceof AcceptingChannel<?> accepting ? accepting : null;
    }

    /** A field wherever in the hierarchy it is declared; {@code null} if nowhere. */
    private static @Nullable Object field(Object target, String name) throws ReflectiveOperationException {
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(target);
                }
            }
        }
        return null;
    }

    private void enter(HttpHandler handler) {
        if (entrance != null) {
            entrance.setNonUpgradeHandler(handler);
        } else {
            listener.setRootHandler(handler);
        }
    }

    private HttpHandler entered() {
        return entrance != null ? entrance.getNonUpgradeHandler() : listener.getRootHandler();
    }

    private void hookAccepting() {
        try {
            if (socket == null || entrance == null) {
                return;
            }
            Object below = field(socket, "tcpServer");
            Object tcp = below != null ? below : socket;
            if (Boolean.TRUE.equals(field(service, "proxyProtocol"))) {
                stopAccepting = TappedOpening.install(accepting(tcp), this::accepted);
            } else {
                hookAccepting(tcp, socket);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("CTR0662 WildFly's listening socket cannot be reached: " + e, e);
        }
    }

    private static Object accepting(Object tcp) throws ReflectiveOperationException {
        Object found = tcp instanceof AcceptListenerSettable<?> settable ? settable.getAcceptListener() : null;
        if (found == null) {
            throw new NoSuchFieldException(
                    "accept listener of " + tcp.getClass().getName());
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private <C extends Channel> void hookAccepting(Object tcp, AcceptingChannel<?> from)
            throws ReflectiveOperationException {
        stopAccepting = new TappedAccepting<>(
                        (AcceptListenerSettable<C>) tcp,
                        (AcceptingChannel<StreamConnection>) from,
                        (ChannelListener<? super C>) accepting(tcp),
                        this::accepted)
                .install();
    }

    /** @param next what stands behind this: the server's own, or another application's hook */
    @SuppressWarnings("unchecked")
    private void accepted(StreamConnection channel, Object next) {
        try {
            tap(channel);
        } catch (RuntimeException | Error e) {
            recorder.hookFailed("CTR0663 An accepted connection could not be followed", e);
        }
        if (HookLink.isLink(next) && next instanceof Consumer<?> other) {
            ((Consumer<StreamConnection>) other).accept(channel);
        } else {
            open(channel);
        }
    }

    /**
     * Goes on once nothing of any application's is on the stack: Undertow keeps for ever an exception that it makes with
     * its first connection, which has the classes of all that were.
     */
    private void open(StreamConnection channel) {
        Runnable open = ChannelListeners.getChannelListenerTask(channel, listener);
        try {
            channel.getIoThread().execute(open);
        } catch (RejectedExecutionException e) {
            open.run(); // the server stops
        }
    }

    private void tap(StreamConnection channel) {
        SocketAddress client = channel.getPeerAddress();
        SocketAddress server = channel.getLocalAddress();
        TappedConnection[] self = new TappedConnection[1];
        TappedConnection tapped = new TappedConnection(
                recorder,
                channel,
                new ConnectionIdentity(recorder, handshakes, Endpoint.of(client), Endpoint.of(server)),
                broken,
                listener.getUndertowOptions().get(UndertowOptions.ENABLE_HTTP2, false),
                () -> connections.remove(self[0], client, server));
        self[0] = tapped;
        if (connections.add(tapped, client, server)) {
            tapped.tap(sockets);
        }
    }

    /** Takes the hooks out, and leaves the listener as it was, or to the other applications' hooks. */
    @Override
    public void close() {
        synchronized (listener) {
            stopAccepting.run();
            requests.out();
            requests.unlink(entered(), this::enter);
        }
    }
}
