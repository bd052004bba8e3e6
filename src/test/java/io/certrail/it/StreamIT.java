package io.certrail.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.pki.Client;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Live streams to readers that take nothing, and over HTTP/2. */
final class StreamIT extends OnServer {
    /** More than sockets and servers keep for a reader. */
    private static final long HISTORY_BYTES = 12L << 20;

    private static final int RECEIVED_BYTES = 256 << 10;

    /** Longer than a reader may take nothing, and shorter than it takes to give up the notice. */
    private static final Duration SLOW = Duration.ofSeconds(15);

    /** Longer than servers wait on an idle connection, by server-config. */
    private static final Duration IDLE = Duration.ofSeconds(12);

    /** Longer than it takes to give up a reader. */
    private static final Duration GONE = Duration.ofSeconds(40);

    private static final Pattern DROPPED =
            Pattern.compile("event: dropped\\s+data: \\{\"reason\":\"slow\",\"next\":(\\d+)}");

    @BeforeEach
    void makeHistory() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try {
            Callable<Void> some = () -> {
                try (var connection = connect(Client.ALICE)) {
                    for (int i = 0; i < 500; i++) {
                        connection.get("/api/whoami");
                    }
                }
                return null;
            };
            while (trailBytes() < HISTORY_BYTES) {
                for (Future<Void> each : clients.invokeAll(List.of(some, some, some, some))) {
                    each.get();
                }
            }
        } finally {
            clients.shutdown();
        }
        settle();
    }

    private long trailBytes() throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.list(site.trail().resolve("entries"))) {
            for (Path file : files.toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    @Test
    void readerThatTakesNothingIsDroppedWithNoticeAndKeepsNobodyWaiting() throws Exception {
        try (var slow = connect(Client.AUDITOR)) {
            slow.socket().setReceiveBufferSize(RECEIVED_BYTES);
            slow.send(Connection.head("GET", "/api/stream", "Last-Event-ID: 0"));
            assertOthersAreServed();

            assertNextIsGiven(next(reader(slow)));
        }
    }

    /** Payara itself ends a stream of HTTP/2 that takes nothing, after its time for idle connections: then without notice. */
    @Test
    void readerThatTakesNothingOverHttp2IsDroppedAndKeepsNobodyWaiting() throws Exception {
        Reluctant slow = new Reluctant();
        CompletableFuture<HttpResponse<String>> answer = http2().sendAsync(stream("", "0"), info -> slow);
        assertOthersAreServed();

        slow.takeAll();
        try {
            HttpResponse<String> got = answer.get(60, TimeUnit.SECONDS);
            assertThat(got.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertNextIsGiven(next(got.body()));
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(IOException.class);
        }
        Line dropped = records.awaitOne(line -> line.isRequest()
                && line.get("url.path").equals("/api/stream")
                && line.get("network.protocol.version").equals("2"));
        assertThat(Duration.ofNanos(dropped.number("event.duration_ns"))).isLessThan(GONE);
    }

    @Test
    void recordsComeOverHttp2AsTheyAreMade() throws Exception {
        Line before = records.handshake(client(Client.EXPIRED).attempt());
        HttpResponse<InputStream> answer = http2().send(
                        stream("?event=tls.handshake&reason=certificate_expired", Long.toString(before.sequence() - 1)),
                        BodyHandlers.ofInputStream());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(data(lines)).isEqualTo(before.toString());
            Thread.sleep(IDLE.toMillis());
            Line next = records.handshake(client(Client.EXPIRED).attempt());
            assertThat(data(lines)).isEqualTo(next.toString());
        }
    }

    /** For as long as the other reader is slow: another reader hears of what is recorded, at once. */
    private void assertOthersAreServed() throws Exception {
        try (var lively = connect(Client.AUDITOR)) {
            lively.send(Connection.head("GET", "/api/stream?event=tls.handshake&reason=certificate_expired"));
            lively.socket().setSoTimeout(8_000); // less than a slow reader is waited for
            var lines = reader(lively);
            assertThat(lines.readLine()).contains(" 200");
            long end = System.nanoTime() + SLOW.toNanos();
            while (System.nanoTime() < end) {
                Line refused = records.handshake(client(Client.EXPIRED).attempt());
                assertThat(data(lines)).isEqualTo(refused.toString());
                Thread.sleep(500);
            }
        }
    }

    private static String data(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: ")) {
                return line.substring("data: ".length());
            }
        }
        throw new AssertionError("the stream ended");
    }

    private static BufferedReader reader(Connection connection) throws IOException {
        return new BufferedReader(new InputStreamReader(connection.socket().getInputStream(), StandardCharsets.UTF_8));
    }

    /** Where to go on, by the notice with which the stream ends; its lines stand between those of chunks. */
    private static long next(BufferedReader lines) throws IOException {
        long end = System.nanoTime() + GONE.toNanos();
        String line = lines.readLine();
        while (!"event: dropped".equals(line)) {
            assertThat(line).as("before a notice").isNotNull();
            assertThat(System.nanoTime()).as("time without a notice").isLessThan(end);
            line = lines.readLine();
        }
        return next(line + '\n' + lines.readLine());
    }

    private static long next(String stream) {
        Matcher dropped = DROPPED.matcher(stream);
        assertThat(dropped.find())
                .as(() -> stream.substring(Math.max(0, stream.length() - 500)))
                .isTrue();
        return Long.parseLong(dropped.group(1));
    }

    private void assertNextIsGiven(long next) throws IOException {
        assertThat(next).isPositive();
        try (var again = connect(Client.AUDITOR)) {
            again.send(Connection.head("GET", "/api/stream", "Last-Event-ID: " + (next - 1)));
            var lines = reader(again);
            assertThat(id(lines)).as("where it begins").isEqualTo("id: " + (next - 1));
            assertThat(id(lines)).isEqualTo("id: " + next);
            assertThat(lines.readLine()).isEqualTo("event: record");
        }
    }

    private static String id(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (!line.startsWith("id: ")) {
            line = lines.readLine();
        }
        return line;
    }

    private HttpRequest stream(String query, String last) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + site.port() + "/api/stream" + query))
                .header("Last-Event-ID", last)
                .build();
    }

    /** With a small window, so that it is the reader that decides what comes. */
    private HttpClient http2() {
        System.setProperty("jdk.httpclient.windowsize", "16384");
        return HttpClient.newBuilder()
                .sslContext(certificates.context(Client.AUDITOR))
                .version(HttpClient.Version.HTTP_2)
                .build();
    }

    /** Takes nothing until it is told to take all. */
    private static final class Reluctant implements HttpResponse.BodySubscriber<String> {
        private final CompletableFuture<String> body = new CompletableFuture<>();
        private final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
        private final List<byte[]> taken = new ArrayList<>();

        void takeAll() throws Exception {
            subscribed.get(10, TimeUnit.SECONDS).request(Long.MAX_VALUE);
        }

        @Override
        public CompletionStage<String> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscribed.complete(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer each : buffers) {
                byte[] bytes = new byte[each.remaining()];
                each.get(bytes);
                taken.add(bytes);
            }
        }

        @Override
        public void onError(Throwable e) {
            body.completeExceptionally(e);
        }

        @Override
        public void onComplete() {
            var all = new StringBuilder();
            taken.forEach(bytes -> all.append(new String(bytes, StandardCharsets.ISO_8859_1)));
            body.complete(all.toString());
        }
    }
}
