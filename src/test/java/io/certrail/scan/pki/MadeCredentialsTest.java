package io.certrail.scan.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.scan.probe.Credential;
import io.certrail.scan.probe.Credentials;
import io.certrail.scan.probe.Credentials.Kind;
import io.certrail.tls.TestPki;
import io.certrail.tls.TestPki.Identity;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each certificate is bad in one way, and good in all others. */
class MadeCredentialsTest {
    private static final Identity ROOT = TestPki.root("CN=Root");
    private static final Identity RSA_ROOT =
            TestPki.selfSigned("CN=RSA Root").ca().rsa(2048).build();

    private final Credentials made = of(ROOT);

    private static Credentials of(Identity root) {
        return MadeCredentials.of(root.key(), List.of(root.certificate()), Clock.systemUTC());
    }

    @ParameterizedTest
    @EnumSource(names = {"EXPIRED", "NOT_YET_VALID"})
    void validityIsWhatIsWrong(Kind kind) {
        var reason = kind == Kind.EXPIRED ? BasicReason.EXPIRED : BasicReason.NOT_YET_VALID;
        assertThat(fault(ROOT, made.find(kind, "n1").orElseThrow())).isEqualTo(reason);
    }

    @Test
    void nameIsOutsideOfItsAuthoritysConstraints() {
        assertThat(fault(ROOT, made.find(Kind.NAME_CONSTRAINTS, "n1").orElseThrow()))
                .isEqualTo(PKIXReason.INVALID_NAME);
    }

    @Test
    void usageAndHostileNameAreGoodChains() throws Exception {
        Credential usage = made.find(Kind.WRONG_USAGE, "n1").orElseThrow();
        assertThat(fault(ROOT, usage)).isNull();
        assertThat(usage.chain().get(0).getExtendedKeyUsage()).containsExactly(TestPki.SERVER_AUTH);

        Credential hostile = made.find(Kind.HOSTILE_NAME, "n1").orElseThrow();
        assertThat(fault(ROOT, hostile)).isNull();
        assertThat(new String(hostile.chain().get(0).getSubjectX500Principal().getEncoded(), "ISO-8859-1"))
                .contains("evil\r\n{\"forged\":\"n1\"}\r\n\u001b[31m");
    }

    @Test
    void authorityMayHaveAnRsaKey() {
        assertThat(fault(RSA_ROOT, of(RSA_ROOT).find(Kind.WRONG_USAGE, "n1").orElseThrow()))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "Ed448"})
    void authorityMayHaveAKeyOfAnEdwardsCurve(String curve) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance(curve).generateKeyPair();
        var name = new X500Name("CN=Edwards");
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.TWO,
                Date.from(Instant.now().minusSeconds(60)),
                Date.from(Instant.now().plusSeconds(600)),
                name,
                keys.getPublic());
        X509Certificate root = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(curve).build(keys.getPrivate())));

        Credential expired = MadeCredentials.of(keys.getPrivate(), List.of(root), Clock.systemUTC())
                .find(Kind.EXPIRED, "n1")
                .orElseThrow();

        expired.chain().get(0).verify(keys.getPublic());
    }

    @Test
    void keyOfAnotherAuthorityIsRefused() {
        assertThatThrownBy(() -> MadeCredentials.of(ROOT.key(), List.of(RSA_ROOT.certificate()), Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not sign as CN=RSA Root");
        Identity other = TestPki.root("CN=Root");
        assertThatThrownBy(() -> MadeCredentials.of(other.key(), List.of(ROOT.certificate()), Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not sign as CN=Root");
    }

    @Test
    void withoutAuthorityOnlyWhatNeedsNoneIsMade() {
        Credentials alone = MadeCredentials.withoutAuthority(Clock.systemUTC());

        assertThat(alone.find(Kind.EXPIRED, "n1")).isEmpty();
        assertThat(alone.find(Kind.SELF_SIGNED, "n1"))
                .hasValueSatisfying(each -> assertThat(each.chain().get(0).getIssuerX500Principal())
                        .isEqualTo(each.chain().get(0).getSubjectX500Principal()));
        assertThat(alone.find(Kind.UNTRUSTED, "n1")).hasValueSatisfying(each -> assertThat(
                        each.chain().get(0).getSubjectX500Principal().getName())
                .isEqualTo("CN=n1"));
        assertThat(made.find(Kind.REVOKED, "n1")).isEmpty();
    }

    @Test
    void keyIsReadFromPem(@TempDir Path folder) throws Exception {
        Path pem = folder.resolve("ca.key");
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(ROOT.key().getEncoded());
        Files.writeString(pem, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
        assertThat(MadeCredentials.key(pem).getEncoded()).isEqualTo(ROOT.key().getEncoded());

        Files.writeString(pem, "nothing");
        assertThatThrownBy(() -> MadeCredentials.key(pem))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no private key");
    }

    /** What the JDK's validator finds; null: nothing. */
    private static CertPathValidatorException.Reason fault(Identity root, Credential credential) {
        try {
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(root.certificate(), null)));
            parameters.setRevocationEnabled(false);
            List<X509Certificate> chain = credential.chain();
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
            return null;
        } catch (CertPathValidatorException e) {
            return e.getReason();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
