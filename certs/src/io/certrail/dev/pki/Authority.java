package io.certrail.dev.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority that signs with ECDSA on P-256: issues end-entity certificates, other authorities, and its
 * revocation list. The JDK's providers do the cryptography.
 *
 * @param chain its own certificate first, the root last
 */
record Authority(KeyPair keys, List<X509Certificate> chain) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SERIAL_BITS = 120;
    private static final long CA_YEARS = 10;

    Authority {
        chain = List.copyOf(chain);
    }

    static Authority root(String subject, Instant now) throws GeneralSecurityException, IOException {
        return authority(new X500Principal(subject), KeyPairs.ec(), null, now);
    }

    Authority subordinate(String subject, Instant now) throws GeneralSecurityException, IOException {
        return authority(new X500Principal(subject), KeyPairs.ec(), this, now);
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    /** Issues a certificate; the identity's chain ends before the root, which the other side must have. */
    Identity issue(Profile profile, KeyPair pair) throws GeneralSecurityException, IOException {
        var builder = builder(certificate().getSubjectX500Principal(), profile, pair.getPublic());
        endEntity(builder, profile, pair.getPublic(), keys.getPublic());
        var leaf = sign(builder, keys);
        var sent = new ArrayList<>(List.of(leaf));
        sent.addAll(chain.subList(0, chain.size() - 1));
        return new Identity(pair.getPrivate(), sent);
    }

    static Identity selfSigned(Profile profile, KeyPair pair) throws GeneralSecurityException, IOException {
        var builder = builder(new X500Principal(profile.subject()), profile, pair.getPublic());
        endEntity(builder, profile, pair.getPublic(), pair.getPublic());
        return new Identity(pair.getPrivate(), List.of(sign(builder, pair)));
    }

    /** Its revocation list, good from now for {@link Profile#LIFE}. */
    X509CRL revoke(List<X509Certificate> revoked, Instant now) throws GeneralSecurityException, IOException {
        var list = new JcaX509v2CRLBuilder(certificate().getSubjectX500Principal(), Date.from(Profile.early(now)));
        list.setNextUpdate(Date.from(Profile.late(now)));
        for (var certificate : revoked) {
            list.addCRLEntry(certificate.getSerialNumber(), Date.from(Profile.early(now)), CRLReason.keyCompromise);
        }
        list.addExtension(
                Extension.authorityKeyIdentifier, false, identifiers().createAuthorityKeyIdentifier(keys.getPublic()));
        list.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.ONE));
        return new JcaX509CRLConverter().getCRL(list.build(signer(keys)));
    }

    private static Authority authority(X500Principal subject, KeyPair keys, @Nullable Authority issuer, Instant now)
            throws GeneralSecurityException, IOException {
        Date end = Date.from(now.plus(Profile.LIFE.multipliedBy(CA_YEARS)));
        var name = issuer == null ? subject : issuer.certificate().getSubjectX500Principal();
        var signing = issuer == null ? keys : issuer.keys();
        var builder = new JcaX509v3CertificateBuilder(
                name, serial(), Date.from(Profile.early(now)), end, subject, keys.getPublic());
        var constraints = issuer == null ? new BasicConstraints(true) : new BasicConstraints(0);
        builder.addExtension(Extension.basicConstraints, true, constraints);
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        identify(builder, keys.getPublic(), signing.getPublic());
        var chain = new ArrayList<>(List.of(sign(builder, signing)));
        chain.addAll(issuer == null ? List.of() : issuer.chain());
        return new Authority(keys, chain);
    }

    private static JcaX509v3CertificateBuilder builder(X500Principal issuer, Profile profile, PublicKey key) {
        Date from = Date.from(profile.notBefore());
        Date to = Date.from(profile.notAfter());
        return new JcaX509v3CertificateBuilder(issuer, serial(), from, to, new X500Principal(profile.subject()), key);
    }

    private static void endEntity(JcaX509v3CertificateBuilder builder, Profile profile, PublicKey key, PublicKey issuer)
            throws GeneralSecurityException, IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(profile.purpose()));
        if (!profile.names().isEmpty()) {
            var names = new GeneralNames(profile.names().toArray(GeneralName[]::new));
            builder.addExtension(Extension.subjectAlternativeName, false, names);
        }
        identify(builder, key, issuer);
    }

    private static void identify(JcaX509v3CertificateBuilder builder, PublicKey subject, PublicKey issuer)
            throws GeneralSecurityException, IOException {
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, identifiers().createSubjectKeyIdentifier(subject));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, identifiers().createAuthorityKeyIdentifier(issuer));
    }

    private static JcaX509ExtensionUtils identifiers() throws GeneralSecurityException {
        return new JcaX509ExtensionUtils();
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair keys)
            throws GeneralSecurityException {
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer(keys)));
    }

    private static ContentSigner signer(KeyPair keys) throws GeneralSecurityException {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("cannot sign", e);
        }
    }

    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS);
    }
}
