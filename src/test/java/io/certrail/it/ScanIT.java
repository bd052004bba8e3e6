package io.certrail.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.pki.PkiFolder;
import io.certrail.scan.Progress;
import io.certrail.scan.Scan;
import io.certrail.scan.ScanMark;
import io.certrail.scan.ScanOptions;
import io.certrail.scan.ScanOptions.Pace;
import io.certrail.scan.finding.Grade;
import io.certrail.scan.finding.Judgement;
import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.log.LogSource;
import io.certrail.scan.log.TrailApi;
import io.certrail.scan.log.TrailFolder;
import io.certrail.scan.pki.MadeCredentials;
import io.certrail.scan.probe.Client;
import io.certrail.scan.probe.CredentialFiles;
import io.certrail.scan.probe.Credentials;
import io.certrail.scan.probe.Credentials.Kind;
import io.certrail.scan.probe.Target;
import io.certrail.scan.probe.Trust;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Certrail scanned by its own scanner: every probe is in one record, precisely, once. */
final class ScanIT extends OnServer {
    private static final char[] PASSWORD = PkiFolder.PASSWORD.toCharArray();

    @Test
    void everyProbeIsFoundInOneRecord() throws Exception {
        ScanReport report = scan(new TrailFolder(site.trail()));

        assertThat(report.judgements()).hasSizeGreaterThan(40);
        assertThat(report.judgements().stream().filter(each -> !faults(each).isEmpty()))
                .as("probes with faults")
                .extracting(each -> "%s: %s: expected %s, saw %s; log: %s"
                        .formatted(each.probe(), faults(each), each.expected(), each.saw(), each.lines()))
                .isEmpty();
        assertThat(report.findings()).isEmpty();
        assertThat(report.score()).isEqualTo(100);
        assertThat(report.untested()).extracting(each -> each.probe()).containsExactly("server-error");
    }

    @Test
    void trailIsReadByTheApi() throws Exception {
        var auditor = new CredentialFiles(
                Map.of(Kind.GOOD, new PkiFolder(certificates.folder()).clientPkcs12("auditor")), PASSWORD);
        var url = URI.create("https://localhost:" + site.port());
        try (LogSource api = new TrailApi(url, Client.context(auditor, trust()))) {
            api.mark();
            try (var connection = connect(io.certrail.dev.pki.Client.ALICE)) {
                String id = connection.get("/api/whoami").requestId();
                records.request(id);
                assertThat(api.poll()).anyMatch(line -> line.contains(id));
            }
        }
    }

    @Test
    void lastReportIsForAuditors() throws Exception {
        try (var auditor = connect(io.certrail.dev.pki.Client.AUDITOR);
                var alice = connect(io.certrail.dev.pki.Client.ALICE)) {
            assertThat(auditor.get("/api/scan").status()).isEqualTo(404);
            Path file = Files.writeString(site.trail().resolve("scan.json"), "{\"schema\":\"1\"}");
            try {
                assertThat(auditor.get("/api/scan").body()).isEqualTo("{\"schema\":\"1\"}");
                assertThat(alice.get("/api/scan").status()).isEqualTo(403);
            } finally {
                Files.delete(file);
            }
        }
    }

    @Test
    void markTellsProbesFromAttacks() throws Exception {
        var now = Instant.now();
        var report = new ScanReport(
                "https://localhost",
                now,
                now,
                "none",
                List.of(),
                "test",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        ScanMark.leave(options(), report, null, Clock.systemUTC());

        Line event = records.awaitOne(line -> line.get("app.action").equals(ScanMark.ACTION));
        assertThat(event.get("app.attributes.from")).isEqualTo(now.toString());
        assertThat(event.get("tls.client.subject")).startsWith("CN=alice");
    }

    private static List<String> faults(Judgement judgement) {
        return judgement.marks().entrySet().stream()
                .filter(each ->
                        each.getValue().grade() == Grade.FAIL || each.getValue().grade() == Grade.PARTIAL)
                .map(each -> each.getKey() + ": " + each.getValue().note())
                .toList();
    }

    private ScanReport scan(LogSource log) throws Exception {
        return new Scan(options(), List.of(log), Clock.systemUTC(), "test").run(List.of(), Progress.NONE);
    }

    private ScanOptions options() throws Exception {
        Credentials made = MadeCredentials.of(
                certificates.hostile().key(), List.of(certificates.hostile().certificate()), Clock.systemUTC());
        Credentials files = new CredentialFiles(CredentialFiles.inFolder(certificates.folder()), PASSWORD);
        return new ScanOptions(
                Target.of("https://localhost:" + site.port(), Target.Paths.CERTRAIL),
                trust(),
                Credentials.firstOf(List.of(made, files)),
                "certrail",
                Pace.SLOW);
    }

    private Trust trust() throws Exception {
        return Trust.in(CredentialFiles.certificates(new PkiFolder(certificates.folder()).root()));
    }
}
