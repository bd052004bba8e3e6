package io.certrail.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.certrail.dev.pki.DevelopmentPki;
import io.certrail.dev.pki.PkiFolder;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images' health check against a real listener with mutual TLS. */
class HealthTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path folder;

    private HttpsServer server;

    @BeforeAll
    static void makePki() throws Exception {
        DevelopmentPki.provide(new PkiFolder(folder.resolve("pki")), Clock.systemUTC());
        Files.writeString(folder.resolve("password"), "changeit\n");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void serverThatNamesItsCheckIsHealthy() throws Exception {
        serve(200, "{\"status\":\"UP\",\"checks\":[{\"name\":\"certrail\",\"status\":\"UP\"}]}");
        assertThat(health("monitor", "pki/root.pem").ask()).isEqualTo(new Health.Verdict(true, "healthy"));
    }

    @Test
    void serverThatIsDownOrHasNoCertrailIsNot() throws Exception {
        serve(503, "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"certrail\",\"status\":\"DOWN\"}]}");
        assertUnhealthy("monitor", "pki/root.pem", "503");
        stop();
        serve(200, "{\"status\":\"UP\",\"checks\":[]}");
        assertUnhealthy("monitor", "pki/root.pem", "Certrail");
    }

    @Test
    void certificateThatIsNotAcceptedIsUnhealthy() throws Exception {
        serve(200, "\"certrail\"");
        assertUnhealthy("untrusted", "pki/root.pem", "Exception");
    }

    @Test
    void serverThatIsNotTheOneIsUnhealthy() throws Exception {
        serve(200, "\"certrail\"");
        assertUnhealthy("monitor", "pki/clients/self-signed.pem", "certification path");
    }

    @Test
    void missingFileIsSaid() {
        assertUnhealthy("nobody", "pki/root.pem", "nobody.p12");
    }

    @Test
    void nobodyThereIsUnhealthy() {
        assertUnhealthy("monitor", "pki/root.pem", "ConnectException");
    }

    @Test
    void secretsAreWhereContainersHaveThem() {
        Health usual = Health.of(Map.of());
        assertThat(usual.url()).hasToString("https://localhost:8443/health/live");
        assertThat(usual.keyStore()).hasToString("/run/secrets/health.p12");
        assertThat(Health.of(Map.of("HEALTH_URL", "https://a/health/ready"))
                        .url()
                        .getPath())
                .isEqualTo("/health/ready");
    }

    @Test
    void portIsTheOneThatTheServerIsStartedWith() {
        assertThat(Health.of(Map.of("HTTPS_PORT", "9443")).url()).hasToString("https://localhost:9443/health/live");
        assertThat(Health.of(Map.of("HTTPS_PORT", "")).url()).hasToString("https://localhost:8443/health/live");
        assertThat(Health.of(Map.of("HTTPS_PORT", "9443", "HEALTH_URL", "https://a/health/ready"))
                        .url())
                .hasToString("https://a/health/ready");
    }

    private void assertUnhealthy(String client, String root, String says) {
        Health.Verdict verdict = health(client, root).ask();
        assertThat(verdict.isHealthy()).isFalse();
        assertThat(verdict.says()).contains(says).doesNotContain("changeit").hasLineCount(1);
    }

    private Health health(String client, String root) {
        int port = server == null ? 1 : server.getAddress().getPort();
        return new Health(
                URI.create("https://localhost:" + port + "/health/live"),
                folder.resolve("pki/clients/" + client + ".p12"),
                folder.resolve("password"),
                folder.resolve(root),
                Duration.ofSeconds(4));
    }

    private void serve(int status, String body) throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                tls.setNeedClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        });
        byte[] answer = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/health/live", exchange -> {
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    private static SSLContext context() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store("pki/server.p12"), PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store("pki/truststore.p12"));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            store.load(in, PASSWORD);
        }
        return store;
    }
}
