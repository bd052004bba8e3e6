package io.certrail.server.wildfly;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.OpenListener;
import io.undertow.server.handlers.ChannelUpgradeHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptListenerSettable;
import org.xnio.channels.AcceptingChannel;

/**
 * A listener of Undertow's without TLS, and in it what {@link HookedListener} finds by name in one of WildFly's {@code
 * ListenerService}s. Says "ok" to all that reaches an application.
 */
@SuppressWarnings({"unused", "UnusedVariable"})
public final class PlainListener implements AutoCloseable {
    private final XnioWorker worker;
    private final DefaultByteBufferPool pool = new DefaultByteBufferPool(false, 4096, 16, 0);
    private final HttpOpenListener openListener;
    private final ChannelUpgradeHandler httpUpgradeHandler = new ChannelUpgradeHandler();
    private final AcceptingChannel<StreamConnection> server;
    private final @Nullable AcceptingChannel<?> sslServer = null;
    private final boolean proxyProtocol = false;

    PlainListener(boolean http2) throws IOException {
        this(http2, exchange -> exchange.getResponseSender().send("ok"));
    }

    PlainListener(boolean http2, HttpHandler application) throws IOException {
        worker = Xnio.getInstance(PlainListener.class.getClassLoader())
                .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1));
        openListener = new HttpOpenListener(pool, OptionMap.create(UndertowOptions.ENABLE_HTTP2, http2));
        httpUpgradeHandler.setNonUpgradeHandler(application);
        openListener.setRootHandler(httpUpgradeHandler);
        server = worker.createStreamConnectionServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ChannelListeners.openListenerAdapter(openListener),
                OptionMap.EMPTY);
        server.resumeAccepts();
    }

    /** As WildFly's has it. */
    public OpenListener getOpenListener() {
        return openListener;
    }

    /** Puts something before all that reaches an application, before the hooks, too. */
    void before(HttpHandler handler) {
        openListener.setRootHandler(handler);
    }

    HttpHandler root() {
        return openListener.getRootHandler();
    }

    HttpHandler entered() {
        return httpUpgradeHandler.getNonUpgradeHandler();
    }

    /** Its socket tells nobody that connections wait to be accepted. */
    void acceptsNone() {
        ((AcceptListenerSettable<?>) server).setAcceptListener(null);
    }

    @Nullable
    ChannelListener<?> accepting() {
        return ((AcceptListenerSettable<?>) server).getAcceptListener();
    }

    Socket connect() throws IOException {
        InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
        Socket client = new Socket(address.getAddress(), address.getPort());
        client.setSoTimeout(10_000);
        return client;
    }

    /** All that the server says to this on a connection of its own, which the server ends. */
    String answer(String sent) throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write(sent.getBytes(ISO_8859_1));
            return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
        pool.close();
    }
}
