package io.certrail.server.payara;

import io.certrail.bench.jmh.HandshakeHook;
import io.certrail.bench.jmh.HandshakePair;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.RecordEncoder;
import io.certrail.tls.Ending;
import io.certrail.tls.HandshakeClassifier;
import io.certrail.tls.HandshakeFacts;
import io.certrail.tls.HandshakeVerdict;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the Payara adapter adds to one handshake, by itself: its cost is lost in the noise of a whole one. From the
 * accepted connection to the encoded record, with the bytes, chain and engine of a real TLS 1.3 handshake.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HookBenchmark {
    private final HandshakeClassifier classifier = new HandshakeClassifier();
    private final RecordEncoder encoder = new RecordEncoder();
    private final Connection<?> socket = socket();
    private Captured captured;

    @Setup
    public void captureOneHandshake() throws Exception {
        Path directory = Files.createDirectories(Path.of(System.getProperty("bench.directory", "target/bench")));
        captured = new Captured();
        HandshakePair.in(directory, captured).handshake();
    }

    private static Connection<?> socket() {
        return (Connection<?>) Proxy.newProxyInstance(
                HookBenchmark.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> new InetSocketAddress("127.0.0.1", 8443));
    }

    /** All that is done on the handshake's own thread for a client that is let in. */
    @Benchmark
    public int accepted() {
        OpenConnection open = begun();
        return record(open, io.certrail.server.payara.HandshakeHook.established(open, captured.engine));
    }

    /** What is done on the handshake's own thread for a client that is turned away. */
    @Benchmark
    public HandshakeFacts refused() {
        OpenConnection open = begun();
        open.handshake().refused(captured.expired, captured.anchors);
        return io.certrail.server.payara.HandshakeHook.failed(open, Ending.FAILED, captured.failure);
    }

    /** The same, and what another thread does after it: classify and encode. */
    @Benchmark
    public int refusedAndJudged() {
        OpenConnection open = begun();
        open.handshake().refused(captured.expired, captured.anchors);
        return record(open, io.certrail.server.payara.HandshakeHook.failed(open, Ending.FAILED, captured.failure));
    }

    private OpenConnection begun() {
        OpenConnection open = new OpenConnection("boot-1", true, socket, true);
        open.engine(captured.engine);
        open.handshake().received(captured.hello, captured.hello.position());
        open.handshake().presented(captured.chain, captured.engine.getSession());
        open.judge();
        return open;
    }

    private int record(OpenConnection open, HandshakeFacts facts) {
        HandshakeVerdict verdict = classifier.classify(facts);
        ConnectionFacts known =
                new ConnectionFacts(open.id(), open.client(), open.server(), verdict.serverName(), verdict.tls());
        HandshakeEvent event = new HandshakeEvent(facts.at(), verdict.outcome(), 1, verdict.fault(), known);
        return encoder.encode(event, "boot").length();
    }

    /** Keeps what one handshake showed. */
    private static final class Captured implements HandshakeHook {
        private final CertificateExpiredException expired = new CertificateExpiredException("NotAfter: yesterday");
        private final SSLHandshakeException failure = new SSLHandshakeException("refused");
        private List<X509Certificate> anchors;
        private X509Certificate[] chain;
        private SSLEngine engine;
        private Buffer hello;

        @Override
        public X509ExtendedTrustManager observe(X509ExtendedTrustManager trust) {
            failure.initCause(expired);
            anchors = List.of(trust.getAcceptedIssuers());
            return trust;
        }

        @Override
        public void firstBytes(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            hello = Buffers.wrap(MemoryManager.DEFAULT_MEMORY_MANAGER, copy);
            hello.position(copy.length);
        }

        @Override
        public void complete(SSLEngine server) {
            engine = server;
            try {
                chain = (X509Certificate[]) server.getSession().getPeerCertificates();
            } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
                throw new IllegalStateException(new CertificateException(e));
            }
        }
    }
}
