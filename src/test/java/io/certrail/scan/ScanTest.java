package io.certrail.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.certrail.scan.LoggingServer.Habits;
import io.certrail.scan.LoggingServer.Happening;
import io.certrail.scan.ScanOptions.Pace;
import io.certrail.scan.finding.Finding;
import io.certrail.scan.finding.Judgement;
import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.finding.Severity;
import io.certrail.scan.finding.Untested;
import io.certrail.scan.log.LogFile;
import io.certrail.scan.pki.MadeCredentials;
import io.certrail.scan.probe.Credential;
import io.certrail.scan.probe.Credentials;
import io.certrail.scan.probe.Credentials.Kind;
import io.certrail.scan.probe.Target;
import io.certrail.scan.probe.Trust;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole scans of servers that log badly on purpose: each finding is provoked, and what is good is not found. */
@Timeout(120)
class ScanTest {
    /** Certificates that are made for probes; without one the probe is not made, and the scan is over sooner. */
    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

    private static final Set<Kind> NONE = EnumSet.noneOf(Kind.class);

    private static final Pace QUICK =
            new Pace(Duration.ofMillis(60), Duration.ofSeconds(3), Duration.ofMillis(1_500), Duration.ofMillis(1_000));

    /** Where nothing comes there is nothing to wait for. */
    private static final Pace UNHEARD =
            new Pace(QUICK.pause(), QUICK.patience(), QUICK.stall(), Duration.ofMillis(100));

    /** Lines that name an address alone can be told apart only if probes are. */
    private static final Pace SLOWER =
            new Pace(Duration.ofMillis(350), QUICK.patience(), QUICK.stall(), QUICK.within());

    @TempDir
    Path folder;

    @Test
    void serverThatLogsNothingScoresNextToNothing() throws Exception {
        ScanReport report = scan(Habits.logging(happening -> ""), UNHEARD, ALL);

        assertThat(report.findings())
                .extracting(Finding::id)
                .contains(
                        "not-recorded/authentication",
                        "not-recorded/authorization",
                        "not-recorded/input",
                        "not-recorded/availability")
                .doesNotContain("reason-missing/authentication", "forged-record/data-exposure");
        assertThat(finding(report, "not-recorded/authentication").severity()).isEqualTo(Severity.HIGH);
        assertThat(finding(report, "not-recorded/input").severity()).isEqualTo(Severity.MEDIUM);
        assertThat(report.score()).isLessThan(25);
        assertThat(report.judgements()).hasSizeGreaterThan(35);
    }

    @Test
    void serverThatLogsWellIsFoundToDoSo() throws Exception {
        ScanReport report = scan(Habits.logging(ScanTest::thorough));

        assertThat(report.profile()).startsWith("tracing-subscriber");
        assertThat(report.findings()).extracting(Finding::id).noneMatch(id -> id.contains("data-exposure"));
        assertThat(judgement(report, "request-served/1.3")).matches(Judgement::isFlawless, "flawless");
        assertThat(judgement(report, "forbidden")).matches(Judgement::isFlawless, "flawless");
        assertThat(judgement(report, "hostile-name/1.3")).matches(Judgement::isFlawless, "flawless");
        // The JDK tells a server the certificate only after it accepted it.
        assertThat(finding(report, "identity-missing/authentication").evidence())
                .extracting(evidence -> evidence.subject().replaceAll("/1\\.[23]", ""))
                .contains("certificate-expired", "certificate-self-signed")
                .doesNotContain("request-served", "handshake-only", "hostile-name");
    }

    @Test
    void carelessServerIsCaughtWithSecretsForgeriesAndCertificates() throws Exception {
        ScanReport report = scan(Habits.logging(ScanTest::careless));

        assertThat(finding(report, "secret-logged/data-exposure").severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding(report, "secret-logged/data-exposure")
                        .evidence()
                        .get(0)
                        .note())
                .contains("the query", "the cookie", "the Authorization header");
        assertThat(finding(report, "forged-record/data-exposure").evidence())
                .extracting(evidence -> evidence.subject())
                .contains("hostile-path", "hostile-name/1.3");
        assertThat(finding(report, "raw-controls/data-exposure").severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding(report, "certificate-logged/data-exposure").affected())
                .isPositive();
        assertThat(finding(report, "unstructured/input").affected()).isPositive();
    }

