package io.certrail.server.payara;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.server.HandshakeRecords;
import io.certrail.servlet.RecordingFixture;
import io.certrail.tls.Ending;
import io.certrail.tls.HandshakeFacts;
import io.certrail.tls.TestPki;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handshakes that were refused are told, each once, whatever the thread that judges them is doing. */
class VerdictsTest {
    private static final TestPki.Identity ROOT = TestPki.root("CN=Root");
    private static final String DIAGNOSED = "self_signed";
    private static final String BRIEFLY = "bad_certificate";

    @TempDir
    Path folder;

    private static HandshakeFacts refused() {
        TestPki.Identity client = TestPki.selfSigned("CN=gx").client().build();
        return HandshakeFacts.ending(Ending.FAILED)
                .trustAnchors(List.of(ROOT.certificate()))
                .refused(
                        TestPki.chain(client),
                        new CertificateException(new CertPathBuilderException("unable to find valid path")))
                .build();
    }

    /** A connection whose handshake cannot be judged before it is let go, and that tells when it was. */
    private static final class Slow implements HandshakeRecords.Observed {
        private final String id;
        private final CountDownLatch go;
        private final CountDownLatch judged;

        Slow(String id, CountDownLatch go, CountDownLatch judged) {
            this.id = id;
            this.go = go;
            this.judged = judged;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Endpoint client() {
            boolean interrupted = false;
            while (true) {
                try {
                    go.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return Endpoint.UNKNOWN;
        }

        @Override
        public Endpoint server() {
            return Endpoint.UNKNOWN;
        }

        @Override
        public long startedNanos() {
            return System.nanoTime();
        }

        @Override
        public ConnectionFacts facts() {
            return null;
        }

        @Override
        public void facts(ConnectionFacts facts) {
            judged.countDown();
        }
    }

    private static Slow free(String id) {
        return new Slow(id, new CountDownLatch(0), new CountDownLatch(1));
    }

    private List<String> reasons(RecordingFixture fixture) throws Exception {
        return fixture.records("tls.handshake").stream()
                .map(record ->
                        record.getJsonObject("mtls").getJsonObject("connection").getString("id") + " " + type(record))
                .toList();
    }

    private static String type(JsonObject record) {
        return record.getJsonObject("error").getString("type");
    }

    @Test
    void whatIsWaitingAtTheEndIsDiagnosedIfThereIsTime() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder)) {
            Verdicts verdicts = new Verdicts(fixture.recorder());
            verdicts.settle(free("a"), VerdictsTest::refused);
            verdicts.close();
            verdicts.settle(free("late"), VerdictsTest::refused);

            assertThat(reasons(fixture)).containsExactly("a " + DIAGNOSED, "late " + BRIEFLY);
        }
    }

    @Test
    void whatThereIsNoTimeForIsToldBriefly() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder)) {
            Verdicts verdicts = new Verdicts(fixture.recorder(), Duration.ofMillis(1), Thread::new);
            CountDownLatch go = new CountDownLatch(1);
            Slow slow = new Slow("slow", go, new CountDownLatch(1));
            verdicts.settle(slow, VerdictsTest::refused);
            verdicts.settle(free("b"), VerdictsTest::refused);
            verdicts.settle(free("c"), VerdictsTest::refused);
            verdicts.close(); // does not wait for the slow one
            assertThat(slow.judged.getCount()).isOne();
            go.countDown();
            slow.judged.await();

            assertThat(reasons(fixture)).contains("b " + BRIEFLY, "c " + BRIEFLY);
        }
    }

    /** Where a limit on threads is reached, though by another error than the JDK's, at which JUnit would end. */
    private static Thread none(Runnable task) {
        throw new InternalError("unable to create native thread");
    }

    @Test
    void withoutAThreadTheyAreToldBriefly() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder);
                Verdicts verdicts = new Verdicts(fixture.recorder(), Duration.ofSeconds(10), VerdictsTest::none)) {
            verdicts.settle(free("a"), VerdictsTest::refused);

            assertThat(reasons(fixture)).containsExactly("a " + BRIEFLY);
        }
    }

    @Test
    void threadIsThereBeforeTheFirst() throws Exception {
        AtomicBoolean exhausted = new AtomicBoolean();
        try (RecordingFixture fixture = new RecordingFixture(folder)) {
            Verdicts verdicts = new Verdicts(
                    fixture.recorder(),
                    Duration.ofSeconds(10),
                    task -> exhausted.getAndSet(true) ? none(task) : new Thread(task));
            verdicts.start();
            exhausted.set(true);
            verdicts.settle(free("a"), VerdictsTest::refused);
            verdicts.close();

            assertThat(reasons(fixture)).containsExactly("a " + DIAGNOSED);
        }
    }
}
