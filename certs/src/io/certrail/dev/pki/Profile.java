package io.certrail.dev.pki;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * What a certificate for an end entity shall say.
 *
 * @param subject distinguished name, RFC 4514 with the most specific part first
 * @param purpose the extended key usage
 * @param names subject alternative names, may be empty
 */
record Profile(String subject, KeyPurposeId purpose, List<GeneralName> names, Instant notBefore, Instant notAfter) {
    /** How long certificates and revocation lists of the development PKI are good. */
    static final Duration LIFE = Duration.ofDays(365);

    Profile {
        names = List.copyOf(names);
        if (!notBefore.isBefore(notAfter)) {
            throw new IllegalArgumentException("valid from " + notBefore + " to " + notAfter + " is never");
        }
    }

    static Profile server(Instant now) {
        return new Profile(
                "CN=localhost,O=Certrail Development", KeyPurposeId.id_kp_serverAuth, LOOPBACK, early(now), late(now));
    }

    static Profile client(String name, String unit, Instant now) {
        String subject = "CN=" + name + ",OU=" + unit + ",O=Certrail Development";
        return new Profile(subject, KeyPurposeId.id_kp_clientAuth, List.of(), early(now), late(now));
    }

    Profile purpose(KeyPurposeId other) {
        return new Profile(subject, other, names, notBefore, notAfter);
    }

    Profile named(GeneralName name) {
        return new Profile(subject, purpose, List.of(name), notBefore, notAfter);
    }

    Profile valid(Instant from, Instant to) {
        return new Profile(subject, purpose, names, from, to);
    }

    private static final List<GeneralName> LOOPBACK = List.of(
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1"));

    /** An hour ago, for clients whose clock is behind. */
    static Instant early(Instant now) {
        return now.minus(Duration.ofHours(1));
    }

    static Instant late(Instant now) {
        return now.plus(LIFE);
    }
}
