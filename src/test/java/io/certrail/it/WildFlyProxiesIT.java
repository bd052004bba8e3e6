package io.certrail.it;

import static io.certrail.trail.TrailAssert.assertThatTrail;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.Server;
import io.certrail.dev.WildFly;
import io.certrail.dev.pki.Client;
import io.certrail.it.Connection.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listeners of WildFly's with the PROXY protocol, for those who come through a proxy. */
final class WildFlyProxiesIT {
    private static final String PROXY = "PROXY TCP4 192.0.2.7 192.0.2.8 1234 443\r\n";

    private static Path trail;
    private static int plain;
    private static int secure;
    private static Server server;

    private final Certificates certificates = Site.current().certificates();
    private Records records;

    @BeforeAll
    static void start() throws Exception {
        Site site = Site.current();
        trail = site.folder().resolve("proxies-trail");
        plain = Site.freePort();
        secure = Site.freePort();
        var options = site.server("proxies", Site.freePort()).trail(trail).deploy(Site.built("certrail.war"), "/");
        var product = (WildFly) options.product();
        server = Server.start(
                options.product(product.with(List.of(
                        MoreListeners.OfWildFly.binding("proxied", plain),
                        MoreListeners.OfWildFly.binding("proxied-tls", secure),
                        MoreListeners.OfWildFly.listener("http", "proxied", "proxy-protocol=true"),
                        MoreListeners.OfWildFly.listener(
                                "https", "proxied-tls", "proxy-protocol=true, ssl-context=certrail")))),
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
}
