package io.certrail.scan.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Certificates in PKCS#12 files that the tester names. */
public final class CredentialFiles implements Credentials {
    private final Map<Kind, Credential> credentials = new EnumMap<>(Kind.class);

    /**
     * Reads them.
     *
     * @param password of all files and keys
     * @throws IOException if one cannot be read, with its name and why
     */
    public CredentialFiles(Map<Kind, Path> files, char[] password) throws IOException {
        for (var each : files.entrySet()) {
            credentials.put(each.getKey(), read(each.getValue(), password));
        }
    }

    /**
     * The files of a folder: {@code clients/KIND.p12}, or {@code clients/NAME.p12} as {@code certs/README.md} has them.
     *
     * @return those that are there
     */
    public static Map<Kind, Path> inFolder(Path folder) throws IOException {
        Map<Kind, Path> files = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            Stream.of(kind.id() + ".p12", usualName(kind))
                    .map(folder.resolve("clients")::resolve)
                    .filter(Files::isReadable)
                    .findFirst()
                    .ifPresent(file -> files.put(kind, file));
        }
        if (!files.containsKey(Kind.GOOD)) {
            throw new IOException(folder + " holds no clients/good.p12, nor clients/" + usualName(Kind.GOOD)
                    + ", that can be read: expected the files of a good client and of bad ones by their kind");
        }
        return files;
    }

    /** In the development PKI, whose clients have names. */
    private static String usualName(Kind kind) {
        return switch (kind) {
            case GOOD -> "alice.p12";
            case UNPRIVILEGED -> "stranger.p12";
            default -> kind.id() + ".p12";
        };
    }

    /** The certificates in a PEM file. */
    public static List<X509Certificate> certificates(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            List<X509Certificate> all = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (all.isEmpty()) {
                throw new IOException(pem + " holds no certificate");
            }
            return all;
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + " is no PEM file of certificates: " + e.getMessage(), e);
        }
    }

    /** The only key in a PKCS#12 file, with its chain. */
    public static Credential read(Path file, char[] password) throws IOException {
        KeyStore store = load(file, password);
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key) {
                    return new Credential(key, chain(file, store.getCertificateChain(alias)));
                }
            }
            throw new IOException(file + " holds no private key");
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static KeyStore load(Path file, char[] password) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(file + " is not there, or may not be read: expected a PKCS#12 file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            String why = e.getCause() instanceof GeneralSecurityException
                    ? " cannot be read: is the password right?"
                    : " is no PKCS#12 file, which is expected";
            throw new IOException(file + why, e);
        }
    }

    private static List<X509Certificate> chain(Path file, Certificate @Nullable [] chain) throws IOException {
        if (chain == null || chain.length == 0) {
            throw new IOException(file + " holds a private key, but no certificate for it: expected both");
        }
        return Stream.of(chain).map(X509Certificate.class::cast).toList();
    }

    @Override
    public Optional<Credential> find(Kind kind, String nonce) {
        Credential found = credentials.get(kind);
        return Optional.ofNullable(found == null && kind == Kind.UNPRIVILEGED ? credentials.get(Kind.GOOD) : found);
    }
}