    @Test
    void valueThatClosesAJsonStringIsSeenToForgeAMember() throws Exception {
        ScanReport report = scan(
                Habits.logging(happening -> "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"level\":\"INFO\","
                        + "\"target\":\"app\",\"fields\":{\"client_addr\":\"" + happening.address()
                        + "\",\"client_port\":"
                        + happening.port() + ",\"status\":" + happening.status() + ",\"agent\":\""
                        + happening.header("User-Agent")
                        + "\"}}\n"),
                QUICK,
                EnumSet.of(Kind.HOSTILE_NAME));

        assertThat(finding(report, "forged-record/data-exposure").evidence())
                .extracting(evidence -> evidence.subject())
                .containsExactly("hostile-agent");
    }

    @Test
    void serverThatServesBadCertificatesIsToldFromOneThatLogsBadly() throws Exception {
        ScanReport report = scan(new Habits(true, Habits.PLAIN, ScanTest::thorough));

        Finding decision = finding(report, "wrong-decision/authentication");
        assertThat(decision.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(decision.evidence())
                .extracting(evidence -> evidence.subject())
                .contains("certificate-expired/1.2", "certificate-untrusted/1.3", "certificate-missing/1.3")
                .doesNotContain("possession-not-proved/1.3");
        assertThat(judgement(report, "certificate-expired/1.3").expected()).isEqualTo("status 200");
    }

    @Test
    void reasonInTheAnswerIsALeak() throws Exception {
        ScanReport report = scan(new Habits(true, ScanTest::tellingAll, ScanTest::thorough));

        assertThat(finding(report, "reason-leaked/data-exposure").evidence())
                .extracting(evidence -> evidence.subject())
                .contains("certificate-expired/1.3", "certificate-not-yet-valid/1.2", "not-found");
    }

    @Test
    void recordsThatComeTwiceOrLateAreFound() throws Exception {
        ScanReport report = scan(
                Habits.logging(happening -> {
                    pause(happening.path().equals("/forbidden") ? 1_600 : 0);
                    return accessLine(happening).repeat(2);
                }),
                QUICK,
                NONE);

        assertThat(report.profile()).startsWith("nginx");
        assertThat(finding(report, "repeated/input").severity()).isEqualTo(Severity.INFO);
        assertThat(finding(report, "late/authorization").evidence())
                .extracting(evidence -> evidence.subject())
                .containsExactly("forbidden");
    }

    @Test
    void addressWithoutPortIsTiedToItsProbeByTime() throws Exception {
        ScanReport report = scan(
                Habits.logging(happening -> happening.fault().isEmpty()
                        ? ""
                        : "2026/11/25 16:00:00 [info] 7#7: *" + happening.port()
                                + " SSL_do_handshake() failed (SSL: error:0A000086:SSL routines::certificate verify failed) while"
                                + " SSL handshaking, client: " + happening.address() + ", server: 127.0.0.1:443\n"),
                SLOWER,
                EnumSet.of(Kind.EXPIRED));

        Judgement expired = judgement(report, "certificate-expired/1.2");
        assertThat(expired.lines()).hasSize(1);
        assertThat(finding(report, "peer-missing/authentication").severity()).isEqualTo(Severity.LOW);
        assertThat(finding(report, "reason-missing/authentication").severity()).isEqualTo(Severity.LOW);
    }

    @Test
    void whatCannotBeScannedIsSaidClearly() throws Exception {
        Path log = Files.createFile(folder.resolve("log"));
        int free;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = probe.getLocalPort();
        }
        assertThatThrownBy(() -> scan("https://localhost:" + free, log))
                .isInstanceOf(ScanException.class)
                .hasMessageContaining("no server answers");
        try (var plain = new PlainServer()) {
            assertThatThrownBy(() -> scan("https://localhost:" + plain.port(), log))
                    .isInstanceOf(ScanException.class)
                    .hasMessageContaining("does not speak TLS");
        }
        try (var server = new LoggingServer(log, Habits.logging(happening -> ""))) {
            assertThatThrownBy(() -> scan(server.url(), folder.resolve("missing")))
                    .isInstanceOf(ScanException.class)
                    .hasMessageContaining("is not there");
            assertThatThrownBy(() -> scan(server.url() + "/forbidden", log))
                    .isInstanceOf(ScanException.class)
                    .hasMessageContaining("status 403");
        }
    }

