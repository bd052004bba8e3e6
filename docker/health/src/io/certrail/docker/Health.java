package io.certrail.docker;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A container's health check: asks the server for its liveness as any other client does, over mutual TLS, with a
 * certificate of its own. There is no port without TLS to ask on, and a port that can be connected to says nothing of the
 * application. Each question is a handshake and a request, and on record as such.
 *
 * <p>Environment: {@code HEALTH_URL} (else {@code /health/live} on {@code HTTPS_PORT}), {@code HEALTH_KEYSTORE} (PKCS#12), {@code HEALTH_KEYSTORE_PASSWORD_FILE},
 * {@code HEALTH_ROOT} (PEM: whom the server's certificate must come from).
 *
 * @param url whose answer must be 200 and name Certrail; its host must be a name in the server's certificate
 */
record Health(URI url, Path keyStore, Path passwordFile, Path root, Duration timeout) {
    private static final String OF_CERTRAIL = "\"certrail";
    private static final int MOST_BYTES = 64 * 1024;

    /** Prints one line, and exits with 0 if the server is healthy, else with 1. */
    public static void main(String[] none) {
        Verdict verdict = of(System.getenv()).ask();
        System.out.println(verdict.says());
        System.exit(verdict.isHealthy() ? 0 : 1);
    }

    static Health of(Map<String, String> environment) {
        return new Health(
                URI.create(environment.getOrDefault(
                        "HEALTH_URL", "https://localhost:" + port(environment) + "/health/live")),
                Path.of(environment.getOrDefault("HEALTH_KEYSTORE", "/run/secrets/health.p12")),
                Path.of(environment.getOrDefault("HEALTH_KEYSTORE_PASSWORD_FILE", "/run/secrets/health_password")),
                Path.of(environment.getOrDefault("HEALTH_ROOT", "/run/secrets/root.pem")),
                Duration.ofSeconds(4));
    }

    /** As the start scripts have it: an empty one is none. */
    private static String port(Map<String, String> environment) {
        String port = environment.getOrDefault("HTTPS_PORT", "");
        return port.isEmpty() ? "8443" : port;
    }

    Verdict ask() {
        try {
            HttpsURLConnection connection = (HttpsURLConnection) url.toURL().openConnection();
            connection.setSSLSocketFactory(tls().getSocketFactory());
            connection.setConnectTimeout((int) timeout.toMillis());
            connection.setReadTimeout((int) timeout.toMillis());
            int status = connection.getResponseCode();
            if (status != HttpsURLConnection.HTTP_OK) {
                return new Verdict(false, url + " answered " + status);
            }
            try (InputStream in = connection.getInputStream()) {
                String body = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
                return body.contains(OF_CERTRAIL)
                        ? new Verdict(true, "healthy")
                        : new Verdict(false, url + " does not speak of Certrail: is it deployed?");
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return new Verdict(false, e.toString());
        }
    }

    private SSLContext tls() throws IOException, GeneralSecurityException {
        char[] password = Files.readString(passwordFile).strip().toCharArray();
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            own.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore roots() throws IOException, GeneralSecurityException {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        try (InputStream in = Files.newInputStream(root)) {
            int number = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                roots.setCertificateEntry("root-" + number++, each);
            }
        }
        return roots;
    }

    /** @param says why, in one line */
    record Verdict(boolean isHealthy, String says) {}
}
