package io.certrail.tls;

import static io.certrail.tls.Expected.refused;
import static io.certrail.tls.Expected.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.CertificateFacts;
import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JDK's server refuses about certificates, and the reason told, in both versions of TLS. */
class CertificateFaultsTest {
    private static final TestPki.Identity ROOT = TestPki.root("CN=Root,O=Test");
    private static final TestPki.Identity CA =
            ROOT.issue("CN=Issuing,O=Test").ca().build();
    private static final TestPki.Identity SERVER =
            CA.issue("CN=localhost").server().rsa(2048).build();
    private static final X509Certificate ANCHOR = ROOT.certificate();

    private static EngineServer.Site site(X509CRL... crls) {
        return new EngineServer.Site(SERVER, List.of(ANCHOR), crls).with(engine -> {});
    }

    private static EngineServer connect(EngineServer.Site site, String version, TestPki.Identity... chain) {
        return EngineClient.presenting(SERVER.certificate(), chain[0].key(), TestPki.chain(chain))
                .protocol(version)
                .connect(site.accept());
    }

    private static Fault refusal(String version, Reason reason, TestPki.Identity... chain) {
        EngineServer server = connect(site(), version, chain);
        assertThat(server.facts().presented())
                .as("failure %s", server.failure())
                .isNotEmpty();
        return refused(server, reason);
    }

