package io.certrail.dev.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The PKI for one's own machine. {@link #provide} makes a folder where none is, leaves one that is there alone, and makes
 * one anew only if it made it itself (a marker file says so) and it is damaged or about to expire.
 */
public final class DevelopmentPki {
    /** Lies in every folder that was made here; without it a folder is somebody's own. */
    static final String MARKER = "MADE-BY-CERTRAIL";

    private static final String MARKER_TEXT =
            """
            A development PKI, made by certrail. Its keys are not protected: never use it outside this machine.
            Delete the folder to get a new one. Delete this file to keep the folder from being renewed.
            """;

    private final Path folder;
    private final Instant now;

    private DevelopmentPki(Path folder, Instant now) {
        this.folder = folder;
        this.now = now;
    }

    /**
     * Provides one for a script.
     *
     * @param arguments the folder
     */
    public static void main(String[] arguments) throws PkiException {
        provide(new PkiFolder(Path.of(arguments[0])), Clock.systemUTC()).forEach(System.out::println);
    }

    /**
     * The PKI in the folder, made if there is none.
     *
     * @return what was done, one line for each thing worth telling; empty if the folder was good
     * @throws PkiException if the folder is somebody's own and cannot be used, or cannot be written
     */
    public static List<String> provide(PkiFolder pki, Clock clock) throws PkiException {
        if (!isFolderWithContent(pki.folder())) {
            make(pki.folder(), clock.instant());
            return List.of("made a development PKI in " + pki.folder());
        }
        if (!Files.exists(pki.folder().resolve(MARKER))) {
            return pki.read().warnings(clock);
        }
        List<String> faults = faults(pki, clock);
        if (!faults.isEmpty()) {
            make(pki.folder(), clock.instant());
            faults.add("made the development PKI in " + pki.folder() + " anew: use its new root.pem and clients/");
        }
        return List.copyOf(faults);
    }

    private static List<String> faults(PkiFolder pki, Clock clock) {
        try {
            var faults = new ArrayList<>(pki.read().warnings(clock));
            clientFiles(pki).filter(file -> !Files.isReadable(file)).forEach(file -> faults.add(file + " is missing"));
            return faults;
        } catch (PkiException e) {
            return new ArrayList<>(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static Stream<Path> clientFiles(PkiFolder pki) {
        Stream<Path> clients = Stream.of(Client.values())
                .map(Client::fileName)
                .flatMap(name -> Stream.of(pki.clientPkcs12(name), pki.clientCertificate(name), pki.clientKey(name)));
        return Stream.concat(Stream.of(pki.root()), clients);
    }

    private static boolean isFolderWithContent(Path folder) throws PkiException {
        if (!Files.exists(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isPresent();
        } catch (IOException | UncheckedIOException e) {
            throw new PkiException(folder + " is no folder that this user may read: name another as PKI", e);
        }
    }

    /** Made beside its place and moved there, so that a folder that is there is whole. */
    private static void make(Path folder, Instant now) throws PkiException {
        try {
            Files.createDirectories(folder.getParent());
            Path made = Files.createTempDirectory(folder.getParent(), folder.getFileName() + ".new");
            try {
                new DevelopmentPki(made, now).write();
                delete(folder);
                Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(made);
            }
        } catch (IOException e) {
            throw new PkiException(
                    "cannot write a PKI in " + folder + " (" + e + "): name a folder that can be written", e);
        } catch (GeneralSecurityException e) {
            throw new PkiException("this JDK cannot make a PKI: " + e, e);
        }
    }

    private void write() throws IOException, GeneralSecurityException {
        var root = Authority.root("CN=Certrail Development Root,O=Certrail Development", now);
        var issuing = root.subordinate("CN=Certrail Development Issuing CA,O=Certrail Development", now);
        Files.writeString(folder.resolve(MARKER), MARKER_TEXT);
        var pki = new PkiFolder(folder);
        Files.createDirectory(pki.folder().resolve("clients"));
        Pem.certificates(pki.root(), List.of(root.certificate()));
        Pkcs12.trusted(pki.truststore(), root.certificate(), issuing.certificate());
        Pkcs12.key(pki.server(), "server", issuing.issue(Profile.server(now), KeyPairs.rsa()));
        var revoked = writeClients(pki, issuing);
        Pem.revocationLists(pki.crl(), List.of(root.revoke(List.of(), now), issuing.revoke(revoked, now)));
    }

    private List<X509Certificate> writeClients(PkiFolder pki, Authority issuing)
            throws IOException, GeneralSecurityException {
        var other = Authority.root("CN=Some Other Root,O=Somebody Else", now);
        var revoked = new ArrayList<X509Certificate>();
        for (Client client : Client.values()) {
            var identity = identity(client, client == Client.UNTRUSTED ? other : issuing);
            String name = client.fileName();
            Pkcs12.key(pki.clientPkcs12(name), name, identity);
            Pem.certificates(pki.clientCertificate(name), identity.chain());
            Pem.key(pki.clientKey(name), identity.key());
            if (client == Client.REVOKED) {
                revoked.add(identity.leaf());
            }
        }
        return revoked;
    }

    private Identity identity(Client client, Authority issuer) throws IOException, GeneralSecurityException {
        var profile = client.profile(now);
        var pair = KeyPairs.ec();
        return client == Client.SELF_SIGNED ? Authority.selfSigned(profile, pair) : issuer.issue(profile, pair);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
