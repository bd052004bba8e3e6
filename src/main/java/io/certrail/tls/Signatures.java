package io.certrail.tls;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;

/**
 * Which certificate was signed with whose key, for the diagnosis of one handshake. Whoever is refused chooses what is
 * verified here: so each signature is verified once, no key is taken that makes that slow, and all of it together is
 * bounded in number and time. For one thread.
 */
final class Signatures {
    /** Most signatures verified: twice as many as the JDK takes certificates from a client. */
    static final int MOST = 20;
    /** No signature is begun to be verified later than this: ten times what so many take, for machines under load. */
    static final Duration PATIENCE = Duration.ofMillis(500);
    /** The longest RSA modulus in bits that Go's crypto/tls takes in a certificate, since CVE-2023-29409. */
    private static final int MOST_RSA = 8192;
    /** The longest public exponent of RSA in bits that Go's crypto/rsa takes; in use is 65537. */
    private static final int MOST_EXPONENT = 31;
    /** The longest prime of DSA in bits: FIPS 186-4 section 4.2. */
    private static final int MOST_DSA = 3072;

    private record Signature(X509Certificate certificate, PublicKey key) {}

    private final int most;
    private final LongSupplier nanos;
    private final long startedNanos;
    private final BiPredicate<X509Certificate, PublicKey> verifier;
    private final Map<Signature, Boolean> known = new HashMap<>();
    private boolean incomplete;

    /**
     * Those of one diagnosis, whose time begins.
     *
     * @param most how many are verified
     * @param nanos as {@link System#nanoTime()}
     * @param verifier whether a certificate is signed with a key
     */
    Signatures(int most, LongSupplier nanos, BiPredicate<X509Certificate, PublicKey> verifier) {
        this.most = most;
        this.nanos = nanos;
        this.verifier = verifier;
        startedNanos = nanos.getAsLong();
    }

    /** Those of one diagnosis, whose time begins. */
    static Signatures begin() {
        return new Signatures(MOST, System::nanoTime, Signatures::verify);
    }

    /** None is verified. */
    static Signatures none() {
        return new Signatures(0, System::nanoTime, Signatures::verify);
    }

    static boolean verify(X509Certificate certificate, PublicKey key) {
        try {
            certificate.verify(key);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    /** Whether it was verified that one signed the other; false also where that {@link #isIncomplete() was not looked at}. */
    boolean isSigned(X509Certificate certificate, X509Certificate issuer) {
        PublicKey key = issuer.getPublicKey();
        Boolean before = known.get(new Signature(certificate, key));
        if (before != null) {
            return before;
        }
        if (known.size() >= most || nanos.getAsLong() - startedNanos > PATIENCE.toNanos() || isSlow(key)) {
            incomplete = true;
            return false;
        }
        boolean signed = verifier.test(certificate, key);
        known.put(new Signature(certificate, key), signed);
        return signed;
    }

    private static boolean isSlow(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() > MOST_RSA
                    || rsa.getPublicExponent().bitLength() > MOST_EXPONENT;
        }
        return key instanceof DSAPublicKey dsa
                && (dsa.getParams() == null || dsa.getParams().getP().bitLength() > MOST_DSA);
    }

    /** Whether a signature that was asked for was not verified: then nothing can be said that rests on its being false. */
    boolean isIncomplete() {
        return incomplete;
    }
}
