package io.certrail.it;

import static io.certrail.trail.TrailAssert.assertThatTrail;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.dev.Server;
import io.certrail.dev.ServerOptions;
import io.certrail.dev.StartException;
import io.certrail.dev.pki.Client;
import io.certrail.it.Connection.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Processes that are killed, disks that fail, and configurations that are wrong, on servers of their own. */
final class FaultIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Site site = Site.current();
    private ServerOptions options;
    private Path trail;

    @BeforeEach
    void arrange(TestInfo test) throws IOException {
        String name = test.getTestMethod().orElseThrow().getName();
        trail = site.folder().resolve(name + "-trail");
        options = site.server(name, Site.freePort()).trail(trail).deploy(Site.built("certrail.war"), "/");
    }

    private Server start(ServerOptions with) throws Exception {
        return Server.start(with, line -> {});
    }

    private Connection connect() throws IOException {
        return new TlsClient(options.httpsPort(), site.certificates().context(Client.ALICE)).connect();
    }

    @Test
    void killedServerHasTheRecordOfEveryAnswerAndGoesOnWhereItWasAndSecondOneIsTurnedAway() throws Exception {
        Set<String> answered = ConcurrentHashMap.newKeySet();
        try (Server server = start(options)) {
            killUnderLoad(server, answered);
        }
        tear();
        try (Server server = start(options)) {
            try (var connection = connect()) {
                assertThat(connection.get("/api/whoami").status()).isEqualTo(200);
            }
            assertSecondOneIsTurnedAway();
            server.stop();
        }
        assertThatTrail(trail).verifies();
        List<Line> lines = Records.all(trail).lines();
        Set<String> recorded = lines.stream()
                .filter(line -> line.isRequest() && line.status() == 200)
                .map(Line::requestId)
                .collect(Collectors.toSet());
        assertThat(answered).hasSizeGreaterThan(500);
        assertThat(recorded).containsAll(answered);
        assertThat(named(lines, "audit.started")).hasSize(2);
        assertThat(named(lines, "audit.recovered")).hasSize(1);
        assertThat(named(lines, "audit.stopped")).hasSize(1);
        assertThat(lines.get(lines.size() - 1).name()).isEqualTo("audit.stopped");
        assertThat(lines.stream().filter(Line::isRequest).map(Line::requestId)).doesNotHaveDuplicates();
    }

    /** Eight clients that note each answer as it arrives, until the server is killed. */
    private void killUnderLoad(Server server, Set<String> answered) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        var enough = new CountDownLatch(1);
        for (int i = 0; i < 8; i++) {
            clients.execute(() -> {
                try (var connection = connect()) {
                    while (true) {
                        Answer answer = connection.get("/api/whoami");
                        if (answer.status() == 200) {
                            answered.add(answer.requestId());
                        }
                        if (answered.size() > 1000) {
                            enough.countDown();
                        }
                    }
                } catch (IOException e) {
                    // The server was killed.
                }
            });
        }
        clients.shutdown();
        assertThat(enough.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        server.kill();
        assertThat(clients.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    /** What a power cut leaves: the beginning of one more line. */
    private void tear() throws IOException {
        try (var segments = Files.list(trail.resolve("entries"))) {
            Path last = segments.sorted().reduce((a, b) -> b).orElseThrow();
            byte[] whole = Files.readAllBytes(last);
            int end = whole.length;
            while (end > 0 && whole[end - 1] == 0) {
                end--; // room made ahead
            }
            byte[] torn = Arrays.copyOf(whole, end + 9);
            System.arraycopy("{\"time\":\"".getBytes(US_ASCII), 0, torn, end, 9);
            Files.write(last, torn);
        }
    }

    private void assertSecondOneIsTurnedAway() throws Exception {
        var second = site.server("second", Site.freePort()).trail(trail).deploy(Site.built("certrail.war"), "/");
        assertThatThrownBy(() -> start(second)).isInstanceOf(StartException.class);
        assertThat(Files.readString(second.log())).contains("CTR0402").contains(trail.toString());
    }

    @Test
    void lostFolderMeansRefusalsUntilItIsBackAndCountsAddUp() throws Exception {
        try (Server server = start(options);
                var connection = connect();
                var probe = connect()) {
            assertThat(connection.get("/api/whoami").status()).isEqualTo(200);
            assertThat(status(probe, "/health/ready")).isEqualTo(200);
            Path aside = moveAside();
            Files.writeString(trail, "not a folder");
            Answer refused = await(() -> whoami(), answer -> answer.status() == 503);
            assertThat(refused.header("retry-after")).isNotEmpty();
            assertThat(await(() -> get("/health/ready"), answer -> answer.status() == 503)
                            .status())
                    .isEqualTo(503);
            assertThat(get("/health/live").status()).isEqualTo(200);
            Files.delete(trail);
            Files.move(aside, trail);
            assertThat(await(() -> whoami(), answer -> answer.status() == 200).status())
                    .isEqualTo(200);
            assertThat(await(() -> get("/health/ready"), answer -> answer.status() == 200)
                            .status())
                    .isEqualTo(200);
            assertCountsAddUp();
            assertThat(server.isAlive()).isTrue();
        }
        assertThatTrail(trail).verifies();
    }

    @Test
    void withThePolicyToContinueALostFolderIsServedAndWhatIsLostIsTold() throws Exception {
        options = options.property("certrail.on-failure", "continue");
        try (Server server = start(options)) {
            assertThat(whoami().status()).isEqualTo(200);
            Path aside = moveAside();
            Files.writeString(trail, "not a folder");
            for (int i = 0; i < 5; i++) {
                assertThat(whoami().status()).isEqualTo(200);
            }
            assertThat(get("/health/ready").status()).isEqualTo(200);
            Files.delete(trail);
            Files.move(aside, trail);
            awaitWriting();
            assertThat(whoami().status()).isEqualTo(200);
            assertCountsAddUp();
            assertThat(server.isAlive()).isTrue();
        }
        assertThatTrail(trail).verifies();
        long lost = named(Records.all(trail).lines(), "audit.gap").stream()
                .mapToLong(gap -> Long.parseLong(gap.get("audit.details.count")))
                .sum();
        long recorded = Records.all(trail).lines().stream()
                .filter(line -> "/api/whoami".equals(line.get("url.path")))
                .count();
        assertThat(recorded + lost).isGreaterThanOrEqualTo(7);
    }

    private void awaitWriting() throws Exception {
        await(() -> get("/metrics"), answer -> Metrics.of(answer.body()).value("certrail_trail_writing") == 1);
    }

    @Test
    void wrongValueStopsTheDeploymentWithAClearMessage() throws Exception {
        options = options.property("certrail.durability", "sometimes");
        assertThatThrownBy(() -> start(options)).isInstanceOf(StartException.class);
        assertThat(Files.readString(options.log()))
                .contains("CTR0001 certrail.durability: \"sometimes\" is not")
                .contains("answer");
        assertThat(trail).doesNotExist();
    }

    private Path moveAside() throws IOException {
        return Files.move(trail, trail.resolveSibling(trail.getFileName() + "-aside"));
    }

    private Answer whoami() throws IOException {
        return get("/api/whoami");
    }

    private Answer get(String path) throws IOException {
        try (var connection = connect()) {
            return connection.get(path);
        }
    }

    private static int status(Connection connection, String path) throws IOException {
        return connection.get(path).status();
    }

    private interface Asked {
        Answer answer() throws IOException;
    }

    private static Answer await(Asked asked, Predicate<Answer> wanted) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Answer answer = asked.answer();
        while (!wanted.test(answer)) {
            assertThat(System.nanoTime()).as("still %s", answer).isLessThan(end);
            Thread.sleep(50);
            answer = asked.answer();
        }
        return answer;
    }

    /** seen = recorded + lost + queued, and the gaps on record are what is lost. */
    private void assertCountsAddUp() throws Exception {
        var metrics = Metrics.of(get("/metrics").body());
        long lost = metrics.value("certrail_trail_records_lost_total");
        assertThat(metrics.value("certrail_trail_records_seen_total"))
                .isEqualTo(metrics.value("certrail_trail_records_recorded_total")
                        + lost
                        + metrics.value("certrail_trail_queue_records"));
        List<Line> gaps = named(Records.all(trail).lines(), "audit.gap");
        assertThat(gaps.stream()
                        .mapToLong(gap -> Long.parseLong(gap.get("audit.details.count")))
                        .sum())
                .as("%s", gaps)
                .isEqualTo(lost);
    }

    private static List<Line> named(List<Line> lines, String name) {
        return lines.stream().filter(line -> line.name().equals(name)).toList();
    }
}
