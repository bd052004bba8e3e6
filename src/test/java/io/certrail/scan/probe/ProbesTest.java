package io.certrail.scan.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.scan.finding.Untested;
import io.certrail.scan.probe.Credentials.Kind;
import io.certrail.scan.probe.Target.Paths;
import io.certrail.tls.TestPki;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbesTest {
    private static final TestPki.Identity ROOT = TestPki.root("CN=Root");
    private static final TestPki.Identity CLIENT =
            ROOT.issue("CN=client").client().build();

    private static Optional<Credential> any(Kind kind, String nonce) {
        return Optional.of(new Credential(CLIENT.key(), List.of(CLIENT.certificate())));
    }

    @Test
    void everyProbeHasItsOwnIdAndNonce() {
        var catalog = ProbeCatalog.of(new Paths("/", "/no", "/json", "/fail"), ProbesTest::any);

        assertThat(catalog.untested()).isEmpty();
        assertThat(catalog.probes()).hasSizeBetween(40, 50);
        assertThat(catalog.probes()).extracting(Probe::id).doesNotHaveDuplicates();
        assertThat(new HashSet<>(catalog.probes().stream().map(Probe::nonce).toList()))
                .hasSameSizeAs(catalog.probes());
        assertThat(catalog.probes()
                        .subList(catalog.probes().size() - 3, catalog.probes().size()))
                .allMatch(probe -> probe.is(Probe.Trait.STALLS));
    }

    @Test
    void whatCannotBeTestedSaysWhatIsMissing() {
        var catalog =
                ProbeCatalog.of(Paths.ROOT, (kind, nonce) -> kind == Kind.GOOD ? any(kind, nonce) : Optional.empty());

        assertThat(catalog.untested())
                .extracting(Untested::probe, Untested::why)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("server-error", "name such a resource with --failing PATH"),
                        org.assertj.core.groups.Tuple.tuple(
                                "certificate-revoked/1.2",
                                "there is no certificate that is revoked: name one with --certificate revoked=FILE"));
        var limited = catalog.limitedTo(EnumSet.of(TlsVersion.TLS_1_2), Map.of());
        assertThat(limited.probes()).extracting(Probe::id).noneMatch(id -> id.endsWith("/1.3"));
        assertThat(limited.untested().size() + limited.probes().size())
                .isEqualTo(catalog.untested().size() + catalog.probes().size());
    }

    @ParameterizedTest
    @CsvSource({
        "https://localhost:8443, localhost, 8443, /, https://localhost:8443",
        "https://api.example.com/health, api.example.com, 443, /health, https://api.example.com:443",
        "https://[::1]:8443/, ::1, 8443, /, https://[::1]:8443"
    })
    void targetIsReadFromAUrl(String url, String host, int port, String path, String told) {
        Target target = Target.of(url, Paths.ROOT);

        assertThat(target.host()).isEqualTo(host);
        assertThat(target.port()).isEqualTo(port);
        assertThat(target.paths().allowed()).isEqualTo(path);
        assertThat(target.url()).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "localhost:8443", "https://", "https://a b", "https://a:70000"})
    void whatIsNoUrlIsRefused(String url) {
        assertThatThrownBy(() -> Target.of(url, Paths.ROOT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answerIsReadUntilItIsComplete() throws IOException {
        Answer answer = read("HTTP/1.1 404 Not Found\r\nX-Request-Id: r-1\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("x-request-id")).contains("r-1");
        assertThat(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")
                        .atEnd())
                .isFalse();
        assertThat(read("no answer").atEnd()).isTrue();
        assertThat(read("no answer").status()).isZero();
        assertThat(Answer.read(new ByteArrayInputStream(new byte[100]), 10).text())
                .hasSize(10);
    }

    private static Answer read(String text) throws IOException {
        return Answer.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), 1_000);
    }

    @Test
    void alertsAreReadInClearAndInTheJdksWords() {
        assertThat(Alert.inClear("\u0015\u0003\u0003\u0000\u0002\u0002F")).isEqualTo("protocol_version");
        assertThat(Alert.inClear("HTTP/1.1 400")).isEmpty();
        assertThat(Alert.in("(certificate_expired) Received fatal alert: certificate_expired"))
                .isEqualTo("certificate_expired");
        assertThat(Alert.in("Connection reset")).isEmpty();
    }

    @Test
    void keyWithoutItsCertificateIsToldWithItsFile(@TempDir Path folder) throws Exception {
        char[] password = "x".toCharArray();
        Path file = folder.resolve("key.p12");
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", encrypted(CLIENT.key(), password), new Certificate[0]);
        try (var out = Files.newOutputStream(file)) {
            store.store(out, password);
        }

        assertThatThrownBy(() -> CredentialFiles.read(file, password))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " holds a private key, but no certificate");
        assertThatThrownBy(() -> CredentialFiles.read(file, "y".toCharArray()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " cannot be read: is the password right?");
    }

    private static byte[] encrypted(PrivateKey key, char[] password) throws Exception {
        Cipher cipher = Cipher.getInstance("PBEWithSHA1AndDESede");
        cipher.init(Cipher.ENCRYPT_MODE, SecretKeyFactory.getInstance("PBE").generateSecret(new PBEKeySpec(password)));
        byte[] bytes = cipher.doFinal(key.getEncoded());
        return new EncryptedPrivateKeyInfo(cipher.getParameters(), bytes).getEncoded();
    }

    @Test
    void filesThatCannotBeReadAreNamedWithWhatToDo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.p12"), "no store");
        assertThatThrownBy(() -> new CredentialFiles(Map.of(Kind.GOOD, file), "x".toCharArray()))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is no PKCS#12 file, which is expected");
        Path none = folder.resolve("none.p12");
        assertThatThrownBy(() -> CredentialFiles.read(none, "x".toCharArray()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(none + " is not there");
        Path pem = Files.writeString(folder.resolve("client.pem"), "-----BEGIN CERTIFICATE-----\nMIIB\n");
        assertThatThrownBy(() -> CredentialFiles.read(pem, "x".toCharArray()))
                .isInstanceOf(IOException.class)
                .hasMessage(pem + " is no PKCS#12 file, which is expected");
        assertThatThrownBy(() -> CredentialFiles.inFolder(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("alice.p12");
        assertThatThrownBy(() -> CredentialFiles.certificates(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("certificate");
    }
}
