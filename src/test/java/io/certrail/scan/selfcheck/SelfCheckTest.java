package io.certrail.scan.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.HeardLog;
import io.certrail.scan.LoggingServer;
import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.finding.Untested;
import io.certrail.trail.TrailFiles;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a check from being made is told, and none leaves anything behind. Whole checks are SelfCheckIT's. */
@Timeout(60)
class SelfCheckTest {
    private static final String PASSWORD = "changeit";
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @RegisterExtension
    final HeardLog log = new HeardLog("io.certrail.scan.selfcheck");

    @TempDir
    Path folder;

    private Path trail;
    private Path clients;

    @BeforeEach
    void writeClients() throws Exception {
        trail = Files.createDirectories(folder.resolve("trail"));
        Files.createDirectories(trail.resolve("entries"));
        clients = Files.createDirectories(folder.resolve("check").resolve("clients"));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", LoggingServer.CLIENT.key(), PASSWORD.toCharArray(), new Certificate[] {
            LoggingServer.CLIENT.certificate()
        });
        try (OutputStream out = Files.newOutputStream(clients.resolve("good.p12"))) {
            store.store(out, PASSWORD.toCharArray());
        }
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(LoggingServer.ROOT.certificate().getEncoded());
        Files.writeString(
                clients.resolveSibling("root.pem"),
                "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    }

    @Test
    void missingClientIsTold() throws Exception {
        Files.delete(clients.resolve("good.p12"));

        assertThat(failure(1)).contains("holds no clients/good.p12");
    }

    @Test
    void wrongPasswordIsToldWithoutIt() throws Exception {
        Files.writeString(folder.resolve("password"), "hunter2\n");

        assertThat(failure(1)).contains("good.p12", "is the password right?").doesNotContain("hunter2");
    }

    @Test
    void listenerThatIsDownIsTold() throws Exception {
        int port;
        try (var closed = new ServerSocket(0, 1, LOOPBACK)) {
            port = closed.getLocalPort();
        }

        assertThat(failure(port)).contains("no server answers at https://localhost:" + port);
        assertThat(report().getString("target")).isEqualTo("https://localhost:" + port);
    }

    @Test
    void probesThatFoundNoConnectionAreToldThoughNothingWasFound() {
        var report = new ScanReport(
                "https://localhost",
                Instant.EPOCH,
                Instant.EPOCH,
                "certrail",
                List.of(),
                "test",
                List.of(),
                List.of(),
                List.of(new Untested("secrets", "secrets", "no connection was made: Connection refused", true)),
                List.of(),
                List.of());
        var later = new SelfCheckOptions(
                Duration.ofDays(1), null, folder, folder, null, Duration.ofSeconds(1), Duration.ofSeconds(1));
        var unmade = new Check(later, new Here(List.of()), "", trail, () -> 0, Clock.systemUTC());
        try (var check = new SelfCheck(unmade, file(), Thread::new)) {
            check.tell(report);
        }

        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("CTR0852 Self-check: ")
                .contains("; 1 of 1 probes found no connection, and are not judged");
    }

    @Test
    void serverWhoseListenersAreUnknownMustBeNamed() throws Exception {
        try (SelfCheck check = start(List.of(), Duration.ofSeconds(30))) {
            assertThat(failure()).contains("certrail.self-check.url");
            assertThat(check).isNotNull();
        }
    }

    @Test
    void checkThatTakesTooLongIsEndedAndTheNextOneIsMade() throws Exception {
        try (var silent = new ServerSocket(0, 50, LOOPBACK);
                SelfCheck check = start(listeners(silent.getLocalPort()), Duration.ofSeconds(1))) {
            try (Socket first = silent.accept()) {
                assertThat(failure()).contains("not over after 1 s", "certrail.self-check.timeout");
                first.setSoTimeout(5_000);
                assertThat(first.getInputStream().readAllBytes()).isNotEmpty(); // its hello, and then the end
            }
            silent.accept().close();
            assertThat(check).isNotNull();
        }
    }

    @Test
    void errorThatPassesIsToldAndTheNextCheckIsMade() throws Exception {
        var made = new AtomicInteger();
        var read = new CountDownLatch(1);
        ThreadFactory scarce = task -> {
            if (made.getAndIncrement() == 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            awaited(read);
            return new Thread(task, "certrail-self-check-scan");
        };
        try (SelfCheck check =
                new SelfCheck(check(List.of(), Duration.ofSeconds(30), Clock.systemUTC()), file(), scarce)) {
            assertThat(failure()).contains("unable to create native thread");
            Files.delete(trail.resolve(ReportFile.NAME));
            read.countDown();

            assertThat(failure()).contains("certrail.self-check.url");
            assertThat(check).isNotNull();
        }
    }

    @Test
    void errorThatCannotBeToldEndsNoSchedule() throws Exception {
        var asked = new AtomicInteger();
        InstantSource failing = () -> {
            if (asked.getAndIncrement() < 3) {
                throw new OutOfMemoryError("Java heap space");
            }
            return Instant.now();
        };
        try (SelfCheck check = new SelfCheck(
                check(List.of(), Duration.ofSeconds(30), failing.withZone(ZoneOffset.UTC)), file(), Thread::new)) {
            assertThat(failure()).isNotEmpty();
            assertThat(check).isNotNull();
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void closingEndsACheckThatIsBeingMade() throws Exception {
        try (var silent = new ServerSocket(0, 50, LOOPBACK)) {
            SelfCheck check = start(listeners(silent.getLocalPort()), Duration.ofMinutes(5));
            try (Socket first = silent.accept()) {
                long began = System.nanoTime();
                check.close();

                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
                first.setSoTimeout(5_000);
                first.getInputStream().readAllBytes(); // comes to its end
                for (Thread own : ownThreads()) {
                    own.join(5_000); // its pool has let go of it, which does not mean that it has come to its end
                }
                assertThat(ownThreads()).isEmpty();
                assertThat(trail.resolve(ReportFile.NAME)).doesNotExist();
            }
        }
    }

    private static List<Thread> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("certrail-self-check"))
                .toList();
    }

    private String failure(int port) throws Exception {
        try (SelfCheck check = start(listeners(port), Duration.ofSeconds(30))) {
            assertThat(check).isNotNull();
            return failure();
        }
    }

    /** Of the first report that comes. */
    private String failure() throws Exception {
        while (!Files.exists(trail.resolve(ReportFile.NAME))) {
            Thread.sleep(20);
        }
        JsonObject report = report();
        assertThat(report.getInt("score")).isZero();
        assertThat(report.getJsonArray("probes")).isEmpty();
        return report.getString("failure");
    }

    private JsonObject report() throws IOException {
        try (var reader = Json.createReader(new StringReader(Files.readString(trail.resolve(ReportFile.NAME))))) {
            return reader.readObject();
        }
    }

    private static List<InetSocketAddress> listeners(int port) {
        return List.of(new InetSocketAddress(LOOPBACK, port));
    }

    private SelfCheck start(List<InetSocketAddress> listeners, Duration timeout) {
        Check check = check(listeners, timeout, Clock.systemUTC());
        return SelfCheck.start(
                check.options(), check.server(), check.contextPath(), check.folder(), check.end(), check.clock());
    }

    private ReportFile file() {
        return new ReportFile(TrailFiles.onDisk(), trail);
    }

    private Check check(List<InetSocketAddress> listeners, Duration timeout, Clock clock) {
        var options = new SelfCheckOptions(
                Duration.ofMillis(100),
                null,
                clients.getParent(),
                folder.resolve("password"),
                null,
                timeout,
                Duration.ofSeconds(1));
        return new Check(options, new Here(listeners), "", trail, () -> 0, clock);
    }

    private record Here(List<InetSocketAddress> tlsListeners) implements OwnServer {
        @Override
        public String version() {
            return "test";
        }
    }
}
