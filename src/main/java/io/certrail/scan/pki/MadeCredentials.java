package io.certrail.scan.pki;

import io.certrail.scan.pki.Issuer.Wish;
import io.certrail.scan.probe.Credential;
import io.certrail.scan.probe.Credentials;
import io.certrail.scan.probe.Hostile;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/**
 * Certificates made for one probe each, with the probe's nonce as common name, so that a log's line about it cannot be
 * taken for another's. Those that no server should trust need no authority; the others are signed with the tester's.
 */
public final class MadeCredentials implements Credentials {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String EXCLUDED = "excluded.invalid";

    private final @Nullable Issuer authority;
    private final Instant now;

    private MadeCredentials(@Nullable Issuer authority, Clock clock) {
        this.authority = authority;
        this.now = clock.instant();
    }

    /** Those that need no authority. */
    public static Credentials withoutAuthority(Clock clock) {
        return new MadeCredentials(null, clock);
    }

    /**
     * All but revoked ones: a certificate that was just made is on no list.
     *
     * @param chain the authority's own certificate first
     * @throws IllegalArgumentException if the key is not that certificate's, or of a kind that cannot sign here
     */
    public static Credentials of(PrivateKey key, List<X509Certificate> chain, Clock clock) {
        var issuer = new Issuer(key, chain);
        try {
            issuer.issue(Wish.of(named("trial"), clock.instant()))
                    .chain()
                    .get(0)
                    .verify(chain.get(0).getPublicKey());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the key does not sign as " + chain.get(0).getSubjectX500Principal() + " (" + e.getMessage() + ")",
                    e);
        }
        return new MadeCredentials(issuer, clock);
    }

    /**
     * The private key in a PEM file without a password.
     *
     * @throws IOException if there is none
     */
    public static PrivateKey key(Path pem) throws IOException {
        try (Reader reader = Files.newBufferedReader(pem);
                var parser = new PEMParser(reader)) {
            for (Object each = parser.readObject(); each != null; each = parser.readObject()) {
                if (each instanceof PEMKeyPair pair) {
                    return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (each instanceof PrivateKeyInfo key) {
                    return new JcaPEMKeyConverter().getPrivateKey(key);
                }
            }
            throw new IOException(pem + " holds no private key that can be read without a password");
        }
    }

    @Override
    public Optional<Credential> find(Kind kind, String nonce) {
        try {
            return make(kind, nonce);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot make a certificate that is " + kind.words() + ": " + e, e);
        }
    }

    private Optional<Credential> make(Kind kind, String nonce) throws GeneralSecurityException, IOException {
        Wish good = Wish.of(named(nonce), now);
        return switch (kind) {
            case UNTRUSTED ->
                Optional.of(Issuer.unknown(named("unknown root"), now).issue(good));
            case SELF_SIGNED -> Optional.of(Issuer.selfSigned(good));
            case GOOD, UNPRIVILEGED, REVOKED -> Optional.empty();
            default -> authority == null ? Optional.empty() : Optional.of(signed(authority, kind, good, nonce));
        };
    }

    private Credential signed(Issuer issuer, Kind kind, Wish good, String nonce)
            throws GeneralSecurityException, IOException {
        return switch (kind) {
            case EXPIRED -> issuer.issue(good.valid(now.minus(MONTH), now.minus(DAY)));
            case NOT_YET_VALID -> issuer.issue(good.valid(now.plus(DAY), now.plus(MONTH)));
            case WRONG_USAGE -> issuer.issue(good.purpose(KeyPurposeId.id_kp_serverAuth));
            case HOSTILE_NAME -> issuer.issue(Wish.of(named(Hostile.name(nonce)), now));
            case NAME_CONSTRAINTS ->
                issuer.excluding(named("scan " + nonce + " CA"), EXCLUDED, now)
                        .issue(new Wish(good.subject(), good.from(), good.until(), good.purpose(), "host." + EXCLUDED));
            default -> throw new IllegalArgumentException(kind + " is not made");
        };
    }

    private static X500Name named(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, new DERUTF8String(commonName))
                .build();
    }
}
