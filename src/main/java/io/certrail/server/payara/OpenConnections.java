package io.certrail.server.payara;

import io.certrail.recorder.Recorder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ConnectionProbe;
import org.glassfish.grizzly.Transport;
import org.jspecify.annotations.Nullable;

/** The connections that are open, by Grizzly's object and by the TLS engine. Removed as they close. */
final class OpenConnections {
    /** Holds the id of a connection that is not followed: a type of the JDK's, for it may outlive this deployment. */
    private static final String NOT_FOLLOWED = "io.certrail.not-followed";

    /** Holds what was known of a connection that is closed, for events that other threads still bring. */
    private static final String ENDED = "io.certrail.ended.";

    private final Recorder recorder;
    private final String ended;
    private final int most;
    private final Map<Connection<?>, OpenConnection> byConnection = new ConcurrentHashMap<>();
    private final Map<Transport, ConnectionHook> probes = new ConcurrentHashMap<>();
    private final Map<SSLEngine, OpenConnection> byEngine = new ConcurrentHashMap<>();
    private final Set<Connection<?>> closed =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** @param most connections followed at a time */
    OpenConnections(Recorder recorder, int most) {
        this.recorder = recorder;
        ended = ENDED + recorder.bootId();
        this.most = most;
    }

    /** The connection, which begins here if it was not known. */
    OpenConnection open(Connection<?> connection, boolean tls) {
        OpenConnection known = known(connection);
        return known == null ? begin(connection, tls, false) : known;
    }

    /** The same; {@code null} if it was not known, and its listener has no probe that would tell of its end. */
    @Nullable
    OpenConnection followed(Connection<?> connection) {
        OpenConnection known = known(connection);
        if (known != null) {
            return known;
        }
        ConnectionHook probe = probes.get(connection.getTransport());
        return probe == null ? null : begin(connection, probe.isOfTls(), false);
    }

    private @Nullable OpenConnection known(Connection<?> connection) {
        OpenConnection known = byConnection.get(connection);
        if (known != null) {
            return known;
        }
        return connection.getAttributes().getAttribute(ended) instanceof OpenConnection closed ? closed : null;
    }

    /** A connection was accepted. One too many is recorded here and now, and not followed. */
    void accept(Connection<?> connection, boolean tls) {
        if (byConnection.size() < most) {
            begin(connection, tls, true);
            return;
        }
        String id = tls ? recorder.nextConnectionId() : recorder.otherConnectionId();
        connection.getAttributes().setAttribute(NOT_FOLLOWED, id);
        if (tls) {
            recorder.record(new OpenConnection(id, true, connection, true).notFollowed(recorder.now()));
        }
    }

    /** @param accepted whether it was seen from its acceptance on: then a handshake of it will be, too, and it has a number */
    private OpenConnection begin(Connection<?> connection, boolean tls, boolean accepted) {
        if (connection.getAttributes().getAttribute(NOT_FOLLOWED) instanceof String id) {
            OpenConnection passing = new OpenConnection(id, false, connection, tls);
            passing.judge();
            return passing;
        }
        AtomicBoolean isNew = new AtomicBoolean();
        OpenConnection begun = byConnection.computeIfAbsent(connection, key -> {
            isNew.set(true); // one number for it, though several threads may come to know it at once
            boolean numbered = tls && accepted;
            String id = numbered ? recorder.nextConnectionId() : recorder.otherConnectionId();
            return new OpenConnection(id, numbered, connection, tls);
        });
        if (isNew.get()) {
            recorder.connectionOpened();
            adopt(connection);
        }
        return begun;
    }

    /** Tells which probe follows the connections of a transport. */
    void adoptWith(Transport transport, ConnectionHook probe) {
        probes.put(transport, probe);
    }

    /** A transport's connections are adopted no more. */
    void forget(Transport transport, ConnectionHook probe) {
        probes.remove(transport, probe);
    }

    /**
     * Leaves nothing on any connection, be it open or closed: Grizzly keeps closed ones for long, by way of the requests
     * that its threads use again.
     */
    void release() {
        List<Connection<?>> all = new ArrayList<>(byConnection.keySet());
        synchronized (closed) {
            all.addAll(closed);
        }
        for (Connection<?> connection : all) {
            connection.getAttributes().removeAttribute(ended);
            for (ConnectionProbe probe : connection.getMonitoringConfig().getProbes()) {
                if (probe instanceof ConnectionHook) {
                    connection.getMonitoringConfig().removeProbes(probe);
                }
            }
        }
    }

    /** A connection that is older than the hooks has none of the probes that Grizzly gives to a new one. */
    private void adopt(Connection<?> connection) {
        ConnectionProbe probe = probes.get(connection.getTransport());
        if (probe != null
                && !List.of(connection.getMonitoringConfig().getProbes()).contains(probe)) {
            connection.getMonitoringConfig().addProbes(probe);
            if (!connection.isOpen()) {
                close(connection); // it closed before the probe could hear of it
            }
        }
    }

    @Nullable
    OpenConnection known(SSLEngine engine) {
        return byEngine.get(engine);
    }

    void handshakes(OpenConnection connection, SSLEngine engine) {
        connection.engine(engine);
        byEngine.put(engine, connection);
    }

    /** The handshake is over: its engine need not be found any more. */
    void handshaken(OpenConnection connection) {
        SSLEngine engine = connection.engine();
        if (engine != null) {
            byEngine.remove(engine);
        }
    }

    @Nullable
    OpenConnection close(Connection<?> connection) {
        OpenConnection known = byConnection.get(connection);
        if (known != null) {
            closed.add(connection);
            connection.getAttributes().setAttribute(ended, known);
        }
        if (known != null && byConnection.remove(connection) != null) {
            handshaken(known);
            recorder.connectionClosed();
        }
        return known;
    }

    void forEach(BiConsumer<Connection<?>, OpenConnection> action) {
        byConnection.forEach(action);
    }
}
