package io.certrail.server.wildfly;

import io.certrail.recorder.Recorder;

/** An application with Certrail, as far as it hooks one listener. */
public final class HookingApplication implements AutoCloseable {
    private final OpenConnections connections = new OpenConnections(100);
    private final HookedListener hooked;

    /** @param service a listener's, as WildFly has it */
    public HookingApplication(Recorder recorder, Object service) {
        hooked = new HookedListener(recorder, connections, session -> null, service);
    }

    /** Undeploys it. */
    @Override
    public void close() {
        hooked.close();
        connections.all().forEach(TappedConnection::abandon);
    }
}
