package io.certrail.it;

import static io.certrail.trail.TrailAssert.assertThatTrail;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.Server;
import io.certrail.dev.pki.Client;
import io.certrail.it.Connection.Answer;
import io.certrail.it.server.EchoEndpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with listeners of every kind: all are recorded alike. */
final class ListenersIT {
    private static final Site SITE = Site.current();
    private static final Path TRAIL = SITE.folder().resolve("listeners-trail");

    private static MoreListeners.Ports ports;
    private static MoreListeners listeners;
    private static int port;
    private static Server server;

    private final Certificates certificates = SITE.certificates();
    private Records records;

    @BeforeAll
    static void start() throws Exception {
        port = Site.freePort();
        ports = MoreListeners.Ports.free();
        var options = SITE.server("listeners", port).trail(TRAIL);
        listeners = SITE.moreListeners(options, ports);
        Path echo = SITE.folder().resolve("echo.war");
        ShrinkWrap.create(WebArchive.class)
                .addClass(EchoEndpoint.class)
                .as(ZipExporter.class)
                .exportTo(echo.toFile(), true);
        server = Server.start(
                listeners
                        .prepared(options)
                        .deploy(Site.built("certrail.war"), "/")
                        .deploy(echo, "/echo"),
                line -> {});
        listeners.open();
        for (int each : List.of(ports.second(), ports.want())) {
            awaitHooks(each);
        }
    }

    @AfterAll
    static void stop() {
        server.stop();
        assertThatTrail(TRAIL).verifies();
        List<Line> lines = Records.all(TRAIL).lines();
        Line last = lines.get(lines.size() - 1);
        assertThat(last.name()).isEqualTo("audit.stopped");
        assertThat(last.get("audit.details.lost")).isEqualTo("0");
        assertThat(lines.stream().filter(Line::isRequest).map(Line::requestId)).doesNotHaveDuplicates();
    }

    @BeforeEach
    void beginReading() {
        records = new Records(TRAIL);
    }

