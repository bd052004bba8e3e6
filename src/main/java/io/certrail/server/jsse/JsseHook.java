package io.certrail.server.jsse;

import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.recorder.Recorder;
import io.certrail.server.ServerAdapter;
import java.net.InetSocketAddress;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;

/** Hears the JSSE hook, from its subscription until {@link #close()}, and records the handshakes. */
public final class JsseHook implements ServerAdapter {
    /** The hook's security provider. */
    private static final String PROVIDER = "Certrail";

    private final HookConnections connections;
    private final HookFacts facts;

    private JsseHook(HookConnections connections, HookFacts facts) {
        this.connections = connections;
        this.facts = facts;
    }

    /** Whether the hook is installed in this JVM. */
    public static boolean isThere() {
        return Security.getProvider(PROVIDER) instanceof Flow.Publisher;
    }

    /**
     * Subscribes for a server that has no adapter of its own: the servlet filter records the requests, and this those of
     * which no filter hears.
     *
     * @param maxOpenConnections most connections held at a time
     * @throws IllegalStateException if the hook is not there or takes no more subscribers
     */
    public static JsseHook install(Recorder recorder, int maxOpenConnections) {
        HookConnections connections = new HookConnections(recorder, maxOpenConnections, connection -> Endpoint.UNKNOWN);
        RequestSessions sessions = new RequestSessions(connections);
        recorder.lookUpWith(sessions);
        return subscribe(recorder, connections, new LoneAnswers(recorder, sessions::areShown));
    }

    /**
     * Subscribes for an adapter.
     *
     * @param maxOpenConnections most connections held at a time
     * @param listener hears of answers and ends
     * @throws IllegalStateException if the hook is not there or takes no more subscribers
     */
    public static JsseHook subscribe(Recorder recorder, int maxOpenConnections, HookListener listener) {
        return subscribe(recorder, new HookConnections(recorder, maxOpenConnections, listener::server), listener);
    }

    @SuppressWarnings("unchecked") // the type that the hook's contract states
    private static JsseHook subscribe(Recorder recorder, HookConnections connections, HookListener listener) {
        if (!(Security.getProvider(PROVIDER) instanceof Flow.Publisher<?> publisher)) {
            throw new IllegalStateException("CTR0640 The JSSE hook is not installed");
        }
        HookFacts facts = new HookFacts(recorder, connections, listener);
        Throwable refusal;
        try {
            ((Flow.Publisher<Map<String, Object>>) publisher).subscribe(facts);
            refusal = facts.refusal();
        } catch (RuntimeException | Error e) { // such as that there can be no thread for it
            refusal = e;
        }
        if (refusal != null) {
            facts.close();
            throw new IllegalStateException("CTR0644 The JSSE hook cannot be heard: " + refusal.getMessage(), refusal);
        }
        return new JsseHook(connections, facts);
    }

    /** The connections that are open. */
    public HookConnections connections() {
        return connections;
    }

    @Override
    public String server() {
        return "JSSE";
    }

    /** None: engines know no sockets. */
    @Override
    public List<InetSocketAddress> tlsListeners() {
        return List.of();
    }

    /**
     * Cancels: nothing is heard after this returns, but for a fact that is being handled. Handshakes under way are the
     * hook's to tell whoever subscribes next.
     */
    @Override
    public void close() {
        facts.close();
        connections.clear();
    }
}