    @Test
    void probesThatFoundNoConnectionAreUntestedAndNotUnrecorded() throws Exception {
        ScanReport report =
                scanOfServerThatListensUntil(happening -> happening.path().startsWith("/certrail-scan"));

        assertThat(report.findings()).extracting(Finding::id).doesNotContain("not-recorded/data-exposure");
        assertThat(report.judgements())
                .extracting(Judgement::probe)
                .contains("forbidden", "not-found")
                .doesNotContain("hostile-agent", "secrets", "connection-silent");
        assertThat(report.untested())
                .extracting(Untested::probe, Untested::why)
                .contains(tuple("secrets", "no connection was made: Connection refused"))
                .contains(tuple("connection-silent", "no connection was made: Connection refused"));
    }

    @Test
    void serverThatMostProbesCannotConnectToIsReportedWithWhatWasSeenOfIt() throws Exception {
        var asked = new AtomicInteger(); // first by the good client, in each version of TLS
        ScanReport report = scanOfServerThatListensUntil(happening -> asked.incrementAndGet() == 2);

        assertThat(report.judgements()).extracting(Judgement::probe).contains("request-served/1.3");
        assertThat(report.untested()).extracting(Untested::why).contains("no connection was made: Connection refused");
        assertThat(report.remarks())
                .singleElement()
                .asString()
                .contains(" probes found no connection, and are not judged: is https://localhost:");
    }

    @Test
    void probesOfAVersionInWhichTheGoodClientFoundNoConnectionAreLostAndNotSwitchedOff() throws Exception {
        var asked = new AtomicInteger();
        ScanReport report = scanOfServerThatListensUntil(happening -> asked.incrementAndGet() == 1);

        Untested good = report.untested().stream()
                .filter(each -> each.probe().equals("request-served/1.3"))
                .findFirst()
                .orElseThrow();
        assertThat(good.why()).isEqualTo("no connection was made: Connection refused");
        assertThat(report.judgements()).extracting(Judgement::probe).contains("request-served/1.2");
        assertThat(report.untested()).extracting(Untested::why).noneMatch(why -> why.contains("switched off"));
        assertThat(report.untested()).extracting(Untested::probe).doesNotHaveDuplicates();
        assertThat(report.untested())
                .filteredOn(each -> each.probe().endsWith("/1.3") && each.why().startsWith("no connection"))
                .hasSizeGreaterThan(1)
                .allMatch(Untested::lost);
        assertThat(report.loss()).isPresent();
    }

    private ScanReport scanOfServerThatListensUntil(Predicate<Happening> last) throws Exception {
        Path log = folder.resolve("server.log");
        var running = new AtomicReference<LoggingServer>();
        Function<Happening, String> answer = happening -> {
            if (last.test(happening)) {
                running.get().stopListening();
            }
            return Habits.PLAIN.apply(happening);
        };
        try (var server = new LoggingServer(log, new Habits(false, answer, ScanTest::thorough))) {
            running.set(server);
            return scan(server.url(), log);
        }
    }

    private ScanReport scan(Habits habits) throws Exception {
        return scan(habits, QUICK, ALL);
    }

    private ScanReport scan(Habits habits, Pace pace, Set<Kind> made) throws Exception {
        Path log = folder.resolve("server.log");
        try (var server = new LoggingServer(log, habits)) {
            return scan(server.url(), log, pace, made);
        }
    }

    private static ScanReport scan(String url, Path log) throws Exception {
        return scan(url, log, QUICK, NONE);
    }

