package io.certrail.server.wildfly;

import io.undertow.connector.ByteBufferPool;
import io.undertow.server.ConnectorStatistics;
import io.undertow.server.HttpHandler;
import io.undertow.server.OpenListener;
import io.undertow.server.protocol.proxy.ProxyProtocolOpenListener;
import java.lang.reflect.Field;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/**
 * Stands for a listener where connections come to it once the PROXY protocol has told whose they are: only then is there
 * one to be tapped, with the addresses that the proxy tells.
 *
 * @param listener the listener itself
 * @param opened takes a connection, and hands it to the listener
 */
record TappedOpening(OpenListener listener, Consumer<StreamConnection> opened) implements OpenListener {
    /**
     * Puts itself in the listener's place.
     *
     * @param accepting what WildFly's socket calls for a connection that it accepted: holds the reader of the PROXY line
     * @return puts the listener back
     * @throws ReflectiveOperationException if that is not as expected
     */
    Runnable install(Object accepting) throws ReflectiveOperationException {
        ProxyProtocolOpenListener proxied = proxied(accepting);
        Field next = ProxyProtocolOpenListener.class.getDeclaredField("openListener");
        next.setAccessible(true);
        Object before = next.get(proxied);
        next.set(proxied, this);
        return () -> putBack(next, proxied, before);
    }

    private static ProxyProtocolOpenListener proxied(Object accepting) throws ReflectiveOperationException {
        for (Field field : accepting.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            if (field.get(accepting) instanceof ProxyProtocolOpenListener found) {
                return found;
            }
        }
        throw new NoSuchFieldException(
                "the PROXY protocol's listener in " + accepting.getClass().getName());
    }

    private void putBack(Field next, ProxyProtocolOpenListener proxied, @Nullable Object before) {
        try {
            if (next.get(proxied) == this) {
                next.set(proxied, before);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void handleEvent(StreamConnection channel) {
        opened.accept(channel);
    }

    @Override
    public HttpHandler getRootHandler() {
        return listener.getRootHandler();
    }

    @Override
    public void setRootHandler(HttpHandler handler) {
        listener.setRootHandler(handler);
    }

    @Override
    public OptionMap getUndertowOptions() {
        return listener.getUndertowOptions();
    }

    @Override
    public void setUndertowOptions(OptionMap options) {
        listener.setUndertowOptions(options);
    }

    @Override
    public ByteBufferPool getBufferPool() {
        return listener.getBufferPool();
    }

    @Override
    public ConnectorStatistics getConnectorStatistics() {
        return listener.getConnectorStatistics();
    }

    @Override
    public void closeConnections() {
        listener.closeConnections();
    }
}
