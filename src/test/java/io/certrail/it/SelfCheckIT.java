package io.certrail.it;

import static io.certrail.trail.TrailAssert.assertThatTrail;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.Server;
import io.certrail.dev.pki.Client;
import io.certrail.dev.pki.PkiFolder;
import io.certrail.it.Connection.Answer;
import io.certrail.scan.ScanMark;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that scans itself: from its own WAR, against its own listener and its own trail. */
final class SelfCheckIT {
    private final Site site = Site.current();
    private int port;

    @Test
    void everyProbeOfASelfCheckIsFoundInTheTrailAndMarkedThere() throws Exception {
        port = Site.freePort();
        Path trail = site.folder().resolve("self-check-trail");
        Path password = Files.writeString(site.folder().resolve("self-check-password"), PkiFolder.PASSWORD + "\n");
        var options = site.server("self-check", port)
                .trail(trail)
                .property("certrail.self-check", "10s")
                .property(
                        "certrail.self-check.clients",
                        site.certificates().folder().toString())
                .property("certrail.self-check.password-file", password.toString())
                .deploy(Site.built("certrail.war"), "/");
        try (Server server = Server.start(options, line -> {})) {
            JsonObject report = firstReport();

            assertThat(report.getString("failure", "")).isEmpty();
            assertThat(report.getString("target")).isEqualTo("https://localhost:" + port);
            assertThat(report.getJsonArray("probes")).hasSizeGreaterThan(40);
            assertThat(report.getJsonArray("findings"))
                    .filteredOn(each -> !each.asJsonObject().getString("id").startsWith("config/")) // of this machine
                    .isEmpty();
            assertThat(report.getInt("score")).isEqualTo(100);
            assertThat(report.getJsonArray("remarks")).isEmpty();
            assertMarked(trail, report);
            assertThat(server.stop()).isTrue(); // in the middle of the next one, perhaps
        }
        assertThatTrail(trail).verifies();
    }

    private JsonObject firstReport() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(3));
        while (Instant.now().isBefore(end)) {
            try (var auditor = new TlsClient(port, site.certificates().context(Client.AUDITOR)).connect()) {
                Answer answer = auditor.get("/api/scan");
                if (answer.status() == 200) {
                    return Json.createReader(new StringReader(answer.body())).readObject();
                }
                assertThat(answer.status()).isEqualTo(404);
            }
            Thread.sleep(500);
        }
        throw new AssertionError("no self-check was made");
    }

    private static void assertMarked(Path trail, JsonObject report) {
        List<Line> marks = Records.all(trail)
                .lines(line -> line.name().equals("app.event")
                        && line.get("app.action").equals(ScanMark.ACTION)
                        && line.get("app.attributes.from").equals(report.getString("began")));
        assertThat(marks).singleElement().satisfies(mark -> {
            assertThat(mark.get("tls.client.subject")).startsWith("CN=alice");
            assertThat(mark.get("app.attributes.to")).isEqualTo(report.getString("ended"));
            assertThat(mark.get("app.attributes.score")).isEqualTo(Integer.toString(report.getInt("score")));
        });
    }
}
