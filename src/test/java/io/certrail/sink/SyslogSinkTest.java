package io.certrail.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.sink.SyslogReceiver.Manner;
import io.certrail.tls.TestPki;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a real receiver, over TLS on loopback. */
@Timeout(120)
class SyslogSinkTest {
    private static final int TIMES = 20;
    private static final int SOME = 3;
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final TestLog log = TestLog.make();
    private TestTls tls;

    @BeforeEach
    void makeCertificates() throws Exception {
        tls = TestTls.in(folder);
    }

    private SyslogSink sink(String host, int port, TlsOptions options, Duration timeout) throws IOException {
        return new SyslogSink(
                new Target.Syslog(host, port),
                options.context(),
                new SyslogMessage("sender", 1),
                timeout,
                Clock.systemUTC());
    }

    private SyslogReceiver receiver(Manner manner, boolean asksForCertificate) throws IOException {
        return new SyslogReceiver(tls.serverContext(), manner, asksForCertificate);
    }

    @Test
    void noteArrivesAsItWasSigned() throws Exception {
        try (SyslogReceiver receiver = receiver(Manner.PROPER, false);
                SyslogSink sink = sink("localhost", receiver.port(), tls.options(), LONG)) {
            sink.deliver(log.published(3));
            sink.deliver(log.published(7));

            for (long size : new long[] {3, 7}) {
                String message = receiver.messages().poll(30, TimeUnit.SECONDS);
                assertThat(message).startsWith("<109>1 20").contains(" size=\"" + size + "\" ");
                String note = message.replaceFirst("(?s).* note=\"([^\"]*)\".*", "$1");
                assertThat(new String(Base64.getDecoder().decode(note), UTF_8))
                        .isEqualTo(log.published(size).note());
            }
        }
    }

    @Test
    void receiverThatAsksForACertificateGetsOne() throws Exception {
        try (SyslogReceiver receiver = receiver(Manner.PROPER, true);
                SyslogSink with = sink("localhost", receiver.port(), tls.optionsWithKey(), LONG);
                SyslogSink without = sink("localhost", receiver.port(), tls.options(), LONG)) {
            with.deliver(log.published(3));
            assertThat(receiver.messages()).hasSize(1);

            assertThatThrownBy(() -> without.deliver(log.published(5))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> without.deliver(log.published(5)))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("alert");
            assertThat(receiver.messages()).hasSize(1);
        }
    }

    /** Some receivers that ask for a certificate refuse them. */
    @Test
    void sessionsAreNotResumed() throws Exception {
        try (SyslogReceiver receiver = receiver(Manner.PROPER, false);
                SyslogSink sink = sink("localhost", receiver.port(), tls.options(), LONG)) {
            for (int i = 1; i <= SOME; i++) {
                sink.deliver(log.published(i));
                Thread.sleep(20);
            }
            assertThat(receiver.sessions()).hasSize(SOME);
        }
    }

    @Test
    void receiverOfAnotherAuthorityIsRefused() throws Exception {
        Files.writeString(tls.trust(), pemOfAnotherRoot());
        try (SyslogReceiver receiver = receiver(Manner.PROPER, false);
                SyslogSink sink = sink("localhost", receiver.port(), tls.options(), LONG)) {
            assertThatThrownBy(() -> sink.deliver(log.published(3)))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("certification path");
            assertThat(receiver.messages()).isEmpty();
        }
    }

    private static String pemOfAnotherRoot() throws Exception {
        byte[] encoded = TestPki.root("CN=Another").certificate().getEncoded();
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                + "\n-----END CERTIFICATE-----\n";
    }

