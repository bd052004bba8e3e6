package io.certrail.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chains looked at again, without a trust manager. */
class ChainDiagnosisTest {
    private static final TestPki.Identity ROOT = TestPki.root("CN=Root");
    private static final TestPki.Identity CA = ROOT.issue("CN=Issuing").ca().build();

    private static Optional<Fault> diagnose(TestPki.Identity... chain) {
        return ChainDiagnosis.diagnose(
                TestPki.chain(chain), List.of(ROOT.certificate()), Instant.now(), Signatures.begin());
    }

    private static Fault fault(Reason reason, TestPki.Identity... chain) {
        Optional<Fault> fault = diagnose(chain);
        assertThat(fault).map(Fault::type).contains(reason.id());
        return fault.orElseThrow();
    }

    @Test
    void inAGoodChainNothingIsSeenInWhateverOrder() {
        TestPki.Identity sub = CA.issue("CN=Sub").ca().build();
        TestPki.Identity client = sub.issue("CN=gx").client().build();
        assertThat(diagnose(client, sub, CA)).isEmpty();
        assertThat(diagnose(client, CA, sub)).isEmpty();
        assertThat(diagnose(client, CA, ROOT, sub, client)).isEmpty();
    }

    @Test
    void theTimeIsTheHandshakes() {
        TestPki.Identity client = CA.issue("CN=gx").client().build();
        Optional<Fault> later = ChainDiagnosis.diagnose(
                TestPki.chain(client, CA),
                List.of(ROOT.certificate()),
                Instant.now().plus(Duration.ofDays(400)),
                Signatures.begin());
        assertThat(later).map(Fault::type).contains("certificate_expired");
    }

    @ParameterizedTest
    @CsvSource({
        "2, allowed.example, other.example",
        "1, allowed.example, a@other.example",
        "6, allowed.example, https://other.example/x",
        "7, 10.0.0.0/8, 127.0.0.1",
        "4, 'O=Allowed', 'O=Other,CN=gx'"
    })
    void namesOfEveryKindCanBeConstrained(int kind, String permitted, String name) {
        TestPki.Identity only =
                CA.issue("CN=Only").ca().permitted(name(kind, permitted)).build();
        TestPki.Identity client =
                only.issue("O=Allowed,CN=gx").client().names(name(kind, name)).build();
        assertThat(fault(Reason.NAME_CONSTRAINTS_VIOLATED, client, only, CA).message())
                .contains("CN=Only");
    }

    private static GeneralName name(int kind, String text) {
        return kind == GeneralName.directoryName ? new GeneralName(new X500Name(text)) : new GeneralName(kind, text);
    }

    @Test
    void policiesThatAreDemandedAndAbsentAreNamed() {
        TestPki.Identity strict = CA.issue("CN=Strict")
                .ca()
                .extension(Extension.policyConstraints, true, new PolicyConstraints(BigInteger.ZERO, null))
                .build();
        fault(Reason.POLICY_VIOLATED, strict.issue("CN=gx").client().build(), strict, CA);
    }

    @Test
    void anIssuerNameThatNobodyHasIsUnknown() {
        TestPki.Identity client =
                CA.issue("CN=gx").issuerName("CN=Somebody").client().build();
        assertThat(fault(Reason.UNKNOWN_CA, client, CA).message()).contains("CN=Somebody");
    }

    @Test
    void withoutKeyIdentifiersTheSignatureIsWhatWasChecked() {
        TestPki.Identity twin = TestPki.root("CN=Issuing");
        fault(
                Reason.BAD_CERTIFICATE_SIGNATURE,
                twin.issue("CN=gx").client().withoutKeyIdentifiers().build(),
                CA);
    }

    @Test
    void certificatesThatIssueEachOtherComeToAnEnd() {
        TestPki.Identity one = TestPki.selfSigned("CN=One").ca().build();
        TestPki.Identity two = one.issue("CN=Two").ca().build();
        TestPki.Identity oneByTwo = two.issue("CN=One").ca().keys(one.keys()).build();
        assertThat(fault(Reason.UNKNOWN_CA, two.issue("CN=gx").client().build(), two, oneByTwo)
                        .message())
                .contains("issued each other", "CN=One");
    }

    @Test
    void theWayThatLeadsToAnAnchorIsTheOneLookedAt() {
        TestPki.Identity elsewhere = TestPki.root("CN=Elsewhere");
        TestPki.Identity strange = elsewhere.issue("CN=Twice").ca().build();
        TestPki.Identity ours =
                ROOT.issue("CN=Twice").ca().expired().keys(strange.keys()).build();

        fault(Reason.CERTIFICATE_EXPIRED, strange.issue("CN=gx").client().build(), strange, ours);
    }

    @Test
    void onlyConstraintsFromAboveAreNamed() {
        TestPki.Identity upper = ROOT.issue("CN=Upper")
                .ca()
                .permitted(name(GeneralName.dNSName, "allowed.example"))
                .build();
        TestPki.Identity lower = upper.issue("CN=Lower")
                .ca()
                .permitted(name(GeneralName.dNSName, "allowed.example"))
                .names(name(GeneralName.dNSName, "other.example"))
                .build();

        assertThat(fault(
                                Reason.NAME_CONSTRAINTS_VIOLATED,
                                lower.issue("CN=gx").client().build(),
                                lower,
                                upper)
                        .message())
                .isEqualTo("name constraints of CN=Upper do not permit the names of CN=Lower (DNS:other.example)");
    }

    @Test
    void thousandsOfCandidatesAreNotAllTried() {
        TestPki.Identity twin = TestPki.root("CN=Issuing");
        X509Certificate[] chain = new X509Certificate[3000];
        java.util.Arrays.fill(chain, twin.certificate());
        chain[0] = CA.issue("CN=gx").client().build().certificate();
        Instant start = Instant.now();
        assertThat(ChainDiagnosis.diagnose(chain, List.of(ROOT.certificate()), start, Signatures.begin()))
                .isPresent();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void anAnchorMayBePresentedItself() {
        assertThat(diagnose(ROOT)).map(Fault::type).contains(Reason.WRONG_KEY_USAGE.id());
    }
}
