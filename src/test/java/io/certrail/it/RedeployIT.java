package io.certrail.it;

import static io.certrail.trail.TrailAssert.assertThatTrail;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.Server;
import io.certrail.dev.pki.Client;
import io.certrail.dev.pki.PkiFolder;
import io.certrail.event.Reason;
import io.certrail.it.Connection.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The application is taken away and deployed again, several times, while clients go on asking. */
final class RedeployIT {
    private static final int TIMES = 3;
    private static final int CLIENTS = 4;

    private final Site site = Site.current();
    private final Path trail = site.folder().resolve("redeploy-trail");
    private int port;

    @Test
    void nothingIsRecordedTwiceAndNothingIsLeftBehind() throws Exception {
        port = Site.freePort();
        var options = site.server("redeploy", port)
                .trail(trail)
                .property("certrail.self-check", "10s")
                .property(
                        "certrail.self-check.clients",
                        site.certificates().folder().toString())
                .property("certrail.self-check.password-file", password().toString());
        var redeployment = site.redeployment(options);
        options = redeployment.prepared(options).deploy(Site.built("certrail.war"), "/");
        Set<String> answered;
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        try (Server server = Server.start(options, line -> addFailure(line, failures))) {
            answered = redeployUnderLoad(redeployment);
            assertThat(failures).as("what hooks tell of their own failures").isEmpty();
            assertThat(count(jcmd(server, "Thread.print"), "\"certrail-"))
                    .as("threads of one deployment")
                    .isEqualTo(threadsOfOneDeployment(server));
            assertThat(loadersLeft(server, 1 + redeployment.kept())).isBetween(1L, 1L + redeployment.kept());
        }
        assertThatTrail(trail).verifies();
        List<Line> lines = Records.all(trail).lines();
        assertThat(lines.stream().filter(Line::isRequest).map(Line::requestId)).doesNotHaveDuplicates();
        assertThat(lines.stream().filter(Line::isHandshake).map(RedeployIT::end))
                .doesNotHaveDuplicates();
        assertThat(lines.stream().map(Line::name).filter("audit.started"::equals))
                .hasSize(TIMES + 1);
        assertThat(lines.stream().map(Line::name).filter("audit.stopped"::equals))
                .hasSize(TIMES + 1);
        assertThat(lines.stream().filter(Line::isRequest).map(Line::requestId)).containsAll(answered);
    }

    private static void addFailure(String line, Queue<String> failures) {
        if (line.contains("CTR06")) {
            failures.add(line);
        }
    }

    /** Of the self-check, which is made meanwhile. */
    private Path password() throws IOException {
        return Files.writeString(site.folder().resolve("redeploy-password"), PkiFolder.PASSWORD + "\n");
    }

    private static String end(Line handshake) {
        return handshake.connection() + " " + handshake.number("client.port");
    }

    /** The ids of the answers that the application gave. */
    private Set<String> redeployUnderLoad(Redeployment redeployment) throws Exception {
        var over = new AtomicBoolean();
        Set<String> answered = ConcurrentHashMap.newKeySet();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            clients.execute(() -> ask(over, answered));
        }
        try {
            for (int i = 0; i < TIMES; i++) {
                int before = answered.size();
                redeployment.takeAway();
                redeployment.putBack();
                long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
                while (answered.size() < before + 50) {
                    assertThat(System.nanoTime())
                            .as("answers after deployment %s", i)
                            .isLessThan(end);
                    Thread.sleep(20);
                }
            }
        } finally {
            over.set(true);
            clients.shutdown();
            assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        return answered;
    }

    private void ask(AtomicBoolean over, Set<String> answered) {
        while (!over.get()) {
            try (var connection = connect()) {
                for (int i = 0; i < 10 && !over.get(); i++) {
                    Answer answer = connection.get("/api/whoami");
                    if (isOfTheApplication(answer)) {
                        answered.add(answer.requestId());
                    }
                }
            } catch (IOException e) {
                // The server ends what belongs to an application that is taken away; the next one is asked anew.
            }
        }
    }

    /**
     * Payara, which ends the application before it takes it off its map, answers some in between with 200 and nothing else: an
     * exception of its own, as its log says (AS-WEB-CORE-00037).
     */
    private static boolean isOfTheApplication(Answer answer) {
        return answer.status() == 200
                && (answer.body().contains("\"certificate\"")
                        || !answer.requestId().isEmpty());
    }

    private Connection connect() throws IOException {
        return new TlsClient(port, site.certificates().context(Client.ALICE)).connect();
    }

    private static long threadsOfOneDeployment(Server server) throws Exception {
        return jcmd(server, "Thread.print")
                .lines()
                .filter(line -> line.startsWith("\"certrail-"))
                .map(line -> line.substring(0, line.indexOf('"', 1)))
                .distinct()
                .count();
    }

    /**
     * How many deployments have their classes still loaded. The histogram is taken after a full collection; an enum has
     * its constants as long as its loader is there, and a line for each loader.
     */
    private static long loadersLeft(Server server, int expected) throws Exception {
        long left = Long.MAX_VALUE;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (left > expected && System.nanoTime() < end) {
            Thread.sleep(1000);
            left = jcmd(server, "GC.class_histogram")
                    .lines()
                    .filter(line -> line.endsWith(" " + Reason.class.getName()))
                    .count();
        }
        return left;
    }

    private static long count(String text, String begin) {
        return text.lines().filter(line -> line.startsWith(begin)).count();
    }

    private static String jcmd(Server server, String command) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(server.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