    @Test
    void receiverOfAnotherNameIsRefused() throws Exception {
        try (SyslogReceiver receiver = receiver(Manner.PROPER, false);
                SyslogSink sink = sink("127.0.0.1", receiver.port(), tls.options(), LONG)) {
            assertThatThrownBy(() -> sink.deliver(log.published(3)))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("127.0.0.1");
            assertThat(receiver.messages()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Manner.class,
            names = {"SILENT", "DEAF"})
    void receiverThatNeverAnswersIsGivenUpInTime(Manner manner) throws Exception {
        try (SyslogReceiver receiver = receiver(manner, false);
                SyslogSink sink = sink("localhost", receiver.port(), tls.options(), SHORT)) {
            long begin = System.nanoTime();
            assertThatThrownBy(() -> sink.deliver(log.published(3)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no answer within");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));

            receiver.behave(Manner.PROPER);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Manner.class,
            names = {"TALKATIVE", "RESETTING"})
    void receiverThatIsNoneHasNotGotIt(Manner manner) throws Exception {
        try (SyslogReceiver receiver = receiver(manner, false);
                SyslogSink sink = sink("localhost", receiver.port(), tls.options(), LONG)) {
            for (int i = 0; i < TIMES; i++) { // a reset may come before, between and after what is sent
                assertThatThrownBy(() -> sink.deliver(log.published(3))).isInstanceOf(IOException.class);
            }
        }
    }

    /** It may have gone before it read the message, and for all that is known it has not. */
    @Test
    void endWithoutCloseNotifyIsNoDelivery() throws Exception {
        try (SyslogReceiver receiver = receiver(Manner.PROPER, false);
                SyslogSink sink = sink("localhost", receiver.port(), tls.options(), LONG)) {
            for (int i = 0; i < TIMES; i++) {
                receiver.behave(Manner.PROPER);
                sink.deliver(log.published(3));
                receiver.behave(Manner.FIN);
                assertThatThrownBy(() -> sink.deliver(log.published(5)))
                        .isInstanceOf(EOFException.class)
                        .hasMessageContaining("without a close_notify")
                        .hasMessageContaining("driver ossl");
            }
            assertThat(receiver.messages()).hasSize(TIMES);
        }
    }

    @Test
    void receiverThatHasSentCloseNotifyIsNotBelievedWithoutItHoweverOften() throws Exception {
        try (SyslogReceiver receiver = receiver(Manner.PROPER, false);
                SyslogSink sink = sink("localhost", receiver.port(), tls.options(), LONG)) {
            sink.deliver(log.published(3));
            receiver.behave(Manner.ABRUPT);
            for (int i = 0; i < SOME; i++) {
                assertThatThrownBy(() -> sink.deliver(log.published(5))).isInstanceOf(EOFException.class);
            }
            receiver.behave(Manner.PROPER);
            sink.deliver(log.published(5));
        }
    }

    @Test
    void receiverThatSendsCloseNotifyAfterAllIsNotBelievedWithoutIt() throws Exception {
        try (SyslogReceiver receiver = receiver(Manner.ABRUPT, false);
                SyslogSink sink = sink("localhost", receiver.port(), tls.options(), LONG)) {
            assertThatThrownBy(() -> sink.deliver(log.published(3))).hasMessageContaining("without a close_notify");
            receiver.behave(Manner.PROPER);
            sink.deliver(log.published(3));
            receiver.behave(Manner.ABRUPT);
            for (int i = 0; i < SOME; i++) {
                assertThatThrownBy(() -> sink.deliver(log.published(5)))
                        .isInstanceOf(EOFException.class)
                        .hasMessageContaining("it has sent one before");
            }
        }
    }

    @Test
    void receiverThatNeverSendsCloseNotifyHasItAtTheSecondTime() throws Exception {
        try (SyslogReceiver receiver = receiver(Manner.ABRUPT, false);
                SyslogSink sink = sink("localhost", receiver.port(), tls.options(), LONG)) {
            assertThatThrownBy(() -> sink.deliver(log.published(3))).hasMessageContaining("without a close_notify");
            sink.deliver(log.published(3));
            sink.deliver(log.published(5));
            assertThat(receiver.messages()).hasSize(SOME);
        }
    }

    @Test
    void receiverThatIsBackGetsTheNext() throws Exception {
        int port;
        try (SyslogReceiver receiver = receiver(Manner.PROPER, false)) {
            port = receiver.port();
        }
        try (SyslogSink sink = sink("localhost", port, tls.options(), LONG)) {
            assertThatThrownBy(() -> sink.deliver(log.published(3))).isInstanceOf(IOException.class);
            try (SyslogReceiver back = new SyslogReceiver(tls.serverContext(), Manner.PROPER, false, port)) {
                sink.deliver(log.published(5));
                assertThat(back.messages()).hasSize(1);
            }
        }
    }

    @Test
    void hugeNoteToADeafReceiverIsGivenUpInTheMiddleOfItsWrite() throws Exception {
        PublishedCheckpoint huge = new PublishedCheckpoint(log.checkpoint(3), "x".repeat(64 << 20));
        try (SyslogReceiver receiver = receiver(Manner.DEAF, false);
                SyslogSink sink = sink("localhost", receiver.port(), tls.options(), Duration.ofSeconds(3))) {
            assertThatThrownBy(() -> sink.deliver(huge)).isInstanceOf(IOException.class);
        }
    }
}