    private static ScanReport scan(String url, Path log, Pace pace, Set<Kind> made) throws Exception {
        Credentials all = MadeCredentials.of(
                LoggingServer.ROOT.key(), List.of(LoggingServer.ROOT.certificate()), Clock.systemUTC());
        Credentials some = (kind, nonce) -> made.contains(kind) ? all.find(kind, nonce) : Optional.empty();
        var paths = new Target.Paths("/", "/forbidden", null, null);
        var options = new ScanOptions(
                Target.of(url, paths),
                Trust.in(List.of(LoggingServer.ROOT.certificate())),
                Credentials.firstOf(List.of(some, ScanTest::good)),
                null,
                pace);
        return new Scan(options, List.of(new LogFile(log)), Clock.systemUTC(), "test").run(List.of(), Progress.NONE);
    }

    private static Optional<Credential> good(Kind kind, String nonce) {
        boolean known = kind == Kind.GOOD || kind == Kind.UNPRIVILEGED;
        return known
                ? Optional.of(new Credential(LoggingServer.CLIENT.key(), List.of(LoggingServer.CLIENT.certificate())))
                : Optional.empty();
    }

    /** As an Axum service with tracing-subscriber's JSON would log at its best. */
    private static String thorough(Happening happening) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("message", happening.fault().isEmpty() ? "request" : "handshake");
        fields.put("client_addr", happening.address());
        fields.put("client_port", Integer.toString(happening.port()));
        fields.put("client_subject", happening.subject());
        if (!happening.chain().isEmpty()) {
            fields.put(
                    "client_serial", happening.chain().get(0).getSerialNumber().toString(16));
        }
        fields.put("error", happening.fault());
        fields.put("status", happening.status() == 0 ? "" : Integer.toString(happening.status()));
        fields.put("outcome", happening.fault().isEmpty() ? "success" : "failure");
        fields.put("request_id", happening.header("X-Request-Id"));
        var object = jakarta.json.Json.createObjectBuilder();
        fields.forEach(object::add);
        return jakarta.json.Json.createObjectBuilder()
                        .add("timestamp", "2026-11-25T16:00:00Z")
                        .add("level", "INFO")
                        .add("target", "axum")
                        .add("fields", object)
                        .build()
                + "\n";
    }

    /** Everything, as it came. */
    private static String careless(Happening happening) {
        String pem = happening.chain().isEmpty() ? "" : pem(happening);
        String path = URLDecoder.decode(happening.path(), StandardCharsets.ISO_8859_1);
        return "request from " + happening.address() + ":" + happening.port() + " " + happening.subjectRaw() + " "
                + path
                + " " + happening.status() + " " + happening.request().replace("\r\n", " | ") + pem + happening.fault()
                + "\n";
    }

    private static String pem(Happening happening) {
        try {
            return Base64.getEncoder().encodeToString(happening.chain().get(0).getEncoded());
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String accessLine(Happening happening) {
        return happening.status() == 0
                ? ""
                : happening.address() + " - - [25/Nov/2026:16:00:00 +0000] \"GET " + happening.path() + "\" "
                        + happening.status() + " 2 \"-\" \""
                        + happening.header("User-Agent").replace('"', '_') + "\"\n";
    }

    /** The application judges the certificate, and tells the client how. */
    private static String tellingAll(Happening happening) {
        if (happening.path().startsWith("/certrail-scan")) {
            return "404 Not Found\njava.nio.file.NoSuchFileException: x\n\tat app.Files.open(Files.java:12)";
        }
        try {
            if (!happening.chain().isEmpty()) {
                happening.chain().get(0).checkValidity();
            }
            return Habits.PLAIN.apply(happening);
        } catch (CertificateException e) {
            return "403 Forbidden\n" + e.getMessage();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Finding finding(ScanReport report, String id) {
        Function<Finding, String> ids = Finding::id;
        return report.findings().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not among "
                        + report.findings().stream().map(ids).toList()));
    }

    private static Judgement judgement(ScanReport report, String probe) {
        return report.judgements().stream()
                .filter(each -> each.probe().equals(probe))
                .findFirst()
                .orElseThrow(() -> new AssertionError(probe + " was not made"));
    }
}
