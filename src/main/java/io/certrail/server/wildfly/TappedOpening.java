package io.certrail.server.wildfly;

import io.undertow.connector.ByteBufferPool;
import io.undertow.server.ConnectorStatistics;
import io.undertow.server.HttpHandler;
import io.undertow.server.OpenListener;
import io.undertow.server.protocol.proxy.ProxyProtocolOpenListener;
import java.lang.reflect.Field;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/**
 * Stands for a listener where connections come to it once the PROXY protocol has told whose they are: only then is there
 * one to be tapped, with the addresses that the proxy tells.
 */
final class TappedOpening extends HookLink<OpenListener> implements OpenListener, Consumer<StreamConnection> {
    private final ProxyProtocolOpenListener proxied;
    private final Field place;
    private final BiConsumer<StreamConnection, Object> opened;

    private TappedOpening(
            OpenListener before,
            ProxyProtocolOpenListener proxied,
            Field place,
            BiConsumer<StreamConnection, Object> opened) {
        super(before);
        this.proxied = proxied;
        this.place = place;
        this.opened = opened;
    }

    /**
     * Puts one in the listener's place.
     *
     * @param accepting what WildFly's socket calls for a connection that it accepted: holds the reader of the PROXY line
     * @param opened takes a connection, and what takes it next
     * @return takes it out
     * @throws ReflectiveOperationException if that is not as expected
     */
    static Runnable install(Object accepting, BiConsumer<StreamConnection, Object> opened)
            throws ReflectiveOperationException {
        ProxyProtocolOpenListener proxied = proxied(accepting);
        Field place = ProxyProtocolOpenListener.class.getDeclaredField("openListener");
        place.setAccessible(true);
        TappedOpening tapped = new TappedOpening((OpenListener) place.get(proxied), proxied, place, opened);
        tapped.put(tapped);
        return () -> tapped.unlink(tapped.first(), tapped::put);
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

    private OpenListener first() {
        try {
            return (OpenListener) place.get(proxied);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void put(OpenListener first) {
        try {
            place.set(proxied, first);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void handleEvent(StreamConnection channel) {
        accept(channel);
    }

    @Override
    public void accept(StreamConnection connection) {
        opened.accept(connection, next());
    }

    @Override
    public HttpHandler getRootHandler() {
        return next().getRootHandler();
    }

    @Override
    public void setRootHandler(HttpHandler handler) {
        next().setRootHandler(handler);
    }

    @Override
    public OptionMap getUndertowOptions() {
        return next().getUndertowOptions();
    }

    @Override
    public void setUndertowOptions(OptionMap options) {
        next().setUndertowOptions(options);
    }

    @Override
    public ByteBufferPool getBufferPool() {
        return next().getBufferPool();
    }

    @Override
    public ConnectorStatistics getConnectorStatistics() {
        return next().getConnectorStatistics();
    }

    @Override
    public void closeConnections() {
        next().closeConnections();
    }
}
