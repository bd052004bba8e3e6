package io.certrail.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;

/** New connections, each with a full handshake and at most one request, with several clients' certificates in turns. */
final class HandshakeLoad {
    private final LoadOptions options;
    private final List<TlsClient> clients;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, Tally> tallies = new TreeMap<>();

    HandshakeLoad(LoadOptions options, List<TlsClient> clients) {
        this.options = options;
        this.clients = clients;
    }

    /** What became of one client's connections. */
    static final class Tally {
        final AtomicInteger connections = new AtomicInteger();
        final AtomicInteger answered = new AtomicInteger();
        /** The handshake was done and no request was to be sent. */
        final AtomicInteger established = new AtomicInteger();
        /** The connection ended in the handshake, or, as TLS 1.3 allows, instead of the answer. */
        final AtomicInteger refused = new AtomicInteger();
        /** There was not even a TCP connection: the server saw nothing. */
        final AtomicInteger unconnected = new AtomicInteger();
    }

    /** Makes exactly {@link LoadOptions#handshakes} connections; none is ever repeated. */
    Map<String, Tally> run() throws InterruptedException {
        options.clients().forEach(name -> tallies.putIfAbsent(name, new Tally()));
        ExecutorService threads = Executors.newFixedThreadPool(options.connections());
        for (int i = 0; i < options.connections(); i++) {
            threads.execute(this::work);
        }
        threads.shutdown();
        threads.awaitTermination(1, TimeUnit.DAYS);
        return tallies;
    }

    private void work() {
        for (int i = next.getAndIncrement(); i < options.handshakes(); i = next.getAndIncrement()) {
            int which = i % clients.size();
            Tally tally = tallies.get(options.clients().get(which));
            tally.connections.incrementAndGet();
            try (SSLSocket socket = clients.get(which).connect(options.host(), options.port());
                    HttpConnection connection = new HttpConnection(socket, options.path())) {
                if (!options.silent()) {
                    connection.get();
                }
                connection.finish();
                (options.silent() ? tally.established : tally.answered).incrementAndGet();
            } catch (ConnectException e) {
                tally.unconnected.incrementAndGet();
            } catch (IOException e) {
                tally.refused.incrementAndGet();
            }
        }
    }
}
