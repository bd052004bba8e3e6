package io.certrail.hook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.tls.TestPki;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.Provider;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of the JDK's engines over real sockets, and that nothing of it can be noticed. */
class ObservingEngineTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final CertrailProvider provider = new CertrailProvider("deadline=2s");
    private final Hearer hearer = Hearer.ofAll();
    private final SSLContext context = EngineSite.server(provider);
    private final EngineSocketServer server = new EngineSocketServer(context);

    ObservingEngineTest() throws IOException {
        provider.subscribe(hearer);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        hearer.subscription().cancel();
        assertThat(hearer.facts("fault")).isEmpty();
    }

    private SSLSocket connect(SSLContext client, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", server.port());
        socket.setSoTimeout(10_000);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    private static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
        byte[] answer = new byte["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".length()];
        int count = socket.getInputStream().readNBytes(answer, 0, answer.length);
        return new String(answer, 0, count, ISO_8859_1);
    }

    private Map<String, Object> verdict() throws InterruptedException {
        return hearer.await("handshake", 1).get(0);
    }

    private Socket plain() throws IOException {
        Socket socket = new Socket("localhost", server.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aConnectionIsToldFromBeginningToEnd(String version) throws Exception {
        int port;
        try (SSLSocket socket = connect(EngineSite.client(EngineSite.alice()), version)) {
            port = socket.getLocalPort();
            assertThat(ask(socket)).endsWith("ok");
            assertThat(ask(socket)).endsWith("ok");
        }
        Map<String, Object> closed = hearer.await("closed", 1).get(0);
        Map<String, Object> handshake = verdict();
        Map<String, Object> accepted = hearer.facts("accepted").get(0);
        assertThat(hearer.facts().stream().map(fact -> fact.get("fact")))
                .containsExactly("accepted", "handshake", "answered", "answered", "closed");
        assertThat(hearer.facts().stream().map(fact -> fact.get("connection")).distinct())
                .hasSize(1);
        assertThat(accepted).containsEntry("peerHost", "127.0.0.1").containsEntry("peerPort", port);
        assertThat(handshake)
                .containsEntry("verdict", "established")
                .containsEntry("peerPort", port)
                .containsEntry("protocol", version)
                .containsEntry("trusted", true)
                .containsEntry("resumed", false)
                .doesNotContainKeys("failure", "trustFailure", "nextProtocol");
        assertThat((X509Certificate[]) handshake.get("presented"))
                .containsExactly(EngineSite.alice().certificate());
        byte[] hello = (byte[]) handshake.get("first");
        assertThat(hello[0]).isEqualTo((byte) 22);
        assertThat(hello.length).isEqualTo(5 + ((hello[3] & 0xFF) << 8 | hello[4] & 0xFF));
        assertThat((Long) handshake.get("received")).isGreaterThan(hello.length);
        assertThat((Long) handshake.get("startedNanos"))
                .isBetween((Long) accepted.get("nanos"), (Long) handshake.get("nanos"));
        assertThat(hearer.facts("answered").get(1)).containsEntry("ordinal", 2).containsEntry("status", 200);
        assertThat(closed)
                .containsEntry("how", "close_notify")
                .containsEntry("answers", 2)
                .containsEntry("unanswered", 0)
                .containsEntry("plaintextIn", 2L * GET.length());
        assertThatThrownBy(() -> accepted.put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void refusedCertificateIsToldWithTheChainAndTheCause(String version) throws Exception {
        TestPki.Identity expired =
                EngineSite.root().issue("CN=expired").client().expired().build();
        try (SSLSocket socket = connect(EngineSite.client(expired), version)) {
            assertThatThrownBy(() -> ask(socket)).isInstanceOf(IOException.class);
        }
        assertThat(verdict()).containsEntry("verdict", "failed").containsEntry("trusted", false);
        assertThat((X509Certificate[]) verdict().get("presented")).containsExactly(expired.certificate());
        assertThat((X509Certificate[]) verdict().get("trustAnchors"))
                .containsExactly(EngineSite.root().certificate());
        assertThat(verdict().get("trustFailure")).isInstanceOf(java.security.cert.CertificateException.class);
        assertThat(verdict().get("failure")).isInstanceOf(SSLException.class);
        assertThat(verdict()).containsEntry("protocol", version).containsKeys("cipher", "enabledProtocols");
        Thread.sleep(100);
        assertThat(hearer.facts("handshake")).hasSize(1);
        assertThat(hearer.facts("closed")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void certificateOfAClientThatComesAgainIsTheSameObject(String version) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (SSLSocket socket = connect(EngineSite.client(EngineSite.alice()), version)) {
                assertThat(ask(socket)).endsWith("ok");
            }
        }
        List<Map<String, Object>> handshakes = hearer.await("handshake", 2);
        assertThat(handshakes).allSatisfy(handshake -> assertThat(handshake).containsEntry("resumed", false));
        X509Certificate[] first = (X509Certificate[]) handshakes.get(0).get("presented");
        assertThat((X509Certificate[]) handshakes.get(1).get("presented"))
                .satisfiesExactly(again -> assertThat(again).isSameAs(first[0]));
    }

    @Test
    void missingCertificateFails() throws Exception {
        try (SSLSocket socket = connect(EngineSite.client(null))) {
            assertThatThrownBy(() -> ask(socket)).isInstanceOf(IOException.class);
        }
        assertThat(verdict()).containsEntry("verdict", "failed").doesNotContainKeys("presented", "trusted");
    }

    @Test
    void plainHttpIsToldWithItsBytes() throws Exception {
        try (Socket socket = plain()) {
            socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
            socket.getInputStream().readAllBytes();
        }
        assertThat(verdict()).containsEntry("verdict", "failed").containsEntry("received", (long) GET.length());
        assertThat(new String((byte[]) verdict().get("first"), ISO_8859_1)).isEqualTo(GET);
        assertThat(new String((byte[]) verdict().get("last"), ISO_8859_1)).isEqualTo(GET);
    }

    @Test
    void clientThatClosesWithoutAWordIsTold() throws Exception {
        plain().close();
        assertThat(verdict())
                .containsEntry("verdict", "closed")
                .containsEntry("closedBy", "client")
                .containsEntry("received", 0L);
    }

    @Test
    void halfAHelloIsCountedThoughTheEngineTookNoneOfIt() throws Exception {
        byte[] half = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3};
        try (Socket socket = plain()) {
            OutputStream out = socket.getOutputStream();
            for (byte b : half) {
                out.write(b);
                out.flush();
                Thread.sleep(20);
            }
        }
        assertThat(verdict()).containsEntry("verdict", "closed").containsEntry("received", (long) half.length);
        assertThat((byte[]) verdict().get("first")).isEqualTo(half);
        assertThat((byte[]) verdict().get("last")).isEqualTo(half);
    }

    @Test
    void silenceEndsAtTheDeadlineAndTheEngineGoesNoFurther() throws Exception {
        try (Socket socket = plain()) {
            Map<String, Object> timeout = verdict();
            assertThat(timeout).containsEntry("verdict", "timeout").containsEntry("received", 0L);
            long waited = (Long) timeout.get("nanos") - (Long) timeout.get("startedNanos");
            assertThat(waited).isBetween(1_900_000_000L, 8_000_000_000L);
            socket.getOutputStream().write(22);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(server.engines().get(0).getUseClientMode()).isFalse();
        assertThatThrownBy(() -> server.engines().get(0).unwrap(ByteBuffer.allocate(1), ByteBuffer.allocate(1)))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("2000 ms");
        assertThat(hearer.facts("handshake")).hasSize(1);
    }

    @Test
    void stallInTheMiddleEndsAtTheDeadline() throws Exception {
        try (Socket socket = plain()) {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 0, 100, 1});
            assertThat(verdict()).containsEntry("verdict", "timeout").containsEntry("received", 6L);
        }
    }

    @Test
    void slowHandshakeBelowTheDeadlineSucceeds() throws Exception {
        try (Socket socket = plain();
                SSLSocket slow = (SSLSocket) EngineSite.client(EngineSite.alice())
                        .getSocketFactory()
                        .createSocket(socket, "localhost", server.port(), true)) {
            Thread.sleep(400);
            assertThat(ask(slow)).endsWith("ok");
            Thread.sleep(2200); // the deadline is the handshake's alone
            assertThat(ask(slow)).endsWith("ok");
        }
        assertThat(verdict()).containsEntry("verdict", "established");
        assertThat(hearer.await("closed", 1)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void connectionsThatShareASessionAreToldApart(String version) throws Exception {
        AtomicReference<Object> seen = new AtomicReference<>();
        server.answering((engine, text) -> {
            seen.set(engine.getSession().getValue("io.certrail.connection"));
            return EngineSocketServer.OK.apply(engine, text);
        });
        SSLContext client = EngineSite.client(EngineSite.alice());
        for (int i = 0; i < 4; i++) {
            try (SSLSocket socket = connect(client, version)) {
                ask(socket);
                assertThat(seen.get())
                        .isEqualTo(hearer.await("accepted", i + 1).get(i).get("connection"));
            }
        }
        List<Map<String, Object>> verdicts = hearer.await("handshake", 4);
        assertThat(verdicts.stream().map(fact -> fact.get("connection")))
                .doesNotHaveDuplicates()
                .isEqualTo(hearer.facts("accepted").stream()
                        .map(fact -> fact.get("connection"))
                        .toList());
        assertThat(verdicts.stream().map(fact -> fact.get("resumed"))).containsExactly(false, true, true, true);
        assertThat(verdicts).allSatisfy(fact -> assertThat((X509Certificate[]) fact.get("presented"))
                .containsExactly(EngineSite.alice().certificate()));
    }

    @Test
    void sessionIsTheJdksBesidesItsOwnValues() throws Exception {
        try (SSLSocket socket = connect(EngineSite.client(EngineSite.alice()))) {
            ask(socket);
            SSLSession session = server.engines().get(0).getSession();
            assertThat(session).isInstanceOf(ExtendedSSLSession.class);
            assertThat(session.getValue("io.certrail.handshake")).isEqualTo(verdict());
            session.putValue("mine", "x");
            session.putValue("io.certrail.connection", "forged");
            assertThat(session.getValue("io.certrail.connection"))
                    .isEqualTo(verdict().get("connection"));
            assertThat(session.getValueNames()).contains("mine", "io.certrail.connection", "io.certrail.handshake");
            session.removeValue("io.certrail.handshake");
            session.removeValue("io.certrail.connection");
            session.removeValue("mine");
            assertThat(session.getValueNames()).containsExactly("io.certrail.connection");
            assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
            assertThat(session.getPeerCertificates())
                    .containsExactly(EngineSite.alice().certificate());
            assertThat(session).isEqualTo(server.engines().get(0).getSession()).hasSameHashCodeAs(session);
        }
    }

    @Test
    void sessionTellsWhatBrokeTlsAfterTheHandshake() throws Exception {
        try (SSLSocket socket = connect(EngineSite.client(EngineSite.alice()))) {
            ask(socket);
            SSLEngine engine = server.engines().get(0);
            assertThat(engine.getSession().getValueNames()).doesNotContain("io.certrail.failure");
            ByteBuffer unprotected = ByteBuffer.allocate(5 + 32).put(new byte[] {23, 3, 3, 0, 32});
            assertThatThrownBy(() -> engine.unwrap(unprotected.position(0), ByteBuffer.allocate(40_000)))
                    .isInstanceOf(SSLException.class)
                    .isSameAs(engine.getSession().getValue("io.certrail.failure"));
        }
    }

    @Test
    void alpnSelectorIsHandedTheEngineThatItsServerKnows() throws Exception {
        AtomicReference<SSLEngine> handed = new AtomicReference<>();
        server.with(engine -> engine.setHandshakeApplicationProtocolSelector((given, offered) -> {
            handed.set(given);
            return offered.contains("h2") ? "h2" : null;
        }));
        try (SSLSocket socket = connect(EngineSite.client(EngineSite.alice()))) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            ask(socket);
            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
        }
        assertThat(handed.get()).isSameAs(server.engines().get(0));
        assertThat(verdict()).containsEntry("nextProtocol", "h2");
        assertThat(hearer.await("closed", 1).get(0)).containsEntry("answers", 0);
        assertThat(hearer.facts("answered")).isEmpty();
    }

    @Test
    void resetIsTheEndOfAnEstablishedConnection() throws Exception {
        try (SSLSocket socket = connect(EngineSite.client(EngineSite.alice()))) {
            ask(socket);
            socket.getOutputStream().write("GET /unfinished HT".getBytes(ISO_8859_1));
            Thread.sleep(200);
            Socket under = plain();
            under.close();
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // the client's own
        }
        Map<String, Object> closed = hearer.await("closed", 1).get(0);
        assertThat(new String((byte[]) closed.get("head"), ISO_8859_1)).isEqualTo("GET /unfinished HT");
    }

    @Test
    void enginesInClientModeAreNotWatched() throws Exception {
        SSLContext client = SSLContext.getInstance("TLS", provider);
        client.init(null, null, null);
        SSLEngine engine = client.createSSLEngine("example.org", 443);
        engine.setUseClientMode(true);
        engine.beginHandshake();
        engine.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(40_000));
        engine.getSession().putValue("x", "y");
        engine.closeOutbound();
        assertThat(engine.getSession().getValue("io.certrail.connection")).isNull();
        assertThat(engine.getPeerHost()).isEqualTo("example.org");
        assertThat(hearer.facts()).isEmpty();
    }

    @Test
    void engineThatServesNoConnectionIsNotWatched() {
        SSLEngine probe = context.createSSLEngine();
        probe.setUseClientMode(false);
        probe.getSession();
        probe.closeOutbound();
        assertThat(hearer.facts()).isEmpty();
    }

    @Test
    void engineWithoutPeerIsWatchedFromItsHandshakeOn() throws Exception {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        assertThatThrownBy(() -> {
                    engine.unwrap(ByteBuffer.wrap(GET.getBytes(ISO_8859_1)), ByteBuffer.allocate(40_000));
                    engine.getDelegatedTask().run();
                    engine.unwrap(ByteBuffer.allocate(0), ByteBuffer.allocate(40_000));
                })
                .isInstanceOf(SSLException.class);
        assertThat(hearer.await("accepted", 1).get(0)).doesNotContainKeys("peerHost", "peerPort");
        assertThat(verdict()).containsEntry("verdict", "failed");
    }

    @Test
    void engineThatIsDroppedIsTold() throws Exception {
        drop();
        for (int i = 0; i < 100 && hearer.facts("handshake").isEmpty(); i++) {
            System.gc();
            Thread.sleep(15);
        }
        assertThat(verdict()).containsEntry("verdict", "closed").containsEntry("closedBy", "nobody");
    }

    private void drop() {
        context.createSSLEngine("127.0.0.1", 5).setUseClientMode(false);
    }

    @Test
    void wrongArgumentsAreRefusedAsTheJdkDoesAndDecideNothing() throws Exception {
        SSLEngine engine = context.createSSLEngine("127.0.0.1", 5);
        engine.setUseClientMode(false);
        assertThatThrownBy(() -> engine.unwrap(null, ByteBuffer.allocate(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.wrap((ByteBuffer) null, ByteBuffer.allocate(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.wrap(new ByteBuffer[1], 5, 7, ByteBuffer.allocate(1)))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(hearer.await("accepted", 1)).hasSize(1);
        assertThat(hearer.facts("handshake")).isEmpty();
        engine.closeOutbound();
        assertThat(verdict()).containsEntry("closedBy", "server");
    }

    /** What the JDK adds to its engine must be passed on, too: this fails on the JDK that does. */
    @Test
    void everyMethodOfAnEngineIsPassedOn() throws Exception {
        assertThat(notOverridden(SSLEngine.class, ObservingEngine.class)).isEmpty();
        assertThat(notOverridden(ExtendedSSLSession.class, SessionView.class)).isEmpty();
    }

    private static List<String> notOverridden(Class<?> type, Class<?> delegate) {
        return Stream.of(type.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !isIn(delegate, method))
                .map(Method::toString)
                .toList();
    }

    private static boolean isIn(Class<?> delegate, Method method) {
        return Arrays.stream(delegate.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }

    @Test
    void contextIsTheJdksOtherwise() throws Exception {
        Provider jdk = Security.getProvider("SunJSSE");
        SSLContext plain = SSLContext.getInstance("TLS", jdk);
        plain.init(null, null, null);
        assertThat(context.getSupportedSSLParameters().getCipherSuites())
                .isEqualTo(plain.getSupportedSSLParameters().getCipherSuites());
        assertThat(context.getDefaultSSLParameters().getProtocols())
                .isEqualTo(plain.getDefaultSSLParameters().getProtocols());
        assertThat(context.getSocketFactory()).isNotNull();
        assertThat(context.getServerSocketFactory()).isNotNull();
        assertThat(context.getServerSessionContext()).isNotNull();
        assertThat(context.getClientSessionContext()).isNotNull();
        assertThat(provider.getServices().stream().map(Provider.Service::getAlgorithm))
                .contains("TLS", "TLSv1.2", "TLSv1.3", "Default")
                .noneMatch(name -> name.startsWith("DTLS"));
        assertThat(SSLContext.getInstance("SSL", provider).getProvider()).isSameAs(provider);
    }
}
