package io.certrail.server.wildfly;

import java.nio.channels.Channel;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptListenerSettable;
import org.xnio.channels.AcceptingChannel;

/**
 * Stands where a listening socket tells that connections wait to be accepted: accepts them, or is given those that
 * another application's accepted.
 *
 * @param <C> the socket's type
 */
final class TappedAccepting<C extends Channel> extends HookLink<ChannelListener<? super C>>
        implements ChannelListener<C>, Consumer<StreamConnection> {
    private final AcceptListenerSettable<C> socket;
    private final AcceptingChannel<StreamConnection> from;
    private final BiConsumer<StreamConnection, Object> accepted;
    private final ChannelListener<AcceptingChannel<StreamConnection>> adapter =
            ChannelListeners.openListenerAdapter(this::accept);

    /**
     * @param from of which connections are accepted: the socket itself, or its TLS layer
     * @param before what stands there now
     * @param accepted takes a connection, and what takes it next
     */
    TappedAccepting(
            AcceptListenerSettable<C> socket,
            AcceptingChannel<StreamConnection> from,
            ChannelListener<? super C> before,
            BiConsumer<StreamConnection, Object> accepted) {
        super(before);
        this.socket = socket;
        this.from = from;
        this.accepted = accepted;
    }

    /**
     * Puts itself there.
     *
     * @return takes it out
     */
    Runnable install() {
        socket.setAcceptListener(this);
        return () -> unlink(socket.getAcceptListener(), socket::setAcceptListener);
    }

    @Override
    public void handleEvent(C waiting) {
        adapter.handleEvent(from);
    }

    @Override
    public void accept(StreamConnection connection) {
        accepted.accept(connection, next());
    }
}
