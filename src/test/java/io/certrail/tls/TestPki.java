package io.certrail.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Certificates of every kind, good and bad, made when needed. RSA keys are kept per length, because making them is slow.
 */
public final class TestPki {
    public static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    public static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    private static final AtomicLong SERIALS = new AtomicLong(0x1000_0001);
    private static final Map<String, KeyPair> KEPT = new ConcurrentHashMap<>();

    private TestPki() {}

    /** A certificate with its key. */
    public record Identity(X509Certificate certificate, KeyPair keys) {
        /** A certificate that this one issues; an end entity's unless said otherwise. */
        public Builder issue(String subject) {
            return new Builder(subject, this);
        }

        public PrivateKey key() {
            return keys.getPrivate();
        }

        /** A list of what this CA has revoked, good for a day. */
        public X509CRL crl(X509Certificate... revoked) {
            try {
                Date yesterday = Date.from(Instant.now().minus(Duration.ofDays(1)));
                X509v2CRLBuilder crl = new X509v2CRLBuilder(name(certificate.getSubjectX500Principal()), yesterday);
                crl.setNextUpdate(Date.from(Instant.now().plus(Duration.ofDays(1))));
                for (X509Certificate each : revoked) {
                    crl.addCRLEntry(each.getSerialNumber(), yesterday, CRLReason.keyCompromise);
                }
                return new JcaX509CRLConverter().getCRL(crl.build(signer(keys, algorithm(keys))));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A self-signed CA. */
    public static Identity root(String subject) {
        return new Builder(subject, null).ca().build();
    }

    /** Any self-signed certificate. */
    public static Builder selfSigned(String subject) {
        return new Builder(subject, null);
    }

    /** A name of a kind that has no name of its own: Microsoft's user principal name, an otherName. */
    public static GeneralName userPrincipalName(String name) {
        return new GeneralName(GeneralName.otherName, new DERSequence(new ASN1Encodable[] {
            new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"), new DERTaggedObject(true, 0, new DERUTF8String(name))
        }));
    }

    /** The chain of a client: its certificate, then those given. */
    public static X509Certificate[] chain(Identity... identities) {
        X509Certificate[] chain = new X509Certificate[identities.length];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = identities[i].certificate();
        }
        return chain;
    }

    /** A certificate to be. */
    public static final class Builder {
        private final X500Name subject;
        private final Identity issuer;
        private final List<Entry> extensions = new ArrayList<>();
        private KeyPair keys;
        private X500Name issuerName;
        private Instant from = Instant.now().minus(Duration.ofDays(1));
        private Instant until = Instant.now().plus(Duration.ofDays(100));
        private BigInteger serial = BigInteger.valueOf(SERIALS.getAndIncrement());
        private String algorithm;
        private boolean tampered;
        private boolean version1;
        private boolean keyIdentifiers = true;

        private record Entry(String id, boolean critical, ASN1Encodable value) {}

        private Builder(String subject, Identity issuer) {
            this.subject = name(new X500Principal(subject));
            this.issuer = issuer;
        }

        /** A subject that no string can express. */
        public Builder(X500Name subject, Identity issuer) {
            this.subject = subject;
            this.issuer = issuer;
        }

        public Builder ca() {
            return basicConstraints(new BasicConstraints(true)).keyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
        }

        public Builder ca(int pathLength) {
            return basicConstraints(new BasicConstraints(pathLength)).keyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
        }

        /** What a client's certificate usually holds. */
        public Builder client() {
            return keyUsage(KeyUsage.digitalSignature).extendedKeyUsage(CLIENT_AUTH);
        }

        public Builder server() {
            return keyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment)
                    .extendedKeyUsage(SERVER_AUTH)
                    .names(new GeneralName(GeneralName.dNSName, "localhost"));
        }

        public Builder basicConstraints(BasicConstraints constraints) {
            return extension(Extension.basicConstraints, true, constraints);
        }

        public Builder keyUsage(int bits) {
            return extension(Extension.keyUsage, true, new KeyUsage(bits));
        }

        public Builder extendedKeyUsage(String... purposes) {
            KeyPurposeId[] ids = new KeyPurposeId[purposes.length];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purposes[i]));
            }
            return extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(ids));
        }

        public Builder names(GeneralName... names) {
            return extension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }

        public Builder permitted(GeneralName... names) {
            return extension(Extension.nameConstraints, true, new NameConstraints(subtrees(names), null));
        }

        public Builder excluded(GeneralName... names) {
            return extension(Extension.nameConstraints, true, new NameConstraints(null, subtrees(names)));
        }

        private static GeneralSubtree[] subtrees(GeneralName... names) {
            GeneralSubtree[] subtrees = new GeneralSubtree[names.length];
            for (int i = 0; i < names.length; i++) {
                subtrees[i] = new GeneralSubtree(names[i]);
            }
            return subtrees;
        }

        public Builder unknownCriticalExtension() {
            return extension(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), true, DERNull.INSTANCE);
        }

        public Builder extension(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
            extensions.add(new Entry(id.getId(), critical, value));
            return this;
        }

        public Builder valid(Instant notBefore, Instant notAfter) {
            from = notBefore;
            until = notAfter;
            return this;
        }

        public Builder expired() {
            return valid(Instant.now().minus(Duration.ofDays(30)), Instant.now().minus(Duration.ofDays(1)));
        }

        public Builder notYetValid() {
            return valid(Instant.now().plus(Duration.ofDays(1)), Instant.now().plus(Duration.ofDays(30)));
        }

        public Builder serial(BigInteger number) {
            serial = number;
            return this;
        }

        public Builder rsa(int bits) {
            keys = TestPki.rsa(bits);
            return this;
        }

        public Builder keys(KeyPair own) {
            keys = own;
            return this;
        }

        public Builder signedWith(String signatureAlgorithm) {
            algorithm = signatureAlgorithm;
            return this;
        }

        /** Another name than the issuer's own as that of the issuer. */
        public Builder issuerName(String name) {
            issuerName = name(new X500Principal(name));
            return this;
        }

        /** The signature is changed afterwards. */
        public Builder tampered() {
            tampered = true;
            return this;
        }

        public Builder version1() {
            version1 = true;
            return this;
        }

        public Builder withoutKeyIdentifiers() {
            keyIdentifiers = false;
            return this;
        }

        public Identity build() {
            try {
                KeyPair own = keys == null ? ec() : keys;
                KeyPair signing = issuer == null ? own : issuer.keys;
                X509CertificateHolder holder = holder(own, signing);
                byte[] der = holder.getEncoded();
                if (tampered) {
                    der[der.length - 9] ^= 0x40;
                }
                X509CertificateHolder made = new X509CertificateHolder(der);
                return new Identity(new JcaX509CertificateConverter().getCertificate(made), own);
            } catch (GeneralSecurityException | java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private X509CertificateHolder holder(KeyPair own, KeyPair signing) throws CertIOException {
            X500Name by = issuerName != null
                    ? issuerName
                    : issuer == null ? subject : name(issuer.certificate.getSubjectX500Principal());
            SubjectPublicKeyInfo key =
                    SubjectPublicKeyInfo.getInstance(own.getPublic().getEncoded());
            ContentSigner signer = signer(signing, algorithm == null ? algorithm(signing) : algorithm);
            if (version1) {
                return new X509v1CertificateBuilder(by, serial, Date.from(from), Date.from(until), subject, key)
                        .build(signer);
            }
            X509v3CertificateBuilder builder =
                    new X509v3CertificateBuilder(by, serial, Date.from(from), Date.from(until), subject, key);
            if (keyIdentifiers) {
                BcX509ExtensionUtils utils = new BcX509ExtensionUtils();
                SubjectPublicKeyInfo authority =
                        SubjectPublicKeyInfo.getInstance(signing.getPublic().getEncoded());
                builder.addExtension(Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(key));
                builder.addExtension(
                        Extension.authorityKeyIdentifier, false, utils.createAuthorityKeyIdentifier(authority));
            }
            for (Entry entry : extensions) {
                builder.addExtension(new ASN1ObjectIdentifier(entry.id), entry.critical, entry.value);
            }
            return builder.build(signer);
        }
    }

    /** A new key on the curve P-256. */
    public static KeyPair ec() {
        return made("EC", "secp256r1");
    }

    /** An RSA key, always the same of that length. */
    public static KeyPair rsa(int bits) {
        return KEPT.computeIfAbsent("RSA " + bits, kind -> made("RSA", Integer.toString(bits)));
    }

    private static KeyPair made(String algorithm, String parameter) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec(parameter));
            } else {
                generator.initialize(Integer.parseInt(parameter));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X500Name name(X500Principal principal) {
        return X500Name.getInstance(principal.getEncoded());
    }

    private static String algorithm(KeyPair keys) {
        return keys.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    private static ContentSigner signer(KeyPair keys, String algorithm) {
        try {
            return new JcaContentSignerBuilder(algorithm).build(keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
