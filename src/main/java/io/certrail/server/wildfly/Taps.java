package io.certrail.server.wildfly;

import java.util.List;
import org.xnio.StreamConnection;

/**
 * What stands between a connection and those who read and write it.
 *
 * @param undo takes it out, for any thread
 */
record Taps(List<Runnable> undo) {
    Taps {
        undo = List.copyOf(undo);
    }

    /** Puts them in, before anybody reads or writes. Who takes over the connection adds listeners of his own. */
    static Taps put(StreamConnection channel, TappedConnection connection, TlsSocket sockets) {
        var inbound = new Inbound(channel.getSourceChannel().getConduit(), connection);
        var outbound = new Outbound(channel.getSinkChannel().getConduit(), connection);
        channel.getSourceChannel().setConduit(inbound);
        channel.getSinkChannel().setConduit(outbound);
        channel.setCloseListener(itself -> inbound.closed());
        return new Taps(List.of(inbound::detach, outbound::detach, sockets.tap(channel, connection)));
    }

    /** Takes them out; who reads and writes does so as before. */
    void out() {
        undo.forEach(Runnable::run);
    }
}
