package io.certrail.cli;

import io.certrail.scan.pki.MadeCredentials;
import io.certrail.scan.probe.CredentialFiles;
import io.certrail.scan.probe.Credentials;
import io.certrail.scan.probe.Credentials.Kind;
import io.certrail.scan.probe.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The certificates that probes present, and by what they know the server. */
final class ScanClients {
    @Option(
            names = "--pki",
            paramLabel = "FOLDER",
            description =
                    "A folder as certs/README.md describes it: root.pem, clients/alice.p12 and others by their kind.")
    private @Nullable Path pki;

    @Option(names = "--client", paramLabel = "FILE", description = "PKCS#12 file of a client that the server accepts.")
    private @Nullable Path client;

    @Option(
            names = "--certificate",
            paramLabel = "KIND=FILE",
            description = "PKCS#12 file of a client that is unprivileged, expired, not-yet-valid, revoked, untrusted,"
                    + " self-signed, wrong-usage or name-constraints. Repeatable.")
    private final Map<String, Path> certificates = new HashMap<>();

    @Option(
            names = "--ca-cert",
            paramLabel = "FILE",
            description = "PEM file of a client authority that the server trusts," + " and those above it.")
    private @Nullable Path authority;

    @Option(
            names = "--ca-key",
            paramLabel = "FILE",
            description = "PEM file with its key: bad certificates are made, one for each probe. Use a test authority.")
    private @Nullable Path authorityKey;

    @Option(
            names = "--auditor",
            paramLabel = "FILE",
            description =
                    "PKCS#12 file of a client that may read --trail. Default: auditor.p12 in the folder's clients.")
    private @Nullable Path auditor;

    @Option(names = "--trust", paramLabel = "FILE", description = "PEM file with the root of the server's certificate.")
    private @Nullable Path trust;

    @Option(
            names = "--password",
            defaultValue = "${env:CERTRAIL_PKI_PASSWORD:-changeit}",
            description =
                    "Of all PKCS#12 files; better in the environment, as CERTRAIL_PKI_PASSWORD. Default: changeit.")
    private char[] password = new char[0];

    Credentials credentials() throws IOException {
        Map<Kind, Path> files = new EnumMap<>(Kind.class);
        if (pki != null) {
            files.putAll(CredentialFiles.inFolder(pki));
        }
        if (client != null) {
            files.put(Kind.GOOD, client);
        }
        Set<Kind> named = EnumSet.noneOf(Kind.class);
        for (var each : certificates.entrySet()) {
            named.add(kind(each.getKey()));
            files.put(kind(each.getKey()), each.getValue());
        }
        return preferring(named, new CredentialFiles(files, password), made());
    }

    /**
     * The tester's word counts. Else those made for one probe are preferred to those of a folder: nothing in the log can be
     * taken for another's.
     */
    private static Credentials preferring(Set<Kind> named, Credentials files, Credentials made) {
        Credentials others = Credentials.firstOf(List.of(made, files));
        return (kind, nonce) -> (named.contains(kind) ? files : others).find(kind, nonce);
    }

    private Credentials made() throws IOException {
        Clock clock = Clock.systemUTC();
        if (authorityKey == null || authority == null) {
            if (authorityKey != null || authority != null) {
                throw new IllegalArgumentException("--ca-key and --ca-cert belong together");
            }
            return MadeCredentials.withoutAuthority(clock);
        }
        PrivateKey key = MadeCredentials.key(authorityKey);
        try {
            return MadeCredentials.of(key, CredentialFiles.certificates(authority), clock);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--ca-key " + authorityKey + " is of no use with --ca-cert " + authority + ": " + e.getMessage(),
                    e);
        }
    }

    private static Kind kind(String word) {
        try {
            return Kind.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--certificate " + word + "=: no such kind", e);
        }
    }

    Trust trust() throws IOException {
        try {
            return Trust.in(roots());
        } catch (GeneralSecurityException e) {
            throw new IOException("this JDK cannot trust anybody: " + e.getMessage(), e);
        }
    }

    private List<X509Certificate> roots() throws IOException {
        Path inFolder = pki == null ? null : pki.resolve("root.pem");
        Path file = trust == null && inFolder != null && Files.isReadable(inFolder) ? inFolder : trust;
        return file == null ? List.of() : CredentialFiles.certificates(file);
    }

    /** The auditor's file and its password. */
    Credentials auditor() throws IOException {
        Path inFolder = pki == null ? null : pki.resolve("clients").resolve("auditor.p12");
        Path file = auditor == null ? inFolder : auditor;
        if (file == null) {
            throw new IllegalArgumentException("--trail needs an auditor's certificate: name it with --auditor");
        }
        return new CredentialFiles(Map.of(Kind.GOOD, file), password);
    }
}
