package io.certrail.server.jsse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.event.ConnectionFacts;
import io.certrail.hook.CertrailProvider;
import io.certrail.hook.EngineSite;
import io.certrail.hook.EngineSocketServer;
import io.certrail.recorder.Recorder;
import io.certrail.servlet.RecordingFixture;
import io.certrail.tls.AlteredCertificate;
import io.certrail.tls.TestPki;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the hook tells becomes one record for each handshake, with the precise reason, over real sockets. */
class JsseHookTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir
    Path folder;

    private final CertrailProvider provider = new CertrailProvider("deadline=3s");
    private final List<HookListener.Answer> answers = new CopyOnWriteArrayList<>();
    private final List<HookListener.Closing> closings = new CopyOnWriteArrayList<>();
    private final List<HookedConnection> refused = new CopyOnWriteArrayList<>();
    private final HookListener listener = new HookListener() {
        @Override
        public ConnectionFacts.Endpoint server(HookedConnection connection) {
            return new ConnectionFacts.Endpoint("127.0.0.1", 1);
        }

        @Override
        public boolean wantsAnswers() {
            return true;
        }

        @Override
        public void answered(HookedConnection connection, Answer answer) {
            answers.add(answer);
        }

        @Override
        public void closed(HookedConnection connection, Closing closing) {
            closings.add(closing);
        }

        @Override
        public void refused(HookedConnection connection, boolean timedOut) {
            refused.add(connection);
        }
    };
    private RecordingFixture fixture;
    private JsseHook hook;
    private EngineSocketServer server;

    @BeforeEach
    void start() throws IOException {
        Security.addProvider(provider);
        fixture = new RecordingFixture(folder);
        hook = JsseHook.subscribe(fixture.recorder(), 100, listener);
        server = new EngineSocketServer(EngineSite.server(provider));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        hook.close();
        fixture.close();
        Security.removeProvider("Certrail");
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /** The one record of a handshake that was refused. */
    private JsonObject refusal() throws Exception {
        await(() -> !refused.isEmpty());
        hook.close();
        JsonObject record = fixture.record("tls.handshake");
        assertThat(record.getJsonObject("event").getString("outcome")).isEqualTo("failure");
        assertThat(record.getJsonObject("tls").getBoolean("established")).isFalse();
        return record;
    }

    private static String type(JsonObject record) {
        return record.getJsonObject("error").getString("type");
    }

    private SSLSocket connect(SSLContext client, String version) throws IOException {
        SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", server.port());
        socket.setSoTimeout(10_000);
        if (version != null) {
            socket.setEnabledProtocols(new String[] {version});
        }
        return socket;
    }

    private static void ask(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
        if (socket.getInputStream().readNBytes(40).length < 40) {
            throw new IOException("refused");
        }
    }

    private JsonObject refusal(TestPki.Identity identity, String version) throws Exception {
        return refusal(EngineSite.client(identity), version);
    }

    private JsonObject refusal(SSLContext client, String version) throws Exception {
        try (SSLSocket socket = connect(client, version)) {
            assertThatThrownBy(() -> ask(socket)).isInstanceOf(IOException.class);
        }
        return refusal();
    }

    private JsonObject refusal(Consumer<Socket> speech) throws Exception {
        try (Socket socket = new Socket("localhost", server.port())) {
            socket.setSoTimeout(10_000);
            speech.accept(socket);
        }
        return refusal();
    }

    private static Consumer<Socket> saying(byte... bytes) {
        return socket -> {
            try {
                socket.getOutputStream().write(bytes);
                Thread.sleep(100);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private static Consumer<Socket> untilTheEnd(byte... bytes) {
        return socket -> {
            saying(bytes).accept(socket);
            try {
                Thread.sleep(3500);
                socket.getOutputStream().write(0);
            } catch (IOException | InterruptedException e) {
                // the server closed
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void goodHandshakeIsRecordedAndItsConnectionFound(String version) throws Exception {
        ConcurrentLinkedQueue<HookedConnection> found = new ConcurrentLinkedQueue<>();
        server.answering((engine, text) -> {
            found.add(hook.connections().find(engine.getSession()));
            return EngineSocketServer.OK.apply(engine, text);
        });
        int port;
        try (SSLSocket socket = connect(EngineSite.client(EngineSite.alice()), version)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new javax.net.ssl.SNIHostName("localhost")));
            socket.setSSLParameters(parameters);
            port = socket.getLocalPort();
            ask(socket);
            await(() -> fixture.open() == 1);
        }
        await(() -> !closings.isEmpty());
        assertThat(fixture.open()).isEqualTo(0);
        assertThat(answers).hasSize(1);
        assertThat(closings.get(0).how()).isEqualTo("close_notify");
        JsonObject record = fixture.record("tls.handshake");
        ConnectionFacts facts = found.peek().facts();
        assertThat(facts.id())
                .isEqualTo(
                        record.getJsonObject("mtls").getJsonObject("connection").getString("id"))
                .startsWith("boot-h");
        assertThat(facts.tls().client().subject()).isEqualTo("CN=alice,O=Hook");
        assertThat(record.getJsonObject("event").getString("outcome")).isEqualTo("success");
        assertThat(record.getJsonObject("client").getInt("port")).isEqualTo(port);
        assertThat(record.getJsonObject("server").getString("name")).isEqualTo("localhost");
        assertThat(record.getJsonObject("server").getInt("port")).isEqualTo(1);
        JsonObject tls = record.getJsonObject("tls");
        assertThat(tls.getJsonObject("protocol").getString("version")).isEqualTo(version.substring(4));
        assertThat(tls.getBoolean("resumed")).isFalse();
        assertThat(tls.getJsonObject("client").getBoolean("verified")).isTrue();
    }

    @Test
    void connectionsOfOneSessionAreJoinedExactlyBeforeTheirFactsArrive() throws Exception {
        JsseHook slow = hook;
        ConcurrentLinkedQueue<String> found = new ConcurrentLinkedQueue<>();
        server.answering((engine, text) -> {
            HookedConnection connection = slow.connections().find(engine.getSession());
            found.add(connection.id() + " " + connection.facts().id() + " "
                    + connection.client().port());
            return EngineSocketServer.OK.apply(engine, text);
        });
        SSLContext client = EngineSite.client(EngineSite.alice());
        for (int i = 0; i < 20; i++) {
            try (SSLSocket socket = connect(client, null)) {
                ask(socket);
            }
        }
        await(() -> closings.size() == 20);
        List<String> recorded = fixture.records("tls.handshake").stream()
                .map(record -> {
                    String id = record.getJsonObject("mtls")
                            .getJsonObject("connection")
                            .getString("id");
                    return id + " " + id + " " + record.getJsonObject("client").getInt("port");
                })
                .toList();
        assertThat(found).hasSize(20).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(recorded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void missingCertificate(String version) throws Exception {
        assertThat(type(refusal((TestPki.Identity) null, version))).isEqualTo("certificate_required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void expiredCertificate(String version) throws Exception {
        JsonObject record =
                refusal(EngineSite.root().issue("CN=late").client().expired().build(), version);
        assertThat(type(record)).isEqualTo("certificate_expired");
        assertThat(record.getJsonObject("tls").getJsonObject("client").getString("subject"))
                .isEqualTo("CN=late");
        assertThat(record.getJsonObject("tls").getJsonObject("client").getBoolean("verified"))
                .isFalse();
        assertThat(record.getJsonObject("tls").getJsonObject("protocol").getString("version"))
                .isEqualTo(version.substring(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void revokedCertificate(String version) throws Exception {
        TestPki.Identity gone = EngineSite.root().issue("CN=gone").client().build();
        server.close();
        server = new EngineSocketServer(
                EngineSite.server(provider, EngineSite.root().crl(gone.certificate())));
        assertThat(type(refusal(gone, version))).isEqualTo("certificate_revoked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void strangersCertificate(String version) throws Exception {
        TestPki.Identity stranger =
                TestPki.root("CN=Other").issue("CN=stranger").client().build();
        SSLContext client = EngineSite.client(stranger);
        try (SSLSocket socket = connect(client, version)) {
            try {
                ask(socket);
            } catch (IOException e) {
                // refused; the JDK's client may instead send none, as the server names its authorities
            }
        }
        assertThat(type(refusal())).isIn("unknown_ca", "certificate_required");
    }

    /** With TLS 1.3 it comes encrypted, and the engine refuses it before anybody is asked. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void certificateThatNoJdkReadsIsNamed(String version) throws Exception {
        TestPki.Identity odd = EngineSite.root().issue("CN=odd").client().build();
        AlteredCertificate altered = AlteredCertificate.of(odd.certificate());
        JsonObject record = refusal(EngineSite.presenting(odd.key(), altered), version);
        assertThat(type(record)).isEqualTo("bad_certificate");
        JsonObject presented = record.getJsonObject("tls").getJsonObject("client");
        assertThat(presented.getString("subject")).isEqualTo("CN=odd");
        assertThat(presented.getString("issuer")).isEqualTo("CN=Root,O=Hook");
        assertThat(presented.getString("not_after"))
                .startsWith(
                        odd.certificate().getNotAfter().toInstant().toString().substring(0, 19));
        assertThat(presented.getJsonObject("hash").getString("sha256"))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(altered.getEncoded())));
        assertThat(presented.getBoolean("verified")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whatIsNoCertificateHasItsHashAndNothingElse(String version) throws Exception {
        byte[] garbage = "garbage".getBytes(ISO_8859_1);
        AlteredCertificate altered = AlteredCertificate.of(EngineSite.alice().certificate(), garbage);
        JsonObject record = refusal(EngineSite.presenting(EngineSite.alice().key(), altered), version);
        assertThat(type(record)).isEqualTo("bad_certificate");
        JsonObject presented = record.getJsonObject("tls").getJsonObject("client");
        assertThat(presented.keySet()).containsExactly("hash", "verified");
        assertThat(presented.getJsonObject("hash").getString("sha256"))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(garbage)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientOfWhoseChainOneCannotBeReadIsNamed(String version) throws Exception {
        AlteredCertificate altered = AlteredCertificate.of(EngineSite.root().certificate());
        JsonObject record = refusal(
                EngineSite.presenting(
                        EngineSite.alice().key(), EngineSite.alice().certificate(), altered),
                version);
        assertThat(type(record)).isEqualTo("bad_certificate");
        assertThat(record.getJsonObject("tls").getJsonObject("client").getString("subject"))
                .isEqualTo("CN=alice,O=Hook");
    }

    @Test
    void serversCertificateAsClients() throws Exception {
        TestPki.Identity wrong = EngineSite.root().issue("CN=wrong").server().build();
        assertThat(type(refusal(wrong, null))).isEqualTo("wrong_key_usage");
    }

    @Test
    void noVersionInCommon() throws Exception {
        server.with(engine -> engine.setEnabledProtocols(new String[] {"TLSv1.3"}));
        assertThat(type(refusal(EngineSite.alice(), "TLSv1.2"))).isEqualTo("unsupported_protocol");
    }

    @Test
    void noCipherInCommon() throws Exception {
        server.with(engine -> engine.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"}));
        try (SSLSocket socket = connect(EngineSite.client(EngineSite.alice()), null)) {
            socket.setEnabledCipherSuites(new String[] {"TLS_AES_256_GCM_SHA384"});
            assertThatThrownBy(() -> ask(socket)).isInstanceOf(IOException.class);
        }
        assertThat(type(refusal())).isEqualTo("no_shared_cipher");
    }

    @Test
    void noApplicationProtocolInCommon() throws Exception {
        server.with(engine -> {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            engine.setSSLParameters(parameters);
        });
        try (SSLSocket socket = connect(EngineSite.client(EngineSite.alice()), null)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"other"});
            socket.setSSLParameters(parameters);
            assertThatThrownBy(() -> ask(socket)).isInstanceOf(IOException.class);
        }
        assertThat(type(refusal())).isEqualTo("no_application_protocol");
    }

    @Test
    void clientThatDistrustsTheServer() throws Exception {
        SSLContext distrusting = SSLContext.getInstance("TLS", "SunJSSE");
        distrusting.init(null, null, null);
        try (SSLSocket socket = connect(distrusting, null)) {
            assertThatThrownBy(() -> ask(socket)).isInstanceOf(IOException.class);
        }
        assertThat(type(refusal())).startsWith("client_alert_certificate_unknown");
    }

    @Test
    void plainHttp() throws Exception {
        assertThat(type(refusal(saying(GET.getBytes(ISO_8859_1))))).isEqualTo("not_tls_http");
    }

    @Test
    void garbage() throws Exception {
        assertThat(type(refusal(saying(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}))))
                .isEqualTo("not_tls_garbage");
    }

    @Test
    void nothingAtAll() throws Exception {
        assertThat(type(refusal(socket -> {}))).isEqualTo("no_data");
    }

    @Test
    void abortInTheHello() throws Exception {
        assertThat(type(refusal(saying(new byte[] {22, 3, 1, 1, 0, 1, 0, 0, (byte) 0xFC}))))
                .isEqualTo("client_aborted");
    }

    @Test
    void silence() throws Exception {
        JsonObject record = refusal(untilTheEnd());
        assertThat(type(record)).isEqualTo("handshake_timeout");
        assertThat(Duration.ofNanos(record.getJsonObject("event")
                        .getJsonNumber("duration_ns")
                        .longValue()))
                .isBetween(Duration.ofMillis(2900), Duration.ofSeconds(9));
    }

    @Test
    void stallInTheHello() throws Exception {
        assertThat(type(refusal(untilTheEnd(new byte[] {22, 3, 1, 1, 0, 1, 0, 0, (byte) 0xFC}))))
                .isEqualTo("handshake_timeout");
    }

    @Test
    void handshakesBetweenTwoDeploymentsAreRecordedOnceByTheSecond() throws Exception {
        hook.close();
        SSLContext client = EngineSite.client(EngineSite.alice());
        for (int i = 0; i < 5; i++) {
            try (SSLSocket socket = connect(client, null)) {
                ask(socket);
            }
        }
        Recorder recorder = fixture.recorder();
        hook = JsseHook.subscribe(recorder, 100, listener);
        await(() -> closings.size() == 5);
        assertThat(fixture.records("tls.handshake")).hasSize(5);
    }

    @Test
    void boundOnConnectionsLosesNoRecordAndNoJoin() throws Exception {
        hook.close();
        hook = JsseHook.subscribe(fixture.recorder(), 1, listener);
        ConcurrentLinkedQueue<SSLEngine> engines = new ConcurrentLinkedQueue<>();
        server.answering((engine, text) -> {
            engines.add(engine);
            return EngineSocketServer.OK.apply(engine, text);
        });
        SSLContext client = EngineSite.client(EngineSite.alice());
        try (SSLSocket one = connect(client, null);
                SSLSocket two = connect(client, null);
                SSLSocket three = connect(client, null)) {
            ask(one);
            ask(two);
            ask(three);
            assertThat(engines.stream().map(engine -> hook.connections()
                            .find(engine.getSession())
                            .facts()
                            .id()))
                    .doesNotHaveDuplicates();
        }
        await(() -> closings.size() == 3);
        assertThat(fixture.records("tls.handshake")).hasSize(3);
    }

    @Test
    void whatIsDroppedBecomesAGap() throws Exception {
        hook.close();
        Security.removeProvider("Certrail");
        CertrailProvider small = new CertrailProvider("queue-facts=4");
        Security.addProvider(small);
        server.close();
        server = new EngineSocketServer(EngineSite.server(small));
        SSLContext client = EngineSite.client(EngineSite.alice());
        for (int i = 0; i < 4; i++) {
            try (SSLSocket socket = connect(client, null)) {
                ask(socket);
            }
        }
        Thread.sleep(300);
        hook = JsseHook.subscribe(fixture.recorder(), 100, listener);
        try (SSLSocket socket = connect(client, null)) {
            ask(socket);
        }
        await(() -> closings.size() == 2);
        List<JsonObject> gaps = fixture.records("audit.gap");
        assertThat(gaps).hasSize(1);
        JsonObject details = gaps.get(0).getJsonObject("audit").getJsonObject("details");
        assertThat(details.getString("count")).isEqualTo("3");
        assertThat(Integer.parseInt(details.getString("facts"))).isGreaterThanOrEqualTo(7);
        assertThat(fixture.records("tls.handshake")).hasSize(2);
    }

    /** A hook that has no thread for a subscriber. */
    private static final class Scarce extends Provider implements Flow.Publisher<Map<String, Object>> {
        private static final long serialVersionUID = 1;

        Scarce() {
            super("Certrail", "1", "for a test");
        }

        @Override
        public void subscribe(Flow.Subscriber<? super Map<String, Object>> subscriber) {
            throw new OutOfMemoryError("unable to create native thread");
        }
    }

    @Test
    void subscriptionThatFailsLeavesNothingBehind() {
        hook.close();
        Security.removeProvider("Certrail");
        Security.addProvider(new Scarce());
        List<Provider> before = List.of(Security.getProviders());
        assertThatThrownBy(() -> JsseHook.subscribe(fixture.recorder(), 1, listener))
                .satisfies(failure -> assertThat(failure)
                        .hasMessage("CTR0644 The JSSE hook cannot be heard: unable to create native thread"));
        assertThat(Security.getProviders()).containsExactlyElementsOf(before);
    }

    @Test
    void withoutTheHookNothingIsSubscribed() {
        Security.removeProvider("Certrail");
        assertThat(JsseHook.isThere()).isFalse();
        assertThatThrownBy(() -> JsseHook.subscribe(fixture.recorder(), 1, listener))
                .isInstanceOf(IllegalStateException.class);
    }
}
