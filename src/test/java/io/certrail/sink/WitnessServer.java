package io.certrail.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.ConsistencyProof;
import io.certrail.tlog.Flaw;
import io.certrail.tlog.Hash;
import io.certrail.tlog.Opened;
import io.certrail.tlog.TestWitness;
import io.certrail.tlog.VerifierKey;
import io.certrail.tlog.VerifierKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** A witness of one log, written after C2SP tlog-witness and tlog-cosignature, in memory. */
final class WitnessServer implements AutoCloseable {
    private final HttpsServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final VerifierKey logKey;
    private final TestWitness witness = new TestWitness();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile UnaryOperator<Reply> spoil = reply -> reply;
    private long size;
    private Hash root = Hash.EMPTY_ROOT;

    /** An answer. */
    record Reply(int status, String type, String body) {
        static Reply of(int status) {
            return new Reply(status, "text/plain", "");
        }
    }

    WitnessServer(SSLContext tls, VerifierKey logKey) throws IOException {
        this(tls, logKey, 0);
    }

    WitnessServer(SSLContext tls, VerifierKey logKey, int port) throws IOException {
        this.logKey = logKey;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), port), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> answer(exchange));
        server.setExecutor(executor);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Its target, as it is configured. */
    String target() {
        return "witness:https://localhost:" + port() + "/some/prefix#" + verifierKey();
    }

    String verifierKey() {
        return witness.verifierKey();
    }

    /** From now on answers are changed on their way. */
    void spoil(UnaryOperator<Reply> how) {
        spoil = how;
    }

    int calls() {
        return calls.get();
    }

    synchronized long size() {
        return size;
    }

    private void answer(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean call = exchange.getRequestMethod().equals("POST")
                && exchange.getRequestURI().getPath().equals("/some/prefix/add-checkpoint");
        Reply reply = spoil.apply(call ? add(new String(body, UTF_8)) : Reply.of(404));
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        exchange.getResponseHeaders().set("Location", "https://localhost:" + port() + "/some/prefix/add-checkpoint");
        byte[] text = reply.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(reply.status(), text.length == 0 ? -1 : text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private synchronized Reply add(String body) {
        int blank = body.indexOf("\n\n");
        List<String> lines = List.of(body.substring(0, Math.max(blank, 0)).split("\n"));
        if (blank < 0 || !lines.get(0).matches("old (0|[1-9]\\d*)") || lines.size() > 64) {
            return Reply.of(400);
        }
        long old = Long.parseLong(lines.get(0).substring("old ".length()));
        Opened<Checkpoint> opened =
                Checkpoint.open(body.substring(blank + 2).getBytes(UTF_8), logKey.name(), VerifierKeys.of(logKey));
        if (opened.rejected().isPresent()) {
            return Reply.of(opened.rejected().get() == Flaw.OTHER_ORIGIN ? 404 : 403);
        }
        Checkpoint checkpoint = opened.accepted().orElseThrow();
        if (old > checkpoint.size()) {
            return Reply.of(400);
        }
        if (old != size || (old == checkpoint.size() && !checkpoint.root().equals(root))) {
            return new Reply(409, "text/x.tlog.size", size + "\n");
        }
        List<Hash> path = new ArrayList<>();
        lines.subList(1, lines.size()).forEach(line -> path.add(Hash.parse(line).orElseThrow()));
        if (!new ConsistencyProof(old, checkpoint.size(), path)
                .verify(root, checkpoint.root())
                .verified()) {
            return Reply.of(422);
        }
        size = checkpoint.size();
        root = checkpoint.root();
        return new Reply(200, "text/plain", witness.cosignature(checkpoint.text()));
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
