package io.certrail.it;

import static io.certrail.trail.TrailAssert.assertThatTrail;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.Server;
import io.certrail.dev.pki.Client;
import io.certrail.it.Connection.Answer;
import java.nio.file.Path;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Two applications of one server that have Certrail, each with a trail of its own: each records all, and once. */
final class TwoCertrailsIT {
    private final Site site = Site.current();
    private final List<Path> trails =
            List.of(site.folder().resolve("two-certrail-trail"), site.folder().resolve("two-shop-trail"));

    @Test
    void eachRecordsEveryHandshakeAndRequestOfTheServerOnce() throws Exception {
        int port = Site.freePort();
        WebArchive certrail = ShrinkWrap.createFromZipFile(
                WebArchive.class, Site.built("certrail.war").toFile());
        var options = site.server("two", port)
                .deploy(withTrail(certrail, trails.get(0)), "/")
                .deploy(withTrail(EmbeddedIT.war(), trails.get(1)), "/app");
        try (Server server = Server.start(options, line -> {})) {
            assertRecorded(port, "/api/whoami");
            assertRecorded(port, "/app/shop/orders/4711");
            assertRecordedThoughNoApplicationHears(port);
            assertThat(server.stop()).isTrue();
        }
        for (Path trail : trails) {
            assertThatTrail(trail).verifies();
            assertThat(Records.all(trail).lines()).last().satisfies(line -> {
                assertThat(line.name()).isEqualTo("audit.stopped");
                assertThat(line.get("audit.details.lost")).isEqualTo("0");
            });
        }
    }

    /** In a file of the application: a system property would hold for both. */
    private Path withTrail(WebArchive application, Path trail) {
        application.addAsResource(
                new StringAsset("certrail.trail.folder=" + trail + "\n"), "META-INF/microprofile-config.properties");
        Path war = site.folder().resolve("two-" + trail.getFileName() + ".war");
        application.as(ZipExporter.class).exportTo(war.toFile(), true);
        return war;
    }

    private void assertRecorded(int port, String path) throws Exception {
        List<Records> each = trails.stream().map(Records::new).toList();
        int refused = new TlsClient(port, site.certificates().context(Client.EXPIRED)).attempt();
        try (var connection = new TlsClient(port, site.certificates().context(Client.ALICE)).connect()) {
            Answer answer = connection.get(path);
            assertThat(answer.status()).isEqualTo(200);
            for (Records records : each) {
                Line request = records.requests(1, connection.port()).get(0);
                Line handshake = records.handshake(connection.port());
                assertThat(request.status()).isEqualTo(200);
                assertThat(request.connection()).isEqualTo(handshake.connection());
                assertThat(handshake.get("tls.client.verified")).isEqualTo("true");
                assertThat(handshake.get("tls.resumed")).isEqualTo("false");
                Line turnedAway = records.handshake(refused);
                assertThat(turnedAway.reason()).isEqualTo("certificate_expired");
                assertThat(turnedAway.get("tls.client.subject")).startsWith("CN=expired");
                assertThat(records.lines(Line::isHandshake)).hasSize(2);
                assertThat(records.lines(Line::isRequest)).hasSize(1);
            }
        }
    }

    /** A request without a host, and one whose client resets the connection in the middle of its head. */
    private void assertRecordedThoughNoApplicationHears(int port) throws Exception {
        List<Records> each = trails.stream().map(Records::new).toList();
        var client = new TlsClient(port, site.certificates().context(Client.ALICE));
        try (var hostless = client.connect();
                var cutOff = client.connect()) {
            hostless.send("GET / HTTP/1.1\r\n\r\n");
            assertThat(hostless.read().status()).isEqualTo(400);
            cutOff.send("GET /cut HTTP/1.1\r\nHost: loc");
            for (Records records : each) {
                Line refused = records.requests(1, hostless.port()).get(0);
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.get("audit.refused_by")).isEqualTo("http-parser");
                records.handshake(cutOff.port());
            }
            int cutPort = cutOff.port();
            cutOff.reset();
            for (Records records : each) {
                Line reset = records.requests(1, cutPort).get(0);
                assertThat(reset.reason()).isEqualTo("client_reset");
                assertThat(records.lines(Line::isHandshake)).hasSize(2);
                assertThat(records.lines(Line::isRequest)).hasSize(2);
            }
        }
    }
}
