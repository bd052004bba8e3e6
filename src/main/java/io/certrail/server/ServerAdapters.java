package io.certrail.server;

import io.certrail.recorder.Recorder;
import io.certrail.server.jsse.JsseHook;
import io.certrail.server.payara.PayaraAdapter;
import io.certrail.server.payara.PayaraServer;
import io.certrail.server.wildfly.WildflyAdapter;
import io.certrail.server.wildfly.WildflyServer;
import java.util.Optional;

/** Chooses the adapter for the server at hand. */
public final class ServerAdapters {
    private ServerAdapters() {}

    /**
     * Installs the hooks of the server that this runs in.
     *
     * @param maxOpenConnections most connections followed at a time; of one above it only the beginning is recorded
     * @return empty on a server without an adapter, where the portable path alone records requests
     * @throws IllegalStateException if the server is known and its hooks cannot be installed: the deployment must stop,
     *     because handshakes would go unrecorded
     */
    public static Optional<ServerAdapter> install(Recorder recorder, int maxOpenConnections) {
        if (PayaraServer.isThere()) {
            return Optional.of(PayaraAdapter.install(recorder, maxOpenConnections));
        }
        if (WildflyServer.isThere()) {
            return Optional.of(WildflyAdapter.install(recorder, maxOpenConnections));
        }
        return JsseHook.isThere() ? Optional.of(JsseHook.install(recorder, maxOpenConnections)) : Optional.empty();
    }
}
