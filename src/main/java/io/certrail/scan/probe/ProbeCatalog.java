package io.certrail.scan.probe;

import io.certrail.scan.finding.Signal;
import io.certrail.scan.finding.Untested;
import io.certrail.scan.probe.Probe.Action;
import io.certrail.scan.probe.Probe.Trait;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The probes that can be made of a target, in the order in which they are made, and those that cannot, with why.
 *
 * @param probes those that stall come last
 */
public record ProbeCatalog(List<Probe> probes, List<Untested> untested) {
    public ProbeCatalog {
        probes = List.copyOf(probes);
        untested = List.copyOf(untested);
    }

    /** All that these certificates and paths allow. */
    public static ProbeCatalog of(Target.Paths paths, Credentials credentials) {
        var collector = new Collector(credentials);
        new CertificateProbes(collector, paths).add();
        WireProbes.add(collector);
        new RequestProbes(collector, paths).add();
        return collector.catalog();
    }

    /**
     * Those that need no other version than these; the others are untested.
     *
     * @param served in which the good client is served
     * @param unreached in which it found no connection, with why: what it would have been answered is not known
     */
    public ProbeCatalog limitedTo(Set<TlsVersion> served, Map<TlsVersion, String> unreached) {
        List<Untested> not = new ArrayList<>(untested);
        List<Probe> still = new ArrayList<>();
        for (Probe probe : probes) {
            TlsVersion version = probe.version();
            String trouble = version == null ? null : unreached.get(version);
            if (version == null || served.contains(version)) {
                still.add(probe);
            } else if (trouble != null) {
                not.add(Untested.lost(probe.id(), probe.title(), trouble));
            } else {
                not.add(new Untested(
                        probe.id(),
                        probe.title(),
                        "the good client was not served with TLS " + version.number() + ": is it switched off?"));
            }
        }
        return new ProbeCatalog(still, not);
    }

    /** Gathers probes. */
    static final class Collector {
        private static final SecureRandom RANDOM = new SecureRandom();
        private static final int NONCE_BYTES = 6;

        private final Credentials credentials;
        private final List<Probe> probes = new ArrayList<>();
        private final List<Probe> stalling = new ArrayList<>();
        private final List<Untested> untested = new ArrayList<>();

        Collector(Credentials credentials) {
            this.credentials = credentials;
        }

        static String nonce() {
            byte[] bytes = new byte[NONCE_BYTES];
            RANDOM.nextBytes(bytes);
            return "cs" + HexFormat.of().formatHex(bytes);
        }

        /** A probe that needs a certificate of that kind. */
        void with(Credentials.Kind kind, Draft draft, Function<Credential, Action> action) {
            String nonce = nonce();
            Optional<Credential> credential = credentials.find(kind, nonce);
            credential.ifPresentOrElse(
                    found -> add(draft.probe(nonce, action.apply(found))),
                    () -> not(
                            draft,
                            "there is no certificate that is " + kind.words() + ": " + credentials.remedy(kind)));
        }

        void add(Draft draft, Action action) {
            add(draft.probe(nonce(), action));
        }

        private void add(Probe probe) {
            (probe.is(Trait.STALLS) ? stalling : probes).add(probe);
        }

        void not(Draft draft, String why) {
            untested.add(new Untested(draft.id, draft.title, why));
        }

        ProbeCatalog catalog() {
            probes.addAll(stalling);
            return new ProbeCatalog(probes, untested);
        }
    }

    /** A probe without its action. */
    static final class Draft {
        private final String id;
        private final String title;
        private final Signal signal;
        private final Expected expected;
        private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
        private Optional<TlsVersion> version = Optional.empty();

        Draft(String id, String title, Signal signal, Expected expected) {
            this.id = id;
            this.title = title;
            this.signal = signal;
            this.expected = expected;
        }

        Draft is(Trait trait) {
            traits.add(trait);
            return this;
        }

        Draft needs(TlsVersion needed) {
            version = Optional.of(needed);
            return this;
        }

        private Probe probe(String nonce, Action action) {
            return new Probe(id, nonce, title, signal, version.orElse(null), expected, traits, action);
        }
    }
}
