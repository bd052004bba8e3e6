package io.certrail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.scan.LoggingServer;
import io.certrail.scan.LoggingServer.Habits;
import io.certrail.scan.LoggingServer.Happening;
import io.certrail.scan.probe.Credentials;
import io.certrail.scan.probe.Credentials.Kind;
import io.certrail.tls.TestPki.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ScanCommandTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private Path log;

    @BeforeEach
    void writePki() throws Exception {
        log = Files.createFile(folder.resolve("server.log"));
        store(folder.resolve("good.p12"), LoggingServer.CLIENT);
        pem(
                folder.resolve("ca.pem"),
                "CERTIFICATE",
                LoggingServer.ROOT.certificate().getEncoded());
        pem(folder.resolve("ca.key"), "PRIVATE KEY", LoggingServer.ROOT.key().getEncoded());
    }

    @Test
    void scanEndsByItsFindingsAndWritesEveryForm() throws Exception {
        Path accepted = Files.writeString(folder.resolve("baseline.json"), baseline("2999-12-31"));
        try (var server = new LoggingServer(log, Habits.logging(happening -> ""))) {
            CommandRun run = scan(
                    server.url(),
                    List.of(
                            "--fail-on",
                            "high",
                            "--format",
                            "text",
                            "--format",
                            "json=" + folder.resolve("a.json"),
                            "--format",
                            "sarif=" + folder.resolve("a.sarif"),
                            "--format",
                            "html=" + folder.resolve("a.html"),
                            "--format",
                            "junit=" + folder.resolve("a.xml")));

            assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.FINDINGS);
            assertThat(run.out())
                    .contains("HIGH Nothing is recorded", "not-recorded/authentication", "Score ", "Not tested");
            assertThat(run.err()).contains("and no other host", "request-served/1.3");
            assertThat(Stream.of("a.json", "a.sarif", "a.html", "a.xml").map(folder::resolve))
                    .allSatisfy(file -> assertThat(file).isNotEmptyFile());

            run = scanWithoutCa(server.url(), List.of("--fail-on", "high", "--baseline", accepted.toString()));
            assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.GOOD);
            assertThat(run.out()).contains("accepted until 2999-12-31: known");
        }
    }

    @Test
    void reportIsWrittenThroughNoLinkAndThoughAnotherCannotBe() throws Exception {
        Path other = Files.writeString(folder.resolve("other"), "another's");
        Files.createSymbolicLink(folder.resolve("scan.json.new"), other);
        Files.createDirectories(folder.resolve("a.html.new").resolve("in-the-way"));
        try (var server = new LoggingServer(log, Habits.logging(happening -> ""))) {
            CommandRun run = scanWithoutCa(
                    server.url(),
                    List.of("--format", "html=" + path("a.html"), "--format", "json=" + path("scan.json")));

            assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.UNREADABLE);
            assertThat(run.err()).contains("a.html.new");
            assertThat(other).hasContent("another's");
            assertThat(folder.resolve("scan.json")).isRegularFile().isNotEmptyFile();
            assertThat(Files.isSymbolicLink(folder.resolve("scan.json"))).isFalse();
            assertThat(folder.resolve("scan.json.new")).doesNotExist();
        }
    }

    @Test
    void markThatCannotBeLeftIsANoteInTheReport() throws Exception {
        Path odd = Files.createFile(folder.resolve("odd\u001b[31m.log"));
        Files.setPosixFilePermissions(odd, PosixFilePermissions.fromString("rw-rw----"));
        try (var server = new LoggingServer(log, Habits.logging(happening -> ""))) {
            CommandRun run = scanWithoutCa(
                    server.url(), List.of("--mark", "--json", "/app/api/events", "--log", odd.toString()));

            assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.FINDINGS);
            assertThat(run.out())
                    .contains("Score ", "Note: the probes are not marked in the trail: ", "/app/api/events answered 4");
            assertThat(run.out()).contains("odd\\u001b[31m.log").doesNotContain("\u001b");
        }
    }

    @Test
    void serverThatIsGoneUnderTheScanHasNotPassedIt() throws Exception {
        var running = new AtomicReference<LoggingServer>();
        Function<Happening, String> answer = happening -> {
            if (happening.request().contains(" /certrail-scan")) { // of the probe not-found
                running.get().stopListening();
            }
            return Habits.PLAIN.apply(happening);
        };
        Path accepted = Files.writeString(folder.resolve("baseline.json"), baseline("2999-12-31"));
        try (var server = new LoggingServer(log, new Habits(false, answer, happening -> ""))) {
            running.set(server);
            CommandRun run = scan(
                    server.url(),
                    List.of(
                            "--baseline",
                            accepted.toString(),
                            "--format",
                            "text",
                            "--format",
                            "sarif=" + path("a.sarif")));

            assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.UNREADABLE);
            assertThat(run.out())
                    .containsPattern("Note: \\d+ of \\d+ probes found no connection, and are not judged: is https:");
            assertThat(run.err()).contains(" probes found no connection");
            assertThat(Files.readString(folder.resolve("a.sarif")))
                    .contains("\"executionSuccessful\": false", " probes found no connection");
        }
    }

    private static String baseline(String expires) {
        return Stream.of("authentication", "authorization", "data-exposure")
                .map(signal -> "{\"finding\":\"not-recorded/" + signal + "\",\"reason\":\"known\",\"expires\":\""
                        + expires + "\"}")
                .collect(Collectors.joining(",", "{\"accepted\":[", "]}"));
    }

    @Test
    void dryRunConnectsToNobody() {
        CommandRun run = scan("https://192.0.2.1", List.of("--dry-run"));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Would connect to https://192.0.2.1:443", "certificate-expired/1.3", "--failing PATH");
    }

    @Test
    void wrongUsageIsSaidBeforeAnythingIsDone() {
        assertUsage(CommandRun.of("scan", "https://localhost:1", "--client", path("good.p12")), "Where is the log?");
        assertUsage(scan("http://localhost", List.of()), "expected https://host:port");
        assertUsage(scan("https://localhost", List.of("--format", "pdf")), "expected one of text, json");
        assertUsage(scan("https://localhost", List.of("--pause", "1")), "50 ms or more");
        assertUsage(scan("https://localhost", List.of("--stall", "100")), "expected 1 to 60 s");
        assertUsage(scan("https://localhost", List.of("--certificate", "rotten=x.p12")), "no such kind");
        assertUsage(scan("https://localhost", List.of("--trail", "https://localhost")), log + " is no trail's folder");
        assertUsage(
                CommandRun.of("scan", "https://localhost", "--client", path("good.p12"), "--ca-key", path("ca.key")),
                "belong together");
    }

    @Test
    void fileThatCannotBeMadeIsWrongUsage() {
        String missing = folder.resolve("missing").resolve("a.html").toString();

        assertUsage(
                scan(
                        "https://localhost:1",
                        List.of("--format", "html=" + missing, "--format", "json=" + path("a.json"))),
                "there is no folder " + folder.resolve("missing"));
        assertUsage(scan("https://localhost:1", List.of("--format", "json=")), "json=: expected the name of a file");
        assertUsage(scan("https://localhost:1", List.of("--format", "json=" + folder)), "expected the name of a file");
    }

    @Test
    void keyOfAnotherAuthorityIsWrongUsage() throws Exception {
        pem(
                folder.resolve("other.key"),
                "PRIVATE KEY",
                LoggingServer.CLIENT.key().getEncoded());

        assertUsage(
                CommandRun.of(
                        "scan",
                        "https://localhost",
                        "--client",
                        path("good.p12"),
                        "--ca-cert",
                        path("ca.pem"),
                        "--ca-key",
                        path("other.key"),
                        "--dry-run"),
                "other.key is of no use");
    }

    @Test
    void trailsMayBeReadByFolderAndByApiTogether() throws Exception {
        Path trail = folder.resolve("trail");
        Files.createDirectories(trail.resolve("entries"));
        CommandRun run = CommandRun.of(
                "scan",
                "https://192.0.2.1",
                "--client",
                path("good.p12"),
                "--log",
                trail.toString(),
                "--trail",
                "https://192.0.2.1",
                "--dry-run");

        assertThat(run.status()).as(run.err()).isZero();
    }

    @Test
    void trailsFolderTogetherWithAnotherLogIsWrongUsage() throws Exception {
        Path trail = folder.resolve("trail");
        Files.createDirectories(trail.resolve("entries"));

        assertUsage(
                scan("https://192.0.2.1", List.of("--log", trail.toString(), "--dry-run")),
                log + " is no trail's folder");
    }

    @Test
    void certificateThatIsNamedIsPresentedAndNoneMade() throws Exception {
        Identity named =
                LoggingServer.ROOT.issue("CN=named,OU=clients").client().build();
        store(folder.resolve("untrusted.p12"), named);
        var clients = new ScanClients();
        new CommandLine(clients)
                .parseArgs(
                        "--client",
                        path("good.p12"),
                        "--certificate",
                        "untrusted=" + path("untrusted.p12"),
                        "--ca-cert",
                        path("ca.pem"),
                        "--ca-key",
                        path("ca.key"));

        Credentials credentials = clients.credentials();

        assertThat(credentials.find(Kind.UNTRUSTED, "n1").orElseThrow().chain()).containsExactly(named.certificate());
        assertThat(credentials
                        .find(Kind.EXPIRED, "n1")
                        .orElseThrow()
                        .chain()
                        .get(0)
                        .getSubjectX500Principal())
                .hasToString("CN=n1");
    }

    @Test
    void whatCannotBeReadEndsWithAStatusOfItsOwn() {
        CommandRun run = CommandRun.of(
                "scan", "https://localhost:1", "--client", path("good.p12"), "--log", path("missing.log"));
        assertThat(run.status()).isEqualTo(ExitStatus.UNREADABLE);
        assertThat(run.err()).contains("missing.log is not there");

        assertUnreadable(scan("https://localhost:1", List.of()), "no server answers at https://localhost:1");
        assertUnreadable(scan("https://localhost:1", List.of("--profile", "iis")), "no profile iis: expected one of");
    }

    @Test
    void configurationThatCannotBeReadIsToldWithItsName() throws Exception {
        Path windows = Files.writeString(folder.resolve("a.properties"), "certrail.trail.folder=C:\\users\\audit\n");
        try (var server = new LoggingServer(log, Habits.logging(happening -> ""))) {
            assertUnreadable(
                    scan(server.url(), List.of("--config", windows.toString())), "a.properties is no properties file");
            assertUnreadable(scan(server.url(), List.of("--config", folder.toString())), folder + " is a folder");
        }
    }

    private static void assertUnreadable(CommandRun run, String said) {
        assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.UNREADABLE);
        assertThat(run.err()).contains(said).doesNotContain("\tat ");
    }

    private static void assertUsage(CommandRun run, String said) {
        assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err()).contains(said);
    }

    private CommandRun scan(String url, List<String> more) {
        var all = new ArrayList<>(List.of("--ca-cert", path("ca.pem"), "--ca-key", path("ca.key")));
        all.addAll(more);
        return scanWithoutCa(url, all);
    }

    /** Quick, unless a test says otherwise; quicker than with certificates that are made: half the probes need one. */
    private CommandRun scanWithoutCa(String url, List<String> more) {
        var all = new ArrayList<>(List.of(
                "scan",
                url,
                "--client",
                path("good.p12"),
                "--trust",
                path("ca.pem"),
                "--log",
                log.toString(),
                "--within",
                "300"));
        for (String quick : List.of("--pause=50", "--stall=1")) {
            if (more.stream().noneMatch(each -> each.startsWith(quick.substring(0, 7)))) {
                all.add(quick);
            }
        }
        all.addAll(more);
        return CommandRun.of(all.toArray(String[]::new));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static void store(Path file, Identity identity) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", identity.key(), PASSWORD, new Certificate[] {identity.certificate()});
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
    }

    private static void pem(Path file, String type, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }
}