    private static TestPki.Identity leaf(UnaryOperator<TestPki.Builder> made) {
        return made.apply(CA.issue("CN=gx01q,O=Test").client()).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aGoodCertificateSucceeds(String version) {
        HandshakeVerdict verdict =
                succeeded(connect(site(), version, leaf(b -> b), CA).facts());
        assertThat(verdict.tls().protocolVersion()).isEqualTo(version.substring(4));
        assertThat(verdict.tls().cipher()).startsWith("TLS_");
        assertThat(verdict.tls().offered()).isNull();
        assertThat(verdict.tls().client().verified()).isTrue();
        assertThat(verdict.tls().client().subject()).isEqualTo("CN=gx01q,O=Test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void noCertificateIsNamed(String version) {
        EngineServer server = EngineClient.withoutCertificate(SERVER.certificate())
                .protocol(version)
                .connect(site().accept());
        Fault fault = refused(server, Reason.CERTIFICATE_REQUIRED);
        assertThat(fault.message()).contains("the client sent none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theWrongDatesAreNamed(String version) {
        assertThat(refusal(version, Reason.CERTIFICATE_EXPIRED, leaf(TestPki.Builder::expired), CA)
                        .message())
                .startsWith("certificate expired on 20");
        assertThat(refusal(version, Reason.CERTIFICATE_NOT_YET_VALID, leaf(TestPki.Builder::notYetValid), CA)
                        .message())
                .startsWith("certificate not yet valid until 20");
        TestPki.Identity old = ROOT.issue("CN=Old").ca().expired().build();
        assertThat(refusal(
                                version,
                                Reason.CERTIFICATE_EXPIRED,
                                old.issue("CN=gx").client().build(),
                                old)
                        .message())
                .contains("CN=Old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void revocationIsNamed(String version) {
        TestPki.Identity client = leaf(b -> b);
        TestPki.Identity good = leaf(b -> b);
        X509CRL roots = ROOT.crl();
        EngineServer.Site site = site(roots, CA.crl(client.certificate()));
        succeeded(connect(site, version, good, CA).facts());
        assertThat(refused(connect(site, version, client, CA), Reason.CERTIFICATE_REVOKED)
                        .message())
                .matches("certificate revoked on 20\\S+Z.*: CN=gx01q,O=Test");
        refused(connect(site(roots), version, client, CA), Reason.REVOCATION_UNKNOWN);
        refused(connect(site(ROOT.crl(CA.certificate()), CA.crl()), version, client, CA), Reason.CERTIFICATE_REVOKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void revocationInADisorderlyChainIsNamed(String version) {
        TestPki.Identity sub = CA.issue("CN=Sub").ca().build();
        TestPki.Identity client = sub.issue("CN=gx").client().build();
        EngineServer.Site site = site(ROOT.crl(), CA.crl(), sub.crl(client.certificate()));
        refused(connect(site, version, client, CA, sub), Reason.CERTIFICATE_REVOKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anUnknownIssuerIsNamed(String version) {
        TestPki.Identity other = TestPki.root("CN=Elsewhere");
        TestPki.Identity stranger = other.issue("CN=gx").client().build();
        refusal(version, Reason.UNKNOWN_CA, stranger, other);
        refusal(version, Reason.UNKNOWN_CA, stranger);
        assertThat(refusal(version, Reason.UNKNOWN_CA, leaf(b -> b)).message()).contains("CN=Issuing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anotherCaOfTheSameNameIsNoBadSignature(String version) {
        TestPki.Identity twin = TestPki.root("CN=Root,O=Test");
        assertThat(refusal(
                                version,
                                Reason.UNKNOWN_CA,
                                twin.issue("CN=gx").client().build())
                        .message())
                .contains("same name");
        refusal(version, Reason.UNKNOWN_CA, twin.issue("CN=gx").client().build(), twin);
        TestPki.Identity twinCa = twin.issue("CN=Issuing,O=Test").ca().build();
        refusal(version, Reason.UNKNOWN_CA, twinCa.issue("CN=gx").client().build(), CA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSelfSignedCertificateIsNamed(String version) {
        refusal(
                version,
                Reason.SELF_SIGNED,
                TestPki.selfSigned("CN=gx").client().build());
        refusal(
                version,
                Reason.SELF_SIGNED,
                TestPki.selfSigned("CN=gx").ca().expired().build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theWrongUsageIsNamed(String version) {
        refusal(
                version,
                Reason.WRONG_KEY_USAGE,
                CA.issue("CN=gx")
                        .keyUsage(KeyUsage.digitalSignature)
                        .extendedKeyUsage(TestPki.SERVER_AUTH)
                        .build(),
                CA);
        refusal(
                version,
                Reason.WRONG_KEY_USAGE,
                CA.issue("CN=gx").keyUsage(KeyUsage.keyEncipherment).build(),
                CA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void weakCertificatesAreNamed(String version) {
        assertThat(refusal(version, Reason.WEAK_CERTIFICATE, leaf(b -> b.rsa(512)), CA)
                        .message())
                .contains("RSA 512", "signed by CN=Issuing,O=Test with EC secp256r1", "keysize");
        TestPki.Identity weak = ROOT.issue("CN=Weak CA").ca().rsa(512).build();
        assertThat(refusal(
                                version,
                                Reason.WEAK_CERTIFICATE,
                                weak.issue("CN=gx").client().build(),
                                weak)
                        .message())
                .contains("RSA 512");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anIssuerThatIsNoCaIsNamed(String version) {
        TestPki.Identity client = leaf(b -> b);
        refusal(version, Reason.INVALID_CA, client.issue("CN=gx").client().build(), client, CA);
        TestPki.Identity noSign = ROOT.issue("CN=No")
                .basicConstraints(new org.bouncycastle.asn1.x509.BasicConstraints(true))
                .keyUsage(KeyUsage.cRLSign)
                .build();
        assertThat(refusal(
                                version,
                                Reason.INVALID_CA,
                                noSign.issue("CN=gx").client().build(),
                                noSign)
                        .message())
                .contains("CN=No", "keyCertSign");
        TestPki.Identity v1 = ROOT.issue("CN=V1").version1().build();
        refusal(version, Reason.INVALID_CA, v1.issue("CN=gx").client().build(), v1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void tooLongAPathIsNamed(String version) {
        TestPki.Identity zero = CA.issue("CN=Zero").ca(0).build();
        TestPki.Identity one = zero.issue("CN=One").ca().build();
        TestPki.Identity client = one.issue("CN=gx").client().build();
        refusal(version, Reason.PATH_LENGTH_EXCEEDED, client, one, zero, CA);
        refusal(version, Reason.PATH_LENGTH_EXCEEDED, client, zero, CA, one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aChainOfFiftyIsNamed(String version) {
        TestPki.Identity[] chain = new TestPki.Identity[50];
        chain[49] = CA;
        for (int i = 48; i > 0; i--) {
            chain[i] = chain[i + 1].issue("CN=Sub " + i).ca().build();
        }
        chain[0] = chain[1].issue("CN=gx").client().build();
        refused(connect(site(), version, chain), Reason.PATH_LENGTH_EXCEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void nameConstraintsAreNamed(String version) {
        TestPki.Identity only = CA.issue("CN=Only")
                .ca()
                .permitted(new GeneralName(GeneralName.dNSName, "allowed.example"))
                .build();
        Fault fault = refusal(
                version,
                Reason.NAME_CONSTRAINTS_VIOLATED,
                only.issue("CN=gx")
                        .client()
                        .names(new GeneralName(GeneralName.dNSName, "other.example.org"))
                        .build(),
                only,
                CA);
        assertThat(fault.message()).contains("CN=Only", "DNS:other.example.org");
        TestPki.Identity not = CA.issue("CN=Not")
                .ca()
                .excluded(new GeneralName(GeneralName.rfc822Name, ".example.org"))
                .build();
        refusal(
                version,
                Reason.NAME_CONSTRAINTS_VIOLATED,
                not.issue("CN=gx")
                        .client()
                        .names(new GeneralName(GeneralName.rfc822Name, "a@b.example.org"))
                        .build(),
                not,
                CA);
    }

    /** The JDK throws an UnsupportedOperationException: RFC 5280 section 4.2.1.10 leaves these constraints open. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void nameConstraintsThatTheJdkCannotJudgeAreNamed(String version) {
        GeneralName name = TestPki.userPrincipalName("somebody");
        TestPki.Identity not = CA.issue("CN=Not").ca().excluded(name).build();

        assertThat(refusal(
                                version,
                                Reason.NAME_CONSTRAINTS_VIOLATED,
                                not.issue("CN=gx").client().names(name).build(),
                                not,
                                CA)
                        .message())
                .contains("cannot be judged", "OtherName");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anAnchorThatIsNoCaIsNamed(String version) {
        TestPki.Identity anchor = TestPki.selfSigned("CN=No CA").client().build();
        var trusting = new EngineServer.Site(SERVER, List.of(anchor.certificate()));

        assertThat(refused(
                                connect(
                                        trusting,
                                        version,
                                        anchor.issue("CN=gx").client().build()),
                                Reason.INVALID_CA)
                        .message())
                .contains("CN=No CA", "is not a CA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anotherKeyIdentifierThanTheAnchorsIsNamed(String version) {
        TestPki.Identity client = ROOT.issue("CN=gx")
                .client()
                .withoutKeyIdentifiers()
                .extension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(new byte[20]))
                .build();

        assertThat(refusal(version, Reason.UNKNOWN_CA, client).message())
                .contains("authority key identifier", "CN=Root");
    }

    @Test
    void aCertificateThatTheJdkDoesNotReadIsNamedWithWhatItSays() {
        TestPki.Identity client = leaf(b -> b);
        byte[] version3 = {(byte) 0xA0, 3, 2, 1, 2};

        EngineServer server = EngineClient.presenting(SERVER.certificate(), client.key(), TestPki.chain(client, CA))
                .protocol("TLSv1.2")
                .sending(flight -> {
                    String octets = new String(flight, StandardCharsets.ISO_8859_1);
                    int at = octets.indexOf(new String(version3, StandardCharsets.ISO_8859_1));
                    if (at >= 0) {
                        flight[at + 4] = 7;
                    }
                    return flight;
                })
                .connect(site().accept());

        assertThat(refused(server, Reason.BAD_CERTIFICATE).message())
                .startsWith("bad certificate: the one presented cannot be read (")
                .contains("; Extensions not allowed in v");
        CertificateFacts facts =
                new HandshakeClassifier().classify(server.facts()).tls().client();
        CertificateFacts as = CertificateReader.read(TestPki.chain(client), false);
        assertThat(facts.subject()).isEqualTo("CN=gx01q,O=Test");
        assertThat(facts.issuer()).isEqualTo("CN=Issuing,O=Test");
        assertThat(facts.serialNumber()).isEqualTo(as.serialNumber());
        assertThat(facts.notBefore()).isEqualTo(as.notBefore());
        assertThat(facts.notAfter()).isEqualTo(as.notAfter());
        assertThat(facts.sha256()).hasSize(64).isNotEqualTo(as.sha256());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aBrokenSignatureIsNamed(String version) {
        refusal(version, Reason.BAD_CERTIFICATE_SIGNATURE, leaf(TestPki.Builder::tampered), CA);
        refusal(
                version,
                Reason.BAD_CERTIFICATE_SIGNATURE,
                ROOT.issue("CN=gx").client().tampered().build());
        TestPki.Identity broken = ROOT.issue("CN=Broken").ca().tampered().build();
        refusal(
                version,
                Reason.BAD_CERTIFICATE_SIGNATURE,
                broken.issue("CN=gx").client().build(),
                broken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anUnknownCriticalExtensionIsNamed(String version) {
        refusal(version, Reason.UNKNOWN_CRITICAL_EXTENSION, leaf(TestPki.Builder::unknownCriticalExtension), CA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aStolenCertificateIsNamed(String version) {
        TestPki.Identity victim = leaf(b -> b);
        EngineServer server = EngineClient.presenting(
                        SERVER.certificate(), TestPki.ec().getPrivate(), TestPki.chain(victim, CA))
                .protocol(version)
                .connect(site().accept());
        refused(server, Reason.BAD_CERTIFICATE_VERIFY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void resumptionIsSeen(String version) {
        TestPki.Identity client = leaf(b -> b);
        EngineClient twice = EngineClient.presenting(SERVER.certificate(), client.key(), TestPki.chain(client, CA))
                .protocol(version);
        EngineServer.Site site = site();
        succeeded(twice.connect(site.accept()).facts());
        HandshakeVerdict second = succeeded(twice.connect(site.accept()).facts());
        assertThat(second.tls().resumed()).isTrue();
        assertThat(second.tls().client().subject()).isEqualTo("CN=gx01q,O=Test");
    }
}
