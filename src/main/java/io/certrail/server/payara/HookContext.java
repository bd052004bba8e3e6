package io.certrail.server.payara;

import io.certrail.recorder.Recorder;
import io.certrail.tls.Ending;
import io.certrail.tls.HandshakeFacts;
import java.util.function.Supplier;
import org.glassfish.grizzly.Connection;

/**
 * What all hooks of a listener work with.
 *
 * @param tls whether the listener makes handshakes
 */
record HookContext(
        Recorder recorder,
        OpenConnections connections,
        Verdicts verdicts,
        BrokenRequests broken,
        ResetWatch resets,
        FrameWatch frames,
        boolean tls)
        implements AutoCloseable {
    /** That of a deployment, for TLS; {@link #close()} it once the hooks are out. */
    static HookContext of(Recorder recorder, int maxOpenConnections) {
        BrokenRequests broken = new BrokenRequests(recorder);
        return new HookContext(
                recorder,
                new OpenConnections(recorder, maxOpenConnections),
                new Verdicts(recorder),
                broken,
                new ResetWatch(),
                new FrameWatch(broken::badFrames),
                true);
    }

    /** The same for a listener with or without TLS. */
    HookContext with(boolean secure) {
        return new HookContext(recorder, connections, verdicts, broken, resets, frames, secure);
    }

    /** What is known of a connection of this listener; it begins here if it was not known. */
    OpenConnection open(Connection<?> connection) {
        return connections.open(connection, tls);
    }

    /**
     * Does a hook's work. Whatever goes wrong is Certrail's alone.
     *
     * @param complaint what to say then, with its id
     */
    void guarded(String complaint, Runnable work) {
        try {
            work.run();
        } catch (Throwable e) { // an error, too: Grizzly would break off what it was about to do
            recorder.hookFailed(complaint, e);
        }
    }

    /**
     * Judges a connection's handshake, unless that was done: it is on record then, or counted as lost.
     *
     * @param captured asked at once for what was captured, if it is to be judged
     * @return whether it was
     */
    boolean judge(OpenConnection open, Supplier<HandshakeFacts> captured) {
        boolean first = open.judge();
        if (first) {
            verdicts.settle(open, captured);
        }
        return first;
    }

    /** What is still open when Certrail stops is recorded as such: it would go unrecorded otherwise. */
    private void endOpenConnections() {
        connections.forEach((connection, open) -> {
            judge(open, () -> HandshakeHook.failed(open, Ending.UNSEEN, null));
            open.requests().forEach(request -> request.record().close());
            connections.close(connection);
        });
    }

    @Override
    public void close() {
        frames.close();
        resets.close();
        endOpenConnections();
        connections.release();
        verdicts.close();
    }
}
