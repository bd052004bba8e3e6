package io.certrail.sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom Certrail trusts as a client, and as whom it comes.
 *
 * @param trust PEM file of certification authorities; {@code null}: those of the JDK
 * @param keyStore PKCS #12 file with Certrail's own key and certificate; {@code null}: it has none
 * @param keyStorePassword file whose first line is that file's password; there if the key store is
 */
public record TlsOptions(@Nullable Path trust, @Nullable Path keyStore, @Nullable Path keyStorePassword) {
    /** The JDK's authorities, and no certificate of our own. */
    public static final TlsOptions USUAL = new TlsOptions(null, null, null);

    public TlsOptions {
        if ((keyStore == null) != (keyStorePassword == null)) {
            throw new IllegalArgumentException("a key store and the file of its password go together");
        }
    }

    /**
     * A context for clients.
     *
     * @throws IOException if a file cannot be read, or is not what it should be; the message names it
     */
    SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private TrustManager @Nullable [] trustManagers() throws IOException, GeneralSecurityException {
        if (trust == null) {
            return null;
        }
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        int count = 0;
        for (Certificate certificate : certificates(trust)) {
            anchors.setCertificateEntry("anchor-" + count++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        return factory.getTrustManagers();
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (!found.isEmpty()) {
                return found;
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " is not a PEM file of certificates: " + e.getMessage(), e);
        }
        throw new IOException(file + " has no certificate: expected a PEM file of certification authorities");
    }

    private KeyManager @Nullable [] keyManagers() throws IOException, GeneralSecurityException {
        if (keyStore == null || keyStorePassword == null) {
            return null;
        }
        char[] password = firstLine(keyStorePassword);
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, password);
            return factory.getKeyManagers();
        } catch (IOException e) {
            throw new IOException(keyStore + " cannot be opened with the password in " + keyStorePassword, e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static char[] firstLine(Path file) throws IOException {
        return Files.readString(file).lines().findFirst().orElse("").toCharArray();
    }
}
