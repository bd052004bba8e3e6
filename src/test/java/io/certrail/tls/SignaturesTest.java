package io.certrail.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.DSAPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is verified of chains that were made to keep the server busy. */
class SignaturesTest {
    private static final TestPki.Identity ROOT = TestPki.root("CN=Root");
    /** As many as the JDK takes from a client. */
    private static final int LONGEST = 10;

    private final AtomicInteger verified = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong(-3);

    private Signatures counted(int most) {
        return new Signatures(most, nanos::get, (certificate, key) -> {
            verified.incrementAndGet();
            return Signatures.verify(certificate, key);
        });
    }

    private static X509Certificate[] sameName(KeyPair even, KeyPair odd) {
        TestPki.Identity first = TestPki.selfSigned("CN=Same").ca().keys(even).build();
        X509Certificate[] chain = new X509Certificate[LONGEST];
        for (int i = 0; i < chain.length; i++) {
            KeyPair keys = i % 2 == 0 ? even : odd;
            chain[i] = first.issue("CN=Same").ca().keys(keys).build().certificate();
        }
        return chain;
    }

    private static boolean isDiagnosed(X509Certificate[] chain, Signatures signatures) {
        return ChainDiagnosis.diagnose(chain, List.of(ROOT.certificate()), Instant.now(), signatures)
                .isPresent();
    }

    /** Each could be the issuer of each: 10 certificates, 2 keys, and no more ways than those to look at. */
    @Test
    void eachSignatureIsVerifiedOnceThoughKeysAlternate() {
        Signatures signatures = counted(Integer.MAX_VALUE);

        assertThat(isDiagnosed(sameName(TestPki.ec(), TestPki.ec()), signatures))
                .isTrue();
        assertThat(verified.get()).isLessThanOrEqualTo(2 * LONGEST);
        assertThat(signatures.isIncomplete()).isFalse();
    }

    @Test
    void waysThatLedNowhereAreNotGoneAgain() {
        KeyPair one = TestPki.ec();
        AtomicInteger asked = new AtomicInteger();
        Signatures signatures = new Signatures(Integer.MAX_VALUE, nanos::get, (certificate, key) -> {
            asked.incrementAndGet();
            return true;
        });

        assertThat(isDiagnosed(sameName(one, one), signatures)).isTrue();
        assertThat(asked.get()).isLessThanOrEqualTo(LONGEST);
    }

    @Test
    void moreThanTheBoundAreNotVerifiedAndNothingIsClaimed() {
        X509Certificate[] chain = new X509Certificate[LONGEST];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = TestPki.selfSigned("CN=Same").ca().build().certificate();
        }
        Signatures signatures = counted(Signatures.MOST);

        assertThat(isDiagnosed(chain, signatures)).isTrue();
        assertThat(verified.get()).isLessThanOrEqualTo(Signatures.MOST);
        verified.set(0);
        Signatures few = counted(3);
        assertThat(isDiagnosed(chain, few)).isFalse();
        assertThat(few.isIncomplete()).isTrue();
        assertThat(verified).hasValue(3);
    }

    @Test
    void onceItsTimeIsUpNothingIsVerified() {
        TestPki.Identity ca = ROOT.issue("CN=Issuing").ca().build();
        TestPki.Identity client = ca.issue("CN=gx").client().build();
        Signatures signatures = counted(Signatures.MOST);
        nanos.addAndGet(Signatures.PATIENCE.toNanos());
        assertThat(signatures.isSigned(client.certificate(), ca.certificate())).isTrue();
        nanos.incrementAndGet();
        assertThat(signatures.isSigned(client.certificate(), ca.certificate())).isTrue();
        assertThat(signatures.isIncomplete()).isFalse();
        assertThat(signatures.isSigned(ca.certificate(), ROOT.certificate())).isFalse();
        assertThat(signatures.isIncomplete()).isTrue();
        assertThat(verified).hasValue(1);
    }

    /** A modulus of 16384 bits, an exponent as long as its modulus, a prime of 16384 bits: the JDK reads all of these. */
    @Test
    void keysThatMakeVerificationSlowAreNotUsed() throws GeneralSecurityException {
        BigInteger prime = BigInteger.ONE.shiftLeft(16383).setBit(0);
        BigInteger modulus = BigInteger.ONE.shiftLeft(3071).setBit(0);
        assertNotUsed(key("RSA", new RSAPublicKeySpec(prime, BigInteger.valueOf(65537))));
        assertNotUsed(key("RSA", new RSAPublicKeySpec(modulus, modulus.subtract(BigInteger.TWO))));
        assertNotUsed(key(
                "RSA",
                new RSAPublicKeySpec(modulus, BigInteger.ONE.shiftLeft(31).setBit(0))));
        assertNotUsed(key("DSA", new DSAPublicKeySpec(BigInteger.TEN, prime, BigInteger.TEN, BigInteger.TWO)));
    }

    @Test
    void keysInUseAreUsed() {
        for (KeyPair keys : List.of(TestPki.rsa(2048), TestPki.ec())) {
            TestPki.Identity ca = TestPki.selfSigned("CN=CA").ca().keys(keys).build();
            assertThat(counted(1).isSigned(ca.certificate(), ca.certificate())).isTrue();
        }
    }

    private void assertNotUsed(PublicKey key) {
        TestPki.Identity slow =
                ROOT.issue("CN=Slow").ca().keys(new KeyPair(key, null)).build();
        TestPki.Identity client =
                ROOT.issue("CN=gx").issuerName("CN=Slow").client().build();
        X509Certificate[] chain = TestPki.chain(client, slow);
        Signatures signatures = counted(Signatures.MOST);

        assertThat(isDiagnosed(chain, signatures)).isFalse();
        assertThat(signatures.isIncomplete()).isTrue();
        assertThat(verified).hasValue(0);
    }

    private static PublicKey key(String algorithm, KeySpec spec) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePublic(spec);
    }
}
