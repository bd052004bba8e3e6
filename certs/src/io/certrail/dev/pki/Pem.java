package io.certrail.dev.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** Textual encodings of keys, certificates and revocation lists (RFC 7468). */
final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static void certificates(Path file, List<X509Certificate> chain) throws IOException, CertificateEncodingException {
        var text = new StringBuilder();
        for (var certificate : chain) {
            text.append(block("CERTIFICATE", certificate.getEncoded()));
        }
        Files.writeString(file, text);
    }

    static void revocationLists(Path file, List<X509CRL> lists) throws IOException, CRLException {
        var text = new StringBuilder();
        for (var list : lists) {
            text.append(block("X509 CRL", list.getEncoded()));
        }
        Files.writeString(file, text);
    }

    static void key(Path file, PrivateKey key) throws IOException {
        createSecret(file);
        Files.writeString(file, block("PRIVATE KEY", key.getEncoded()), StandardCharsets.US_ASCII);
    }

    /** Makes an empty file that only its owner may read, before anything is in it. */
    static void createSecret(Path file) throws IOException {
        boolean posix = Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
        FileAttribute<?>[] owner = {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))};
        Files.createFile(file, posix ? owner : new FileAttribute<?>[0]);
    }

    private static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
