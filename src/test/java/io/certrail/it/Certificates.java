package io.certrail.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.certrail.dev.pki.Client;
import io.certrail.dev.pki.DevelopmentPki;
import io.certrail.dev.pki.PkiException;
import io.certrail.dev.pki.PkiFolder;
import io.certrail.tls.Presented;
import io.certrail.tls.TestPki;
import io.certrail.tls.TestPki.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The development PKI, and one more root that the server trusts, in the tests' own hands: it issues what no sane authority
 * would.
 *
 * @param folder the PKI's
 * @param hostile the root that issues hostile certificates; its revocation list is empty
 */
public record Certificates(Path folder, Identity hostile) {
    private static final char[] PASSWORD = PkiFolder.PASSWORD.toCharArray();

    static Certificates make(Path folder) throws IOException {
        var pki = new PkiFolder(folder);
        var hostile = TestPki.root("CN=Hostile Root,O=Certrail Tests");
        try {
            DevelopmentPki.provide(pki, Clock.systemUTC());
            trust(pki.truststore(), hostile.certificate());
            String crl = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(hostile.crl().getEncoded());
            Files.writeString(
                    pki.crl(),
                    "-----BEGIN X509 CRL-----\n" + crl + "\n-----END X509 CRL-----\n",
                    US_ASCII,
                    StandardOpenOption.APPEND);
            return new Certificates(folder, hostile);
        } catch (PkiException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void trust(Path truststore, X509Certificate root) throws IOException, GeneralSecurityException {
        KeyStore store = load(truststore);
        store.setCertificateEntry("hostile", root);
        try (OutputStream out = Files.newOutputStream(truststore)) {
            store.store(out, PASSWORD);
        }
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    /** A new context of that client, without sessions to resume. */
    SSLContext context(Client client) {
        return context(new KeyManager[] {presented(client)}, trusted());
    }

    /** What that client presents. */
    Presented presented(Client client) {
        try {
            var keys = load(new PkiFolder(folder).clientPkcs12(client.fileName()));
            String alias = keys.aliases().nextElement();
            var chain = keys.getCertificateChain(alias);
            return new Presented(
                    (PrivateKey) keys.getKey(alias, PASSWORD),
                    Arrays.copyOf(chain, chain.length, X509Certificate[].class));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate of that client. */
    X509Certificate certificate(Client client) {
        try (InputStream in = Files.newInputStream(new PkiFolder(folder).clientCertificate(client.fileName()))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new context of a client that presents this chain, whatever the server asks for. */
    SSLContext context(Identity leaf, X509Certificate... chain) {
        return context(new KeyManager[] {new Presented(leaf.key(), chain)}, trusted());
    }

    /** A new context of a client that presents whatever these keys say. */
    SSLContext context(KeyManager keys) {
        return context(new KeyManager[] {keys}, trusted());
    }

    /** A new context of a client without a certificate. */
    SSLContext anonymous() {
        return context(new KeyManager[0], trusted());
    }

    /** A new context of a client that does not trust the server. */
    SSLContext distrustful(Client client) {
        try {
            var other = KeyStore.getInstance("PKCS12");
            other.load(null, null);
            other.setCertificateEntry("other", TestPki.root("CN=Another Root").certificate());
            return context(new KeyManager[] {presented(client)}, trust(other));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private TrustManager[] trusted() {
        try (InputStream in = Files.newInputStream(new PkiFolder(folder).root())) {
            var root = KeyStore.getInstance("PKCS12");
            root.load(null, null);
            root.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(in));
            return trust(root);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TrustManager[] trust(KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static SSLContext context(KeyManager[] keys, TrustManager[] trust) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
