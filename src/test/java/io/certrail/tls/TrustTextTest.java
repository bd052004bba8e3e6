package io.certrail.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What trust managers say without a reason that programs can read. */
class TrustTextTest {
    private static final TestPki.Identity ROOT = TestPki.root("CN=Root");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Unrecognized critical extension(s) in revoked CRL entry | REVOCATION_UNKNOWN",
                "OCSP response error: UNAUTHORIZED | REVOCATION_UNKNOWN",
                "Responder's certificate not within the validity period | REVOCATION_UNKNOWN",
                "Exception while retrieving policyOIDs | POLICY_VIOLATED",
                "TrustAnchor with subject \"CN=Root\" is not a CA certificate | INVALID_CA",
                "End user tried to act as a CA | INVALID_CA",
                "Wrong key usage: expected keyCertSign | INVALID_CA",
                "Violated path length constraints | PATH_LENGTH_EXCEEDED",
                "Certificate contains unknown critical extensions: [1.2.3] | UNKNOWN_CRITICAL_EXTENSION",
                "Netscape cert type does not permit use for SSL client | WRONG_KEY_USAGE",
                "Untrusted certificate: X.509 | BAD_CERTIFICATE",
                "the weather is bad | BAD_CERTIFICATE"
            })
    void textIsUnderstoodAndToldWhereTheChainItselfIsSound(String said, Reason reason) {
        Fault fault = Expected.refused(refusal(new CertificateException(new CertPathValidatorException(said))), reason);

        assertThat(fault.message()).contains(said);
    }

    @Test
    void trustManagerThatFailsByItselfIsNotTheClientsFault() {
        Fault fault = Expected.refused(refusal(new NullPointerException("store")), Reason.INTERNAL_ERROR);

        assertThat(fault.message()).isEqualTo("the server's trust manager failed: NullPointerException store");
    }

    private static HandshakeFacts refusal(Exception thrown) {
        return HandshakeFacts.ending(Ending.FAILED)
                .refused(TestPki.chain(ROOT.issue("CN=gx").client().build()), thrown)
                .trustAnchors(List.of(ROOT.certificate()))
                .build();
    }
}
