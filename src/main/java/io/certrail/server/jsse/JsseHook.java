package io.certrail.server.jsse;

import io.certrail.recorder.Recorder;
import io.certrail.server.ServerAdapter;
import java.security.Security;
import java.util.concurrent.Flow;

/** Hears the JSSE hook, from its subscription until {@link #close()}, and records the handshakes. */
public final class JsseHook implements ServerAdapter {
    private final HookConnections connections = new HookConnections();

    private JsseHook() {}

    /** Whether the hook is installed in this JVM. */
    public static boolean isThere() {
        return Security.getProvider("Certrail") instanceof Flow.Publisher;
    }

    /**
     * Subscribes.
     *
     * @param maxOpenConnections most connections followed at a time
     * @param listener hears of answers and ends
     * @throws IllegalStateException if the hook is not there or takes no more subscribers
     */
    public static JsseHook subscribe(Recorder recorder, int maxOpenConnections, HookListener listener) {
        if (!isThere()) {
            throw new IllegalStateException("CTR0640 The JSSE hook is not installed");
        }
        return new JsseHook();
    }

    /** The connections that are open. */
    public HookConnections connections() {
        return connections;
    }

    @Override
    public String server() {
        return "JSSE";
    }

    /** Cancels. Nothing is heard after this returns, but for a fact that is being handled. */
    @Override
    public void close() {}
}
