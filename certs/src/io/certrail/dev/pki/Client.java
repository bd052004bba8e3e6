package io.certrail.dev.pki;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** The clients of the development PKI, one for each verdict. */
public enum Client {
    /** Good; the organizational unit is the role that may post events. */
    ALICE("clients"),
    /** Good; may read the trail. */
    AUDITOR("auditors"),
    /** Good, but of a unit that is no role. */
    STRANGER("visitors"),
    /** Good; watches the server: reads metrics and health, and has no role in the application. */
    MONITOR("monitors"),
    /** Good, with a SPIFFE id as subject alternative name. */
    SPIFFE("clients"),
    /** Ended a day before the PKI was made. */
    EXPIRED("clients"),
    /** Begins two years after the PKI was made, long after its end. */
    NOT_YET_VALID("clients"),
    /** On the revocation list. */
    REVOKED("clients"),
    /** Of a root that the server does not trust. */
    UNTRUSTED("clients"),
    /** Its own issuer. */
    SELF_SIGNED("clients"),
    /** For servers only, by its extended key usage. */
    WRONG_USAGE("clients");

    private final String unit;

    Client(String unit) {
        this.unit = unit;
    }

    /** The name of its files in {@code clients/}, and its common name. */
    public String fileName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Profile profile(Instant now) {
        Profile good = Profile.client(fileName(), unit, now);
        return switch (this) {
            case EXPIRED -> good.valid(now.minus(Duration.ofDays(30)), now.minus(Duration.ofDays(1)));
            case NOT_YET_VALID ->
                good.valid(now.plus(Profile.LIFE.multipliedBy(2)), now.plus(Profile.LIFE.multipliedBy(3)));
            case WRONG_USAGE -> good.purpose(KeyPurposeId.id_kp_serverAuth);
            case SPIFFE ->
                good.named(
                        new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://certrail.example/reporter"));
            default -> good;
        };
    }
}
