package io.certrail.dev.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PkiFolderTest {
    private static final char[] PASSWORD = PkiFolder.PASSWORD.toCharArray();

    @TempDir
    Path parent;

    private PkiFolder pki;

    @BeforeEach
    void make() throws Exception {
        pki = new PkiFolder(parent.resolve("pki"));
        DevelopmentPki.provide(pki, Clock.systemUTC());
    }

    @Test
    void aliasIsSpelledAsTheJdkListsIt() throws Exception {
        storeServerKeyAs(PASSWORD, "My Server KEY");
        assertThat(pki.read().alias()).isEqualTo("my server key");
    }

    @Test
    void twoKeyEntriesAreOneTooMany() throws Exception {
        storeServerKeyAs(PASSWORD, "one", "two");
        assertUnusable("2 key entries [one, two]");
    }

    @Test
    void noKeyEntryIsTooFew() throws Exception {
        storeServerKeyAs(PASSWORD);
        assertUnusable("0 key entries");
    }

    @Test
    void otherPasswordIsNamedAsTheCause() throws Exception {
        storeServerKeyAs("secret".toCharArray(), "server");
        assertUnusable("its password is not \"changeit\"");
    }

    @Test
    void fileThatIsNoKeyStoreIsTold() throws Exception {
        Files.writeString(pki.truststore(), "-----BEGIN CERTIFICATE-----");
        assertUnusable("no readable PKCS#12 file");
    }

    @Test
    void truststoreWithoutTrustedEntryIsTold() throws Exception {
        Files.delete(pki.truststore());
        Files.copy(pki.clientPkcs12("alice"), pki.truststore());
        assertUnusable("holds no trusted certificate");
    }

    @Test
    void missingRevocationListIsTold() throws Exception {
        Files.delete(pki.crl());
        assertUnusable("crl.pem is missing");
    }

    @Test
    void emptyRevocationListFileIsTold() throws Exception {
        Files.writeString(pki.crl(), "");
        assertUnusable("crl.pem cannot be used");
    }

    private void assertUnusable(String why) {
        assertThatThrownBy(pki::read)
                .isInstanceOf(PkiException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }

    private void storeServerKeyAs(char[] password, String... aliases) throws Exception {
        var from = KeyStore.getInstance(pki.server().toFile(), PASSWORD);
        var to = KeyStore.getInstance("PKCS12");
        to.load(null, password);
        for (String alias : aliases) {
            to.setKeyEntry(alias, from.getKey("server", PASSWORD), password, from.getCertificateChain("server"));
        }
        try (var out = Files.newOutputStream(pki.server())) {
            to.store(out, password);
        }
    }
}
