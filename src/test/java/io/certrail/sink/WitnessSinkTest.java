package io.certrail.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.sink.WitnessServer.Reply;
import io.certrail.tlog.Opened;
import io.certrail.tlog.SignedNote;
import io.certrail.tlog.VerifierKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a witness after the specification, over TLS on loopback. */
@Timeout(120)
class WitnessSinkTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final TestLog log = TestLog.make();
    private TestTls tls;
    private WitnessServer witness;

    @BeforeEach
    void startWitness() throws Exception {
        tls = TestTls.in(folder);
        witness = new WitnessServer(tls.serverContext(), log.key().verifierKey());
    }

    @AfterEach
    void stopWitness() {
        witness.close();
    }

    private WitnessSink sink(ConsistencySource proofs, Duration timeout) throws IOException {
        Target.Witness target = (Target.Witness) Target.parse(witness.target());
        Cosignatures kept = new Cosignatures(target.key(), folder);
        return new WitnessSink(target, tls.options().context(), proofs, kept, timeout);
    }

    private Path kept() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("witness"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    @Test
    void cosignatureIsKeptWithTheCheckpoint() throws Exception {
        try (WitnessSink sink = sink(log, LONG)) {
            sink.deliver(log.published(3));
            sink.deliver(log.published(11));
            sink.deliver(log.published(11));

            assertThat(witness.size()).isEqualTo(11);
            assertThat(witness.calls()).as("no question is asked twice").isEqualTo(3);
            VerifierKeys both =
                    VerifierKeys.of(log.key().verifierKey(), ((Target.Witness) Target.parse(witness.target())).key());
            Opened<String> opened = SignedNote.open(Files.readAllBytes(kept()), both);
            assertThat(opened.accepted()).contains(log.checkpoint(11).text());
            assertThat(((Opened.Accepted<String>) opened).signatures()).hasSize(2);
            assertThat(kept()).content().startsWith(log.published(11).note());
        }
    }

    @Test
    void noThreadKeepsTheApplicationWhoseThreadMadeIt() throws Exception {
        Thread own = Thread.currentThread();
        ClassLoader before = own.getContextClassLoader();
        ClassLoader application = new ClassLoader(before) {};
        own.setContextClassLoader(application);
        try (WitnessSink sink = sink(log, LONG)) {
            sink.deliver(log.published(3));
            assertThat(own.getContextClassLoader()).isSameAs(application);
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread != own && thread.getContextClassLoader() == application))
                    .isEmpty();
        } finally {
            own.setContextClassLoader(before);
        }
    }

    @Test
    void sizeThatItCosignedBeforeARestartIsLearned() throws Exception {
        try (WitnessSink before = sink(log, LONG)) {
            before.deliver(log.published(5));
        }
        try (WitnessSink after = sink(log, LONG)) {
            after.deliver(log.published(9));

            assertThat(witness.size()).isEqualTo(9);
            assertThat(witness.calls()).as("5; 9 from 0, told 5; 9 from 5").isEqualTo(3);
        }
    }

    @Test
    void trailThatWasCutIsAnAlarm() throws Exception {
        try (WitnessSink before = sink(log, LONG)) {
            before.deliver(log.published(9));
        }
        try (WitnessSink after = sink(log, LONG)) {
            assertThatThrownBy(() -> after.deliver(log.published(5)))
                    .isInstanceOf(WitnessAlarm.class)
                    .hasMessageContaining("it cosigned 9 records, this trail has 5");
        }
    }

    @Test
    void trailThatWasReplacedIsAnAlarm() throws Exception {
        try (WitnessSink before = sink(log, LONG)) {
            before.deliver(log.published(9));
        }
        TestLog forked = log.forkedAt(4);
        try (WitnessSink after = sink(forked, LONG)) {
            assertThatThrownBy(() -> after.deliver(forked.published(12)))
                    .isInstanceOf(WitnessAlarm.class)
                    .hasMessageContaining("does not continue the 9");
            assertThatThrownBy(() -> after.deliver(forked.published(9))).isInstanceOf(WitnessAlarm.class);
        }
        assertThat(witness.size()).isEqualTo(9);
    }

    @Test
    void otherTrailOfTheSameSizeIsAnAlarm() throws Exception {
        TestLog forked = log.forkedAt(4);
        try (WitnessSink sink = sink(log, LONG)) {
            sink.deliver(log.published(9));

            assertThatThrownBy(() -> sink.deliver(forked.published(9)))
                    .isInstanceOf(WitnessAlarm.class)
                    .hasMessageContaining("another trail of as many records, 9");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/plain, '', 'without its cosignature'",
        "200, text/plain, garbage, 'without its cosignature'",
        "200, text/plain, '\u2014 other.example/w AAAAAAAA\n', 'without its cosignature'",
        "400, text/plain, no, 'status 400'",
        "403, text/plain, no, 'does not know this log''s key'",
        "404, text/plain, no, 'does not know this log''s origin'",
        "409, text/plain, '3\n', '409 without the size'",
        "409, text/x.tlog.size, '3', '409 without the size'",
        "409, text/x.tlog.size, '03\n', '409 without the size'",
        "409, text/x.tlog.size, '99999999999999999999\n', '409 without the size'",
        "409, text/x.tlog.size, '0\n', 'the size that was asked for'",
        "301, text/plain, '', 'redirects'",
        "307, text/plain, '', 'redirects'",
        "500, text/plain, '', 'status 500'",
        "204, text/plain, '', 'status 204'"
    })
    void answerThatIsNoneIsTold(int status, String type, String body, String told) throws Exception {
        witness.spoil(reply -> new Reply(status, type, body));
        try (WitnessSink sink = sink(log, LONG)) {
            assertThatThrownBy(() -> sink.deliver(log.published(3)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(told);
            assertThat(folder.resolve("witness")).doesNotExist();
            assertThat(witness.calls()).as("a redirect is not followed").isEqualTo(1);

            witness.spoil(reply -> reply);
            sink.deliver(log.published(5));
            assertThat(kept()).exists();
        }
    }

    @Test
    void cosignatureOfAnotherCheckpointIsRefused() throws Exception {
        String[] stolen = new String[1];
        witness.spoil(reply -> {
            stolen[0] = reply.body();
            return Reply.of(500);
        });
        try (WitnessSink sink = sink(log, LONG)) {
            assertThatThrownBy(() -> sink.deliver(log.published(3))).hasMessageContaining("500");
            witness.spoil(reply -> reply.status() == 200 ? new Reply(200, "text/plain", stolen[0]) : reply);

            assertThatThrownBy(() -> sink.deliver(log.published(5))).hasMessageContaining("without its cosignature");
            assertThat(folder.resolve("witness")).doesNotExist();
        }
    }

    @Test
    void endlessAnswerIsCutOff() throws Exception {
        witness.spoil(reply -> new Reply(200, "text/plain", "x".repeat(1 << 20)));
        try (WitnessSink sink = sink(log, LONG)) {
            assertThatThrownBy(() -> sink.deliver(log.published(3)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("more than 65536 bytes");
        }
    }

    @Test
    void witnessThatNeverAnswersIsGivenUpInTime() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        witness.spoil(reply -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return reply;
        });
        try (WitnessSink sink = sink(log, Duration.ofMillis(700))) {
            assertThatThrownBy(() -> sink.deliver(log.published(3))).isInstanceOf(IOException.class);
        } finally {
            never.countDown();
        }
    }

    @Test
    void witnessOfAnotherAuthorityIsRefused() throws Exception {
        Target.Witness target = (Target.Witness) Target.parse(witness.target());
        Cosignatures cosignatures = new Cosignatures(target.key(), folder);
        try (WitnessSink sink = new WitnessSink(target, TlsOptions.USUAL.context(), log, cosignatures, LONG)) {
            assertThatThrownBy(() -> sink.deliver(log.published(3))).isInstanceOf(IOException.class);
            assertThat(witness.calls()).isZero();
        }
    }

    @Test
    void treeThatCannotBeReadIsTriedAgain() throws Exception {
        ConsistencySource broken = (oldSize, newSize) -> {
            throw new IOException("no tile");
        };
        try (WitnessSink sink = sink(broken, LONG)) {
            assertThatThrownBy(() -> sink.deliver(log.published(3))).hasMessageContaining("no tile");
        }
    }
}
