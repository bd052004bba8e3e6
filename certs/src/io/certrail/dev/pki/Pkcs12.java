package io.certrail.dev.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;

/** PKCS#12 files with the JDK's algorithms (PBES2 with AES-256 since JDK 16), which OpenSSL 3 and curl read too. */
final class Pkcs12 {
    private static final char[] PASSWORD = PkiFolder.PASSWORD.toCharArray();

    private Pkcs12() {}

    static void key(Path file, String alias, Identity identity) throws IOException, GeneralSecurityException {
        var store = empty();
        store.setKeyEntry(alias, identity.key(), PASSWORD, identity.chain().toArray(X509Certificate[]::new));
        write(file, store);
    }

    /** The issuing authority too: WildFly accepts no client through an intermediate one that may issue no others. */
    static void trusted(Path file, X509Certificate root, X509Certificate issuing)
            throws IOException, GeneralSecurityException {
        var store = empty();
        store.setCertificateEntry("root", root);
        store.setCertificateEntry("issuing", issuing);
        write(file, store);
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        return store;
    }

    private static void write(Path file, KeyStore store) throws IOException, GeneralSecurityException {
        Pem.createSecret(file);
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
    }
}
