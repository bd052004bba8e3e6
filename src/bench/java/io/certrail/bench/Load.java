package io.certrail.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A TLS 1.3 load generator with a client certificate that makes exact counts and says as JSON what it made. Needs the
 * JDK only.
 */
public final class Load {
    private static final Runnable NOTHING = () -> {};

    private Load() {}

    public static void main(String[] arguments) throws Exception {
        main(LoadOptions.parse(arguments));
    }

    static void main(LoadOptions options) throws Exception {
        System.out.println(options.handshakes() > 0 ? handshakes(options) : requests(options));
    }

    private static String requests(LoadOptions options) throws Exception {
        TlsClient client = TlsClient.of(options.pki(), options.clients().get(0));
        KeepAliveLoad load =
                new KeepAliveLoad(client, options.host(), options.port(), options.path(), options.connections());
        KeepAliveLoad.Made made = options.requests() > 0
                ? load.requests(options.requests(), NOTHING, NOTHING)
                : load.seconds(options.seconds(), 0, NOTHING, NOTHING);
        Latencies latencies = made.latencies();
        StringJoiner statuses = new StringJoiner(",", "{", "}");
        made.statuses().forEach((status, count) -> statuses.add("\"" + status + "\":" + count));
        return String.format(
                "{\"requests\":%d,\"answered\":%d,\"failed\":%d,\"connections\":%d,\"statuses\":%s,\"seconds\":%.3f,"
                        + "\"requestsPerSecond\":%.1f,\"p50Micros\":%.1f,\"p99Micros\":%.1f,\"p999Micros\":%.1f,\"maxMicros\":%.1f}",
                made.requests(),
                made.answered(),
                made.failed(),
                made.connections(),
                statuses,
                made.nanos() / 1e9,
                made.perSecond(),
                latencies.percentile(0.5) / 1e3,
                latencies.percentile(0.99) / 1e3,
                latencies.percentile(0.999) / 1e3,
                latencies.max() / 1e3);
    }

    private static String handshakes(LoadOptions options) throws Exception {
        List<TlsClient> clients = new ArrayList<>();
        for (String name : options.clients()) {
            clients.add(TlsClient.of(options.pki(), name));
        }
        long start = System.nanoTime();
        Map<String, HandshakeLoad.Tally> tallies = new HandshakeLoad(options, clients).run();
        double seconds = (System.nanoTime() - start) / 1e9;
        StringJoiner each = new StringJoiner(",", "{", "}");
        tallies.forEach((name, tally) -> each.add(String.format(
                "\"%s\":{\"connections\":%d,\"answered\":%d,\"established\":%d,\"refused\":%d,\"unconnected\":%d}",
                name,
                tally.connections.get(),
                tally.answered.get(),
                tally.established.get(),
                tally.refused.get(),
                tally.unconnected.get())));
        return String.format(
                "{\"handshakes\":%d,\"requestEach\":%b,\"seconds\":%.3f,\"perSecond\":%.1f,\"clients\":%s}",
                options.handshakes(), !options.silent(), seconds, options.handshakes() / seconds, each);
    }
}
