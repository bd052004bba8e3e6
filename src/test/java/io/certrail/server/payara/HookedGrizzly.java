package io.certrail.server.payara;

import io.certrail.recorder.Recorder;
import io.certrail.server.payara.PayaraListeners.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.http.HttpCodecFilter;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.HttpServerProbe;
import org.glassfish.grizzly.http.server.NetworkListener;

/** A server of Grizzly's alone, without TLS, with the hooks in. */
final class HookedGrizzly implements AutoCloseable {
    private final HttpServer server = new HttpServer();
    private final NetworkListener listener = new NetworkListener("test", "127.0.0.1", 0);
    private final HookContext context;
    private final HookedListener hooked;

    HookedGrizzly(Recorder recorder, HttpHandler application) throws IOException {
        this(recorder, new HttpServerProbe.Adapter() {}, new HttpServerProbe.Adapter() {}, application);
    }

    /**
     * The same between others' hooks.
     *
     * @param first hears of requests before Certrail's do
     * @param last hears of them after those
     */
    HookedGrizzly(Recorder recorder, HttpServerProbe first, HttpServerProbe last, HttpHandler application)
            throws IOException {
        server.addListener(listener);
        server.getServerConfiguration().addHttpHandler(application, "/");
        server.start();
        Listener found = found();
        found.http().forEach(filter -> filter.getMonitoringConfig().addProbes(first));
        context = HookContext.of(recorder, 10);
        hooked = new HookedListener(context, new HandshakeHook(context), new ParserHook(context), found);
        found.http().forEach(filter -> filter.getMonitoringConfig().addProbes(last));
    }

    private Listener found() {
        FilterChain filters = listener.getFilterChain();
        return new Listener(
                "test",
                listener.getTransport(),
                List.of(),
                List.of(),
                List.of((HttpCodecFilter) filters.get(filters.indexOfType(HttpCodecFilter.class))),
                List.of((HttpServerFilter) filters.get(filters.indexOfType(HttpServerFilter.class))));
    }

    Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), listener.getPort());
        client.setSoTimeout(10_000);
        return client;
    }

    @Override
    public void close() {
        hooked.close();
        context.close();
        server.shutdownNow();
    }
}
