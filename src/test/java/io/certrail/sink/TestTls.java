package io.certrail.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.certrail.tls.TestPki;
import io.certrail.tls.TestPki.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.GeneralName;

/** A root, a server called localhost, and a client, with their files in a folder. */
record TestTls(Path folder, Identity root, Identity server, Identity client) {
    private static final char[] PASSWORD = "secret".toCharArray();

    static TestTls in(Path folder) throws IOException, GeneralSecurityException {
        Identity root = TestPki.root("CN=Sink Root");
        Identity server = root.issue("CN=receiver")
                .server()
                .names(new GeneralName(GeneralName.dNSName, "localhost"))
                .build();
        TestTls tls = new TestTls(
                folder, root, server, root.issue("CN=certrail").client().build());
        Files.writeString(tls.trust(), pem(root));
        Files.writeString(tls.password(), "secret\n");
        try (OutputStream out = Files.newOutputStream(tls.keyStore())) {
            store(tls.client, root).store(out, PASSWORD);
        }
        return tls;
    }

    private static String pem(Identity identity) throws GeneralSecurityException {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                .encodeToString(identity.certificate().getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    private static KeyStore store(Identity identity, Identity root) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate[] chain = {identity.certificate(), root.certificate()};
        store.setKeyEntry("key", identity.key(), PASSWORD, chain);
        return store;
    }

    Path trust() {
        return folder.resolve("trust.pem");
    }

    Path keyStore() {
        return folder.resolve("client.p12");
    }

    Path password() {
        return folder.resolve("client.password");
    }

    /** Trusts the root, and has no certificate. */
    TlsOptions options() {
        return new TlsOptions(trust(), null, null);
    }

    TlsOptions optionsWithKey() {
        return new TlsOptions(trust(), keyStore(), password());
    }

    /** The server's, which trusts the root. */
    SSLContext serverContext() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(server, root), PASSWORD);
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry("root", root.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
