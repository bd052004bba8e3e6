package io.certrail.scan.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives each connection of a scan a port that no other of it had: logs name clients by their ports, and an operating
 * system gives a port out again within seconds once its connection was reset. For any thread.
 */
public final class LocalPorts {
    private static final int MOST_TRIES = 1_000;

    private final Set<Integer> given = ConcurrentHashMap.newKeySet();

    /**
     * A socket that is bound and not connected. Of a channel: it ends when its thread is interrupted.
     *
     * @throws IOException if there is no socket, or no port that was not given before
     */
    SocketChannel open() throws IOException {
        for (int i = 0; i < MOST_TRIES; i++) {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.bind(new InetSocketAddress(0));
                if (given.add(channel.socket().getLocalPort())) {
                    return channel;
                }
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
        throw new IOException("no local port is free that this scan did not use before; try again in a minute");
    }
}