    /** A listener that was made a moment ago is found a moment later. */
    private static void awaitHooks(int listener) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        boolean recorded = false;
        while (!recorded) {
            assertThat(System.nanoTime()).as("port %s", listener).isLessThan(end);
            Thread.sleep(100);
            int from = attempt(listener);
            Thread.sleep(400);
            recorded = Records.all(TRAIL).lines().stream()
                    .anyMatch(line -> line.isHandshake() && line.number("client.port") == from);
        }
    }

    /** 0 if nobody listens. */
    private static int attempt(int listener) throws IOException {
        try {
            return new TlsClient(listener, SITE.certificates().context(Client.ALICE)).attempt();
        } catch (ConnectException e) {
            return 0;
        }
    }

    private TlsClient client(int listener, Client client, String... protocols) {
        return new TlsClient(listener, certificates.context(client), protocols);
    }

    @Test
    void secondListenerIsRecordedAsTheFirst() throws Exception {
        for (int listener : List.of(port, ports.second())) {
            try (var connection = client(listener, Client.ALICE).connect()) {
                Answer answer = connection.get("/api/whoami");
                assertThat(answer.status()).isEqualTo(200);
                Line request = records.request(answer.requestId());
                Line handshake = records.handshake(connection.port());
                assertThat(handshake.number("server.port")).isEqualTo(listener);
                assertThat(request.number("server.port")).isEqualTo(listener);
                assertThat(request.connection()).isEqualTo(handshake.connection());
                assertThat(request.get("user.name")).contains("CN=alice");
            }
            Line refused = records.handshake(client(listener, Client.EXPIRED).attempt());
            assertThat(refused.reason()).isEqualTo("certificate_expired");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsClient.TLS_1_2, TlsClient.TLS_1_3})
    void whereACertificateIsOnlyWantedAClientWithoutIsRefusedByTheContainer(String protocol) throws Exception {
        try (var connection = new TlsClient(ports.want(), certificates.anonymous(), protocol).connect()) {
            Answer answer = connection.get("/api/whoami");
            assertThat(answer.status()).isIn(400, 403);
            Line request = records.request(answer.requestId());
            Line handshake = records.handshake(connection.port());
            assertThat(handshake.get("event.outcome")).isEqualTo("success");
            assertThat(handshake.get("tls.client.subject")).isEmpty();
            assertThat(request.connection()).isEqualTo(handshake.connection());
            assertThat(request.status()).isEqualTo(answer.status());
            assertThat(request.reason()).isIn("400", "forbidden");
            assertThat(request.get("audit.refused_by")).isEqualTo("container");
            assertThat(request.get("user.name")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"EXPIRED, certificate_expired", "REVOKED, certificate_revoked", "SELF_SIGNED, self_signed"})
    void whereACertificateIsOnlyWantedABadOneIsRefused(Client client, String reason) throws Exception {
        for (String protocol : List.of(TlsClient.TLS_1_2, TlsClient.TLS_1_3)) {
            Line refused =
                    records.handshake(client(ports.want(), client, protocol).attempt());
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.get("tls.client.subject"))
                    .isEqualTo(certificates
                            .certificate(client)
                            .getSubjectX500Principal()
                            .getName());
        }
        try (var connection = client(ports.want(), Client.ALICE).connect()) {
            assertThat(connection.get("/api/whoami").status()).isEqualTo(200);
        }
    }

    @Test
    void withoutTlsRequestsAreRecordedAndNoHandshakes() throws Exception {
        try (var connection = new Connection(TlsClient.tcp(ports.plain()))) {
            Answer answer = connection.get("/api/whoami");
            assertThat(answer.status()).isIn(400, 403);
            Line request = records.request(answer.requestId());
            assertThat(request.status()).isEqualTo(answer.status());
            assertThat(request.connection()).isNotEmpty();
            assertThat(request.number("client.port")).isEqualTo(connection.port());
            assertThat(request.number("server.port")).isEqualTo(ports.plain());
            assertThat(request.get("tls.protocol.version")).isEmpty();
            assertThat(records.lines(line -> line.isHandshake() && line.number("client.port") == connection.port()))
                    .isEmpty();
        }
    }

    @Test
    void requestsThatGoOnWithHttp2WithoutTlsAreRecordedOnce() throws Exception {
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        for (int i = 0; i < 3; i++) {
            String id = "h2c-" + i;
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.plain() + "/echo/none"))
                    .header("X-Request-Id", id)
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(records.request(id).status()).isEqualTo(404);
        }
    }

    @Test
    void proxyProtocolThatTheListenerDoesNotSpeakIsNamed() throws Exception {
        try (var socket = TlsClient.tcp(ports.second())) {
            socket.getOutputStream().write("PROXY TCP4 192.0.2.7 192.0.2.8 1234 443\r\n".getBytes(US_ASCII));
            Line handshake = records.handshake(socket.getLocalPort());
            assertThat(handshake.reason()).isEqualTo("not_tls_garbage");
            assertThat(handshake.get("error.message")).contains("a PROXY protocol v1 header");
        }
    }

    @Test
    void requestsOfAjpAreRecordedOnceWithTheProxysConnection() throws Exception {
        try (var connection = new AjpConnection(TlsClient.tcp(ports.ajp()))) {
            for (String path : List.of("/api/whoami", "/nowhere")) {
                int status = connection.get(path);
                Line request = records.requests(1, connection.port()).get(0);
                assertThat(request.status()).isEqualTo(status);
                assertThat(request.get("url.path")).isEqualTo(path);
                assertThat(request.get("client.address")).isEqualTo("127.0.0.1");
                assertThat(request.number("server.port")).isEqualTo(ports.ajp());
                assertThat(request.get("tls.client.subject")).isEmpty();
                beginReading();
            }
        }
        assertThat(records.lines(line -> line.isHandshake() && line.number("server.port") == ports.ajp()))
                .isEmpty();
    }

    @Test
    void requestForAnotherVirtualServerIsRecorded() throws Exception {
        try (var connection = client(ports.second(), Client.ALICE).connect()) {
            connection.send("GET /api/whoami HTTP/1.1\r\nHost: second.example\r\n\r\n");
            Answer answer = connection.read();
            assertThat(answer.status()).isEqualTo(404);
            Line request = records.requests(1, connection.port()).get(0);
            assertThat(request.reason()).isEqualTo("not_found");
            assertThat(request.requestId()).isEqualTo(answer.requestId());
            assertThat(request.connection())
                    .isEqualTo(records.handshake(connection.port()).connection());
        }
    }

    @Test
    void webSocketIsOneRequest() throws Exception {
        var heard = new CompletableFuture<String>();
        WebSocket socket = HttpClient.newBuilder()
                .sslContext(certificates.context(Client.ALICE))
                .build()
                .newWebSocketBuilder()
                .header("X-Request-Id", "socket-1")
                .buildAsync(URI.create("wss://127.0.0.1:" + port + "/echo/echo"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                        heard.complete(text.toString());
                        return null;
                    }
                })
                .get(30, TimeUnit.SECONDS);
        socket.sendText("hello", true).get(30, TimeUnit.SECONDS);
        assertThat(heard.get(30, TimeUnit.SECONDS)).isEqualTo("hello");
        Line request = records.request("socket-1");
        assertThat(request.status()).isEqualTo(101);
        assertThat(request.get("event.outcome")).isEqualTo("success");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(30, TimeUnit.SECONDS);
        secondListenerIsRecordedAsTheFirst();
        long from = request.number("client.port");
        assertThat(records.lines(line -> line.isRequest() && line.number("client.port") == from))
                .hasSize(1);
    }

    @Test
    void listenerThatIsClosedAndOpenedAgainIsFollowedAgain() throws Exception {
        listeners.second(false);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (attempt(ports.second()) != 0) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
        listeners.second(true);
        awaitHooks(ports.second());
        secondListenerIsRecordedAsTheFirst();
    }

    /** Payara takes over into the new one what heard the old one's parser. */
    @Test
    void listenerWhoseConfigurationChangesIsFollowedAsBefore() throws Exception {
        for (int change = 0; change < 2; change++) {
            listeners.renewPlain();
            awaitFollowed(ports.plain());
        }
        int chunked = leaveAfter(Connection.head("POST", "/echo/none", "Transfer-Encoding: chunked")
                .getBytes(US_ASCII));
        int reset = leaveAfter(FramesIT.bytes(FramesIT.PREFACE, FramesIT.SETTINGS + FramesIT.RESET_REQUEST));
        Line first = records.requests(1, chunked).get(0);
        assertThat(first.get("http.request.method")).isEqualTo("POST");
        assertThat(first.get("url.path")).isEqualTo("/echo/none");
        Line second = records.requests(1, reset).get(0);
        assertThat(second.reason()).isEqualTo("client_reset");
        awaitFollowed(ports.plain());
        records.requests(1, chunked);
        records.requests(1, reset);
    }

    /** Sends that to the listener without TLS, and leaves once it was read; gives the client's port. */
    private static int leaveAfter(byte[] sent) throws Exception {
        try (var socket = TlsClient.tcp(ports.plain())) {
            socket.getOutputStream().write(sent);
            Thread.sleep(500);
            return socket.getLocalPort();
        }
    }

    /** A request to a listener that was made a moment ago is on record a moment later. */
    private void awaitFollowed(int plain) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String id = "";
        while (id.isEmpty()) {
            assertThat(System.nanoTime()).as("port %s", plain).isLessThan(end);
            Thread.sleep(100);
            id = askedId(plain);
        }
        records.request(id);
    }

    /** The id that a request has; empty if nobody listens, or nobody follows it. */
    private static String askedId(int plain) {
        try (var connection = new Connection(TlsClient.tcp(plain))) {
            return connection.get("/echo/none").requestId();
        } catch (IOException e) {
            return "";
        }
    }
}
