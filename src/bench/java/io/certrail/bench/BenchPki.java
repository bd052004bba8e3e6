package io.certrail.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A PKI folder with just what the benchmark needs: one CA and its empty revocation list, the server, one client; EC
 * secp256r1 throughout.
 */
public final class BenchPki {
    /** The one client. */
    public static final String CLIENT = "alice";

    public static final String PASSWORD = "changeit";

    private static final Duration VALIDITY = Duration.ofDays(30);
    private static final X500Principal CA = new X500Principal("CN=Bench CA,O=Certrail");

    private final Path folder;
    private final KeyPair caKeys;
    private final X509Certificate ca;
    private long serial = 1;

    private BenchPki(Path folder) throws GeneralSecurityException, IOException, OperatorCreationException {
        this.folder = folder;
        this.caKeys = keys();
        this.ca = certificate(CA, caKeys, null);
    }

    /** Makes the folder anew. */
    public static Path make(Path folder) throws GeneralSecurityException, IOException, OperatorCreationException {
        Files.createDirectories(folder.resolve("clients"));
        BenchPki pki = new BenchPki(folder);
        pki.trustStore();
        pki.revocationList();
        pki.keyStore("server.p12", "server", "CN=localhost,O=Certrail", KeyPurposeId.id_kp_serverAuth);
        pki.keyStore(
                "clients/" + CLIENT + ".p12", CLIENT, "CN=alice,OU=clients,O=Certrail", KeyPurposeId.id_kp_clientAuth);
        return folder;
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** RFC 5280 section 4.2; without a purpose it is the CA's. */
    private X509Certificate certificate(X500Principal subject, KeyPair keys, @Nullable KeyPurposeId purpose)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                CA,
                BigInteger.valueOf(serial++),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(VALIDITY)),
                subject,
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(purpose == null));
        if (purpose == null) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } else {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            GeneralName name = new GeneralName(GeneralName.dNSName, "localhost");
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name));
        }
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
    }

    private void trustStore() throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setCertificateEntry("ca", ca);
        save(store, "truststore.p12");
    }

    /** Nobody is revoked; the servers want to be told so. */
    private void revocationList() throws IOException, GeneralSecurityException, OperatorCreationException {
        Date now = new Date();
        JcaX509v2CRLBuilder list = new JcaX509v2CRLBuilder(ca, now);
        list.setNextUpdate(Date.from(now.toInstant().plus(VALIDITY)));
        try (JcaPEMWriter pem = new JcaPEMWriter(Files.newBufferedWriter(folder.resolve("crl.pem")))) {
            pem.writeObject(list.build(signer()));
        }
    }

    private ContentSigner signer() throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(caKeys.getPrivate());
    }

    private void keyStore(String file, String alias, String subject, KeyPurposeId purpose)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        KeyPair keys = keys();
        Certificate[] chain = {certificate(new X500Principal(subject), keys, purpose), ca};
        KeyStore store = empty();
        store.setKeyEntry(alias, keys.getPrivate(), PASSWORD.toCharArray(), chain);
        save(store, file);
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private void save(KeyStore store, String file) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
            store.store(out, PASSWORD.toCharArray());
        }
    }
}
