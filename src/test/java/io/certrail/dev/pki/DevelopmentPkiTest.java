package io.certrail.dev.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DevelopmentPkiTest {
    @TempDir
    static Path shared;

    @TempDir
    Path own;

    private static PkiFolder pki;

    @BeforeAll
    static void make() throws Exception {
        pki = new PkiFolder(shared.resolve("a pki with spaces"));
        assertThat(DevelopmentPki.provide(pki, Clock.systemUTC())).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"ALICE", "AUDITOR", "STRANGER", "MONITOR", "SPIFFE"})
    void goodClientsAreTrustedWithRevocationChecked(Client client) {
        assertThatCode(() -> trust().checkClientTrusted(chain(client), "EC")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(names = {"EXPIRED", "NOT_YET_VALID", "REVOKED"})
    void badClientsAreRefusedForTheReasonTheyAreNamedAfter(Client client) {
        assertThat(reason(client)).isEqualTo(BasicReason.valueOf(client.name()));
    }

    @ParameterizedTest
    @EnumSource(names = {"UNTRUSTED", "SELF_SIGNED"})
    void clientsOfOtherRootsHaveNoPath(Client client) {
        assertThatThrownBy(() -> trust().checkClientTrusted(chain(client), "EC"))
                .hasRootCauseInstanceOf(CertPathBuilderException.class);
    }

    @Test
    void certificateForServersOnlyIsRefusedForItsUsage() {
        assertThatThrownBy(() -> trust().checkClientTrusted(chain(Client.WRONG_USAGE), "EC"))
                .hasMessageContaining("xtended key usage");
    }

    @Test
    void serverIsTrustedAndNamesLoopback() throws Exception {
        var server = pki.read();
        var chain = Stream.of(keyStore(pki.server()).getCertificateChain(server.alias()));
        trust().checkServerTrusted(chain.toArray(X509Certificate[]::new), "ECDHE_RSA");
        assertThat(server.certificate().getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1"));
        assertThat(server.nextUpdate()).isAfter(Instant.now().plus(Duration.ofDays(364)));
    }

    @Test
    void spiffeClientIsNamedByUri() throws Exception {
        assertThat(chain(Client.SPIFFE)[0].getSubjectAlternativeNames())
                .containsExactly(List.of(6, "spiffe://certrail.example/reporter"));
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void keyFileAndPkcs12HoldTheSameKeyAsOwnerOnlyFiles(Client client) throws Exception {
        String name = client.fileName();
        var key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der(pki.clientKey(name))));
        var store = keyStore(pki.clientPkcs12(name));
        assertThat(store.getKey(name, PkiFolder.PASSWORD.toCharArray())).isEqualTo(key);
        assertThat(store.getCertificateChain(name)).containsExactly(chain(client));
        assertThat(permissions(pki.clientKey(name))).isEqualTo("rw-------");
        assertThat(permissions(pki.clientPkcs12(name))).isEqualTo("rw-------");
    }

    @Test
    void opensslReadsThePkcs12FilesWhereItIsInstalled() throws Exception {
        for (Path file : List.of(pki.server(), pki.truststore(), pki.clientPkcs12("alice"))) {
            assertThat(opensslReads(file)).isTrue();
        }
    }

    @Test
    void folderThatIsThereIsLeftAlone() throws Exception {
        byte[] before = Files.readAllBytes(pki.server());
        assertThat(DevelopmentPki.provide(pki, Clock.systemUTC())).isEmpty();
        assertThat(Files.readAllBytes(pki.server())).isEqualTo(before);
    }

    @Test
    void ownFolderIsMadeAnewWhenItIsAboutToExpire() throws Exception {
        var mine = new PkiFolder(own.resolve("pki"));
        DevelopmentPki.provide(mine, Clock.systemUTC());
        var later = Clock.fixed(Instant.now().plus(Duration.ofDays(359)), ZoneOffset.UTC);
        assertThat(DevelopmentPki.provide(mine, later))
                .hasSize(3)
                .last()
                .asString()
                .contains("anew");
        assertThat(DevelopmentPki.provide(mine, later)).isEmpty();
    }

    @Test
    void ownFolderIsMadeAnewWhenAFileIsMissing() throws Exception {
        var mine = new PkiFolder(own.resolve("pki"));
        DevelopmentPki.provide(mine, Clock.systemUTC());
        Files.delete(mine.clientKey("alice"));
        assertThat(DevelopmentPki.provide(mine, Clock.systemUTC()))
                .first()
                .asString()
                .contains("alice.key is missing");
        assertThat(mine.clientKey("alice")).exists();
        try (Stream<Path> beside = Files.list(own)) {
            assertThat(beside).containsExactly(mine.folder());
        }
    }

    @Test
    void somebodysOwnFolderIsNeverWritten() throws Exception {
        var theirs = new PkiFolder(own.resolve("theirs"));
        Files.createDirectories(theirs.folder());
        Files.writeString(theirs.folder().resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> DevelopmentPki.provide(theirs, Clock.systemUTC()))
                .isInstanceOf(PkiException.class)
                .hasMessageContaining("server.p12 is missing");
        assertThat(theirs.folder()).isDirectoryContaining("glob:**notes.txt");
    }

    @Test
    void somebodysOwnExpiringFolderIsOnlyWarnedAbout() throws Exception {
        var theirs = new PkiFolder(own.resolve("theirs"));
        DevelopmentPki.provide(theirs, Clock.systemUTC());
        Files.delete(theirs.folder().resolve(DevelopmentPki.MARKER));
        byte[] before = Files.readAllBytes(theirs.server());
        var later = Clock.fixed(Instant.now().plus(Duration.ofDays(400)), ZoneOffset.UTC);
        assertThat(DevelopmentPki.provide(theirs, later))
                .hasSize(2)
                .allMatch(line -> line.contains("out of date since"));
        assertThat(Files.readAllBytes(theirs.server())).isEqualTo(before);
    }

    private static Object reason(Client client) {
        Throwable cause = catchThrowable(() -> trust().checkClientTrusted(chain(client), "EC"));
        while (cause != null) {
            if (cause instanceof CertPathValidatorException e && e.getReason() != BasicReason.UNSPECIFIED) {
                return e.getReason();
            }
            cause = cause.getCause();
        }
        return "none";
    }

    /** As Payara builds its own: the trust store's roots, the file's revocation lists. */
    private static X509TrustManager trust() throws Exception {
        var parameters = new PKIXBuilderParameters(keyStore(pki.truststore()), new X509CertSelector());
        try (InputStream in = Files.newInputStream(pki.crl())) {
            var lists = CertificateFactory.getInstance("X.509").generateCRLs(in);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
        }
        parameters.setRevocationEnabled(true);
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static X509Certificate[] chain(Client client) throws Exception {
        var bytes = new ByteArrayInputStream(Files.readAllBytes(pki.clientCertificate(client.fileName())));
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(bytes)
                .toArray(X509Certificate[]::new);
    }

    private static KeyStore keyStore(Path file) throws Exception {
        return KeyStore.getInstance(file.toFile(), PkiFolder.PASSWORD.toCharArray());
    }

    private static byte[] der(Path pem) throws Exception {
        String text = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
        return Base64.getMimeDecoder().decode(text);
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** True also where there is no openssl to ask. */
    private static boolean opensslReads(Path file) throws Exception {
        try {
            return new ProcessBuilder("openssl", "pkcs12", "-in", file.toString(), "-passin", "pass:changeit", "-nodes")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (java.io.IOException e) {
            return true;
        }
    }
}
