package io.certrail.scan.pki;

import io.certrail.scan.probe.Credential;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * An authority that signs clients' certificates.
 *
 * @param key of the first certificate
 * @param chain its own certificate first
 */
record Issuer(PrivateKey key, List<X509Certificate> chain) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SERIAL_BITS = 120;
    private static final Duration DAY = Duration.ofDays(1);

    Issuer {
        chain = List.copyOf(chain);
    }

    /**
     * A certificate to be.
     *
     * @param purpose its extended key usage
     * @param dnsName its alternative name
     */
    record Wish(X500Name subject, Instant from, Instant until, KeyPurposeId purpose, String dnsName) {
        static Wish of(X500Name subject, Instant now) {
            return new Wish(subject, now.minus(DAY), now.plus(DAY), KeyPurposeId.id_kp_clientAuth, "scan.invalid");
        }

        Wish valid(Instant earliest, Instant latest) {
            return new Wish(subject, earliest, latest, purpose, dnsName);
        }

        Wish purpose(KeyPurposeId other) {
            return new Wish(subject, from, until, other, dnsName);
        }
    }

    /** A root that nobody knows. */
    static Issuer unknown(X500Name name, Instant now) throws GeneralSecurityException, IOException {
        KeyPair keys = keys();
        return new Issuer(keys.getPrivate(), List.of(authority(name, keys.getPublic(), null, keys.getPrivate(), now)));
    }

    /** An authority below this one that may not name anything below that domain. */
    Issuer excluding(X500Name name, String domain, Instant now) throws GeneralSecurityException, IOException {
        KeyPair keys = keys();
        var subtree = new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain));
        var chained = new ArrayList<X509Certificate>();
        chained.add(authority(name, keys.getPublic(), certificate(), key, now, subtree));
        chained.addAll(chain);
        return new Issuer(keys.getPrivate(), chained);
    }

    Credential issue(Wish wish) throws GeneralSecurityException, IOException {
        KeyPair keys = keys();
        var sent = new ArrayList<X509Certificate>();
        sent.add(leaf(wish, keys.getPublic(), certificate(), key));
        sent.addAll(chain);
        sent.removeIf(each -> each.getSubjectX500Principal().equals(each.getIssuerX500Principal()));
        return new Credential(keys.getPrivate(), sent);
    }

    static Credential selfSigned(Wish wish) throws GeneralSecurityException, IOException {
        KeyPair keys = keys();
        return new Credential(keys.getPrivate(), List.of(leaf(wish, keys.getPublic(), null, keys.getPrivate())));
    }

    private X509Certificate certificate() {
        return chain.get(0);
    }

    /** @param issuer null: its own */
    private static X509Certificate leaf(Wish wish, PublicKey key, @Nullable X509Certificate issuer, PrivateKey signer)
            throws GeneralSecurityException, IOException {
        var builder = new JcaX509v3CertificateBuilder(
                issuer == null ? wish.subject() : name(issuer),
                serial(),
                Date.from(wish.from()),
                Date.from(wish.until()),
                wish.subject(),
                key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(wish.purpose()));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, wish.dnsName())));
        return sign(builder, issuer, signer);
    }

    private static X509Certificate authority(
            X500Name name,
            PublicKey key,
            @Nullable X509Certificate issuer,
            PrivateKey signer,
            Instant now,
            GeneralSubtree... excluded)
            throws GeneralSecurityException, IOException {
        var builder = new JcaX509v3CertificateBuilder(
                issuer == null ? name : name(issuer),
                serial(),
                Date.from(now.minus(DAY)),
                Date.from(now.plus(DAY)),
                name,
                key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
        if (excluded.length > 0) {
            builder.addExtension(Extension.nameConstraints, true, new NameConstraints(null, excluded));
        }
        return sign(builder, issuer, signer);
    }

    private static X500Name name(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static X509Certificate sign(
            JcaX509v3CertificateBuilder builder, @Nullable X509Certificate issuer, PrivateKey signer)
            throws GeneralSecurityException, IOException {
        try {
            if (issuer != null) {
                builder.addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer));
            }
            var content = new JcaContentSignerBuilder(algorithm(signer)).build(signer);
            return new JcaX509CertificateConverter().getCertificate(builder.build(content));
        } catch (OperatorCreationException | IllegalArgumentException e) { // the latter of an unknown algorithm
            throw new GeneralSecurityException("cannot sign with a key of type " + signer.getAlgorithm(), e);
        }
    }

    private static String algorithm(PrivateKey key) {
        if (key instanceof ECKey) {
            return "SHA256withECDSA";
        }
        if (key instanceof EdECKey edwards) {
            return edwards.getParams().getName(); // of the key itself the JDK tells "EdDSA" only
        }
        return key.getAlgorithm().startsWith("RSA") ? "SHA256withRSA" : key.getAlgorithm();
    }

    private static KeyPair keys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS);
    }
}
