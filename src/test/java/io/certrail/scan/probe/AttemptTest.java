package io.certrail.scan.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.scan.finding.Check;
import io.certrail.scan.finding.Grade;
import io.certrail.scan.judge.Correlation;
import io.certrail.scan.judge.Judge;
import io.certrail.scan.judge.Tried;
import io.certrail.scan.log.Profile;
import io.certrail.scan.log.Profiles;
import io.certrail.scan.probe.Sighting.Closing;
import io.certrail.scan.probe.Target.Paths;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes of servers that answer and then stay. */
@Timeout(60)
class AttemptTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final String SERVER_HELLO = "\u0016\u0003\u0002\u0000\u0004\u0002\u0000\u0000\u0000";

    /** What a server does with the one connection that it takes; it stays open until the test ends. */
    private interface Habit {
        void serve(OutputStream out) throws IOException, InterruptedException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol-too-old", "cipher-too-weak"})
    void serverThatAcceptsAHelloAndWaitsForTheClientIsFoundToServeIt(String id) throws Exception {
        Probe probe = probe(id);
        Sighting sighting = run(probe, LONG, out -> out.write(SERVER_HELLO.getBytes(ISO_8859_1)));

        assertThat(sighting.isServed()).isTrue();
        assertThat(decision(probe, sighting)).isEqualTo(Grade.FAIL);
    }

    @Test
    void recordThatComesInPartIsKeptToo() throws Exception {
        Sighting sighting = run(
                probe("protocol-too-old"),
                PATIENCE,
                out -> out.write(SERVER_HELLO.substring(0, 7).getBytes(ISO_8859_1)));

        assertThat(sighting.isServed()).isTrue();
        assertThat(sighting.closing()).isEqualTo(Closing.BY_CLIENT);
        assertThat(sighting.trouble()).contains("timed out");
    }

    @Test
    void answerWithoutLengthOnAConnectionThatStaysOpenHasItsStatus() throws Exception {
        Sighting sighting = run(
                probe("plain-http"),
                PATIENCE,
                out -> out.write("HTTP/1.1 400 Bad Request\r\n\r\nno".getBytes(ISO_8859_1)));

        assertThat(sighting.status()).isEqualTo(400);
        assertThat(sighting.answer()).endsWith("no");
    }

    @Test
    void nameThatIsUnknownIsTold() throws Exception {
        var target = new Target("host.invalid", 1, Paths.ROOT);
        Sighting sighting = probe("plain-http")
                .run(new Attempt.Setting(
                        target, Trust.in(List.of()), new LocalPorts(), PATIENCE, PATIENCE, Clock.systemUTC()));

        assertThat(sighting.trouble()).contains("no address", "host.invalid");
        assertThat(sighting.closing()).isEqualTo(Closing.NEVER_OPEN);
    }

    /** Each byte comes within the patience; there would be no end of them. */
    @Test
    void answerThatDripsIsLeftWhenItsTimeIsOver() throws Exception {
        Sighting sighting = run(probe("plain-http"), PATIENCE, out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
            for (int i = 0; i < 300; i++) {
                out.write('x');
                Thread.sleep(100);
            }
        });

        assertThat(sighting.trouble()).contains("not at an end after 500 ms");
        assertThat(sighting.status()).isEqualTo(200);
        assertThat(sighting.closing()).isEqualTo(Closing.BY_CLIENT);
        assertThat(sighting.answer()).hasSizeLessThan(200);
    }

    @Test
    void handshakeThatDripsIsLeftToo() throws Exception {
        Probe probe = probe("certificate-missing/1.3");
        Sighting sighting = run(probe, PATIENCE, out -> {
            out.write("\u0016\u0003\u0003\u0040\u0000".getBytes(ISO_8859_1));
            for (int i = 0; i < 300; i++) {
                out.write(2);
                Thread.sleep(100);
            }
        });

        assertThat(sighting.trouble()).contains("not at an end after 1000 ms");
        assertThat(sighting.handshake()).isFalse();
    }

    /** A good client gets 204 or 302 there. */
    @ParameterizedTest
    @CsvSource({"200, FAIL", "302, FAIL", "404, PARTIAL", "429, PARTIAL", "503, PARTIAL", "301, PARTIAL", "403, PASS"})
    void badClientIsServedIfItGetsWhatAGoodOneGets(int status, Grade grade) throws Exception {
        Sighting sighting = run(
                probe("garbage"),
                LONG,
                out -> out.write(("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n").getBytes(ISO_8859_1)));

        assertThat(sighting.status()).isEqualTo(status);
        assertThat(decision(probe("garbage"), sighting)).isEqualTo(grade);
    }

    private static Probe probe(String id) {
        return ProbeCatalog.of(Paths.ROOT, (kind, nonce) -> Optional.empty()).probes().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Sighting run(Probe probe, Duration patience, Habit habit) throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var server = new Thread(() -> serve(listener, habit), "staying");
            server.setDaemon(true);
            server.start();
            var target = new Target("localhost", listener.getLocalPort(), Paths.ROOT);
            return probe.run(new Attempt.Setting(
                    target, Trust.in(List.of()), new LocalPorts(), patience, patience, Clock.systemUTC()));
        }
    }

    private static void serve(ServerSocket listener, Habit habit) {
        try (Socket socket = listener.accept()) {
            habit.serve(socket.getOutputStream());
            while (socket.getInputStream().read() >= 0) {
                // It stays for as long as the client does.
            }
        } catch (IOException e) {
            // The client is gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Grade decision(Probe probe, Sighting sighting) {
        var tried = new Tried(probe, sighting);
        var profiles = Profiles.builtIn();
        Profile profile = profiles.detect(List.of());
        var correlation = new Correlation(profile, List.of(), List.of(tried), Duration.ZERO);
        return new Judge(profile, profiles.reasons(), List.of(), correlation, Set.of(204, 302), PATIENCE)
                .judge(tried)
                .mark(Check.DECISION)
                .grade();
    }
}
