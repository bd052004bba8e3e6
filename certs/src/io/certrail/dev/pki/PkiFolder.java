package io.certrail.dev.pki;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder with what a server with mutual TLS needs: {@code server.p12} (one key entry with its chain, under any alias),
 * {@code truststore.p12} (the trusted roots), {@code crl.pem} (the revocation lists of all authorities, one after the
 * other), and for the clients {@code root.pem} and {@code clients/NAME.{p12,pem,key}}.
 *
 * @param folder the folder, absolute
 */
public record PkiFolder(Path folder) {
    /** The password of every PKCS#12 file of a PKI folder. */
    public static final String PASSWORD = "changeit";

    public PkiFolder {
        folder = folder.toAbsolutePath().normalize();
    }

    public Path server() {
        return folder.resolve("server.p12");
    }

    public Path truststore() {
        return folder.resolve("truststore.p12");
    }

    public Path crl() {
        return folder.resolve("crl.pem");
    }

    /** The server's root certificate, for clients; a PKI made elsewhere may lack it. */
    public Path root() {
        return folder.resolve("root.pem");
    }

    /** The client's certificate, followed by the chain that it sends. */
    public Path clientCertificate(String name) {
        return client(name, "pem");
    }

    /** The client's private key, PKCS#8. */
    public Path clientKey(String name) {
        return client(name, "key");
    }

    /** The client's key and chain. */
    public Path clientPkcs12(String name) {
        return client(name, "p12");
    }

    private Path client(String name, String extension) {
        return folder.resolve("clients").resolve(name + "." + extension);
    }

    /**
     * Reads all that the server needs.
     *
     * @throws PkiException if a file is missing or cannot be used; nothing is repaired
     */
    public ServerPki read() throws PkiException {
        var keys = keyStore(server());
        String alias = onlyKeyEntry(keys);
        requireTrustedRoot(keyStore(truststore()));
        return new ServerPki(alias, certificate(keys, alias), earliestNextUpdate());
    }

    private X509Certificate certificate(KeyStore keys, String alias) throws PkiException {
        try {
            keys.getKey(alias, PASSWORD.toCharArray());
            return (X509Certificate) keys.getCertificate(alias);
        } catch (GeneralSecurityException e) {
            throw unusable(server(), "its key cannot be read with the password \"" + PASSWORD + "\"", e);
        }
    }

    private String onlyKeyEntry(KeyStore keys) throws PkiException {
        try {
            List<String> aliases = new ArrayList<>();
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.isKeyEntry(alias)) {
                    aliases.add(alias);
                }
            }
            if (aliases.size() == 1) {
                return aliases.get(0);
            }
            throw new PkiException(server() + " holds " + aliases.size() + " key entries " + aliases
                    + ": put exactly one in it, the server's key with its chain");
        } catch (KeyStoreException e) {
            throw unusable(server(), e.toString(), e);
        }
    }

    private void requireTrustedRoot(KeyStore trusted) throws PkiException {
        try {
            for (String alias : Collections.list(trusted.aliases())) {
                if (trusted.isCertificateEntry(alias)) {
                    return;
                }
            }
        } catch (KeyStoreException e) {
            throw unusable(truststore(), e.toString(), e);
        }
        throw new PkiException(truststore() + " holds no trusted certificate:"
                + " import the root with keytool -importcert -alias root -file root.pem -keystore truststore.p12");
    }

    private static KeyStore keyStore(Path file) throws PkiException {
        requireFile(file);
        try (InputStream in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (IOException e) {
            boolean password = e.getCause() instanceof UnrecoverableKeyException;
            String why = password ? "its password is not \"" + PASSWORD + "\"" : "it is no readable PKCS#12 file";
            throw unusable(file, why, e);
        } catch (GeneralSecurityException e) {
            throw unusable(file, e.toString(), e);
        }
    }

    private Instant earliestNextUpdate() throws PkiException {
        return revocationLists().stream()
                .map(list -> Optional.ofNullable(((X509CRL) list).getNextUpdate()))
                .map(date -> date.map(Date::toInstant).orElse(Instant.MAX))
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> unusable(crl(), "it holds no revocation list", null));
    }

    private Collection<? extends CRL> revocationLists() throws PkiException {
        requireFile(crl());
        try (InputStream in = Files.newInputStream(crl())) {
            return CertificateFactory.getInstance("X.509").generateCRLs(in);
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(crl(), "it is no PEM file of revocation lists", e);
        }
    }

    private static void requireFile(Path file) throws PkiException {
        if (!Files.exists(file)) {
            throw new PkiException(file + " is missing: a PKI folder holds server.p12, truststore.p12 and crl.pem"
                    + " (certs/README.md tells how to make one)");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new PkiException(file + " cannot be read: make it a file that this user may read");
        }
    }

    private static PkiException unusable(Path file, String why, @Nullable Throwable cause) {
        return new PkiException(file + " cannot be used: " + why + " (certs/README.md tells how to make one)", cause);
    }

    /**
     * What the server's files say.
     *
     * @param alias of the only key entry, spelled as the JDK lists it: Payara looks it up by exactly that spelling
     * @param certificate the server's own
     * @param nextUpdate when the first of the revocation lists is out of date; after it every client is refused
     */
    public record ServerPki(String alias, X509Certificate certificate, Instant nextUpdate) {
        /** One line for each file that is out of date or will be within a week; else empty. */
        public List<String> warnings(Clock clock) {
            List<String> lines = new ArrayList<>();
            Expiry.of(
                            "server.p12: the server's certificate",
                            certificate.getNotAfter().toInstant(),
                            clock)
                    .ifPresent(lines::add);
            Expiry.of("crl.pem: a revocation list (after that no client is accepted)", nextUpdate, clock)
                    .ifPresent(lines::add);
            return List.copyOf(lines);
        }
    }
}
