package io.certrail.it;

import static io.certrail.trail.TrailAssert.assertThatTrail;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.Server;
import io.certrail.dev.WildFly;
import io.certrail.dev.pki.Client;
import io.certrail.it.Connection.Answer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listeners of WildFly's for those who come through a proxy: the PROXY protocol, and AJP. */
final class WildFlyProxiesIT {
    private static final String PROXY = "PROXY TCP4 192.0.2.7 192.0.2.8 1234 443\r\n";
    private static final int FORWARD_REQUEST = 2;
    private static final int GET = 2;
    private static final int HOST = 0xA00B;
    private static final int SEND_HEADERS = 4;
    private static final int END_RESPONSE = 5;

    private static Path trail;
    private static int plain;
    private static int secure;
    private static int ajp;
    private static Server server;

    private final Certificates certificates = Site.current().certificates();
    private Records records;

    @BeforeAll
    static void start() throws Exception {
        Site site = Site.current();
        trail = site.folder().resolve("proxies-trail");
        plain = Site.freePort();
        secure = Site.freePort();
        ajp = Site.freePort();
        var options = site.server("proxies", Site.freePort()).trail(trail).deploy(Site.built("certrail.war"), "/");
        var product = (WildFly) options.product();
        server = Server.start(
                options.product(product.with(List.of(
                        MoreListeners.OfWildFly.binding("proxied", plain),
                        MoreListeners.OfWildFly.binding("proxied-tls", secure),
                        MoreListeners.OfWildFly.binding("ajp-proxied", ajp),
                        MoreListeners.OfWildFly.listener("http", "proxied", "proxy-protocol=true"),
                        MoreListeners.OfWildFly.listener(
                                "https", "proxied-tls", "proxy-protocol=true, ssl-context=certrail"),
                        MoreListeners.OfWildFly.listener("ajp", "ajp-proxied", "max-header-size=8192")))),
                line -> {});
    }

    @AfterAll
    static void stop() {
        server.stop();
        assertThatTrail(trail).verifies();
        Line last = Records.all(trail).lines().stream().reduce((a, b) -> b).orElseThrow();
        assertThat(last.name()).isEqualTo("audit.stopped");
        assertThat(last.get("audit.details.lost")).isEqualTo("0");
    }

    @BeforeEach
    void beginReading() {
        records = new Records(trail);
    }

    @Test
    void requestThroughAProxyIsRecordedWithTheAddressesThatTheProxyTells() throws Exception {
        try (var connection = new Connection(TlsClient.tcp(plain))) {
            connection.send(PROXY);
            Answer answer = connection.get("/api/whoami");
            Line request = records.request(answer.requestId());
            assertThat(request.status()).isEqualTo(403);
            assertThat(request.get("client.address")).isEqualTo("192.0.2.7");
            assertThat(request.number("client.port")).isEqualTo(1234);
            assertThat(request.get("server.address")).isEqualTo("192.0.2.8");
        }
    }

    @Test
    void handshakeThroughAProxyIsRecordedWithThemAndJoinedToItsRequests() throws Exception {
        try (Socket tcp = TlsClient.tcp(secure)) {
            tcp.getOutputStream().write(PROXY.getBytes(ISO_8859_1));
            var connection = new TlsClient(secure, certificates.context(Client.ALICE)).connect(tcp);
            for (int i = 0; i < 2; i++) {
                Answer answer = connection.get("/api/whoami");
                assertThat(answer.status()).isEqualTo(200);
                Line request = records.request(answer.requestId());
                Line handshake = records.handshake(1234);
                assertThat(handshake.get("client.address")).isEqualTo("192.0.2.7");
                assertThat(request.connection()).isEqualTo(handshake.connection());
                assertThat(request.get("client.address")).isEqualTo("192.0.2.7");
            }
        }
        beginReading();
        try (Socket tcp = TlsClient.tcp(secure)) {
            tcp.getOutputStream().write(PROXY.getBytes(ISO_8859_1));
            try (var connection = new TlsClient(secure, certificates.context(Client.EXPIRED)).connect(tcp)) {
                connection.get("/");
            } catch (IOException e) {
                // The refusal; the trail tells what it was.
            }
        }
        Line refused = records.handshake(1234);
        assertThat(refused.reason()).isEqualTo("certificate_expired");
        assertThat(refused.get("tls.client.subject")).startsWith("CN=expired");
    }

    @Test
    void requestThatDoesNotParseIsRecordedBehindAProxyToo() throws Exception {
        try (var connection = new Connection(TlsClient.tcp(plain))) {
            connection.send(PROXY + "GET / NONSENSE\r\nHost: localhost\r\n\r\n");
            Line request = records.awaitOne(Line::isRequest);
            assertThat(request.reason()).isEqualTo("bad_request_line");
            assertThat(request.get("audit.refused_by")).isEqualTo("http-parser");
            assertThat(request.get("client.address")).isEqualTo("192.0.2.7");
        }
    }

    @Test
    void requestOfAjpIsRecordedOnceWithTheProxysConnection() throws Exception {
        try (Socket socket = TlsClient.tcp(ajp)) {
            for (String path : List.of("/api/whoami", "/nowhere")) {
                socket.getOutputStream().write(forward(path));
                int status = answer(socket);
                Line request = records.requests(1, socket.getLocalPort()).get(0);
                assertThat(request.status()).isEqualTo(status);
                assertThat(request.get("url.path")).isEqualTo(path);
                assertThat(request.get("client.address")).isEqualTo("127.0.0.1");
                assertThat(request.get("tls.client.subject")).isEmpty();
                beginReading();
            }
        }
    }

    /** AJP 1.3: a request without a body, of a client that the proxy says to be 192.0.2.7. */
    private static byte[] forward(String path) throws IOException {
        var body = new ByteArrayOutputStream();
        var out = new DataOutputStream(body);
        out.writeByte(FORWARD_REQUEST);
        out.writeByte(GET);
        string(out, "HTTP/1.1");
        string(out, path);
        string(out, "192.0.2.7");
        string(out, "client.example");
        string(out, "localhost");
        out.writeShort(443);
        out.writeBoolean(true);
        out.writeShort(1);
        out.writeShort(HOST);
        string(out, "localhost");
        out.writeByte(0xFF);
        var packet = new ByteArrayOutputStream();
        var all = new DataOutputStream(packet);
        all.writeShort(0x1234);
        all.writeShort(body.size());
        body.writeTo(all);
        return packet.toByteArray();
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        out.writeShort(text.length());
        out.write(text.getBytes(ISO_8859_1));
        out.writeByte(0);
    }

    /** The status of the answer, which is read to its end. */
    private static int answer(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        int status = 0;
        int type = 0;
        while (type != END_RESPONSE) {
            in.readShort();
            byte[] message = in.readNBytes(in.readUnsignedShort());
            type = message[0];
            if (type == SEND_HEADERS) {
                status = (message[1] & 0xFF) << 8 | message[2] & 0xFF;
            }
        }
        return status;
    }
}
