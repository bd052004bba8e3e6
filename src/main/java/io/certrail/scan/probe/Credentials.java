package io.certrail.scan.probe;

import java.util.List;
import java.util.Optional;

/** A source of certificates for probes. */
public interface Credentials {
    /** The certificates that probes want. */
    enum Kind {
        GOOD("accepted"),
        /** Accepted, but without the right to {@code --forbidden}'s resource. */
        UNPRIVILEGED("accepted, without rights"),
        EXPIRED("expired"),
        NOT_YET_VALID("not yet valid"),
        REVOKED("revoked"),
        UNTRUSTED("of an authority that the server does not trust"),
        SELF_SIGNED("self-signed"),
        WRONG_USAGE("for servers only, by its extended key usage"),
        NAME_CONSTRAINTS("outside of its authority's name constraints"),
        HOSTILE_NAME("with a line break, JSON and terminal controls in its name");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What it is, to go after "a certificate that is". */
        public String words() {
            return words;
        }

        /** The word that stands in probes' ids, files and options: {@code not-yet-valid}. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A certificate of that kind.
     *
     * @param nonce of the probe, for those that are made for it
     * @return empty if this source has none
     */
    Optional<Credential> find(Kind kind, String nonce);

    /** What to do to have a certificate of a kind that this source has none of. */
    default String remedy(Kind kind) {
        return switch (kind) {
            case GOOD -> "name one with --client, or a folder with --pki";
            case UNPRIVILEGED, REVOKED -> "name one with --certificate " + kind.id() + "=FILE";
            default -> "name one with --certificate " + kind.id() + "=FILE, or an authority's key with --ca-key";
        };
    }

    /** The first that one of them has. */
    static Credentials firstOf(List<Credentials> sources) {
        return (kind, nonce) -> sources.stream()
                .flatMap(each -> each.find(kind, nonce).stream())
                .findFirst();
    }
}
