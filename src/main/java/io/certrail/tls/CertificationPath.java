package io.certrail.tls;

import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way from a certificate towards a trust anchor through what was presented, by names and signatures only: whether
 * its certificates may sign, are in date and so on is for others to say.
 *
 * @param certificates the certificate presented, then each one's issuer, without the anchor
 * @param anchor whom the way leads to, {@code null} where it leads nowhere
 * @param impostor a certificate that bears the issuer's name of the last one, but did not sign it
 */
record CertificationPath(
        List<X509Certificate> certificates, @Nullable X509Certificate anchor, @Nullable X509Certificate impostor) {
    /** The first way that is found to lead to an anchor, else the first that leads nowhere. */
    static CertificationPath of(X509Certificate[] presented, List<X509Certificate> anchors, Signatures signatures) {
        return new Search(presented, anchors, signatures).run();
    }

    X509Certificate last() {
        return certificates.get(certificates.size() - 1);
    }

    static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** Whether the last one's issuer is among those before it: CAs that issued each other. */
    boolean isCircle(Signatures signatures) {
        return certificates.stream()
                .anyMatch(each -> !each.equals(last()) && isNamed(last(), each) && signatures.isSigned(last(), each));
    }

    private static boolean isNamed(X509Certificate certificate, X509Certificate issuer) {
        return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
    }

    /** The search for one path; for one thread. */
    private static final class Search {
        private final X509Certificate[] presented;
        private final List<X509Certificate> anchors;
        private final Signatures signatures;
        /** Whoever did not lead to an anchor once will not, whichever way one comes there. */
        private final Set<X509Certificate> visited = new HashSet<>();
        /** The first that led nowhere. */
        private @Nullable CertificationPath deadEnd;

        Search(X509Certificate[] presented, List<X509Certificate> anchors, Signatures signatures) {
            this.presented = presented;
            this.anchors = anchors;
            this.signatures = signatures;
        }

        CertificationPath run() {
            visited.add(presented[0]);
            return from(List.of(presented[0])).orElseGet(() -> Objects.requireNonNull(deadEnd));
        }

        /** Depth first: one of several certificates of an issuer may be the one whose own issuer is known. */
        private Optional<CertificationPath> from(List<X509Certificate> path) {
            X509Certificate last = path.get(path.size() - 1);
            if (anchors.contains(last)) {
                return Optional.of(of(path.size() == 1 ? path : path.subList(0, path.size() - 1), last));
            }
            Optional<X509Certificate> anchor = issuers(last, anchors.stream()).findFirst();
            if (anchor.isPresent()) {
                return Optional.of(of(path, anchor.get()));
            }
            List<X509Certificate> issuers = issuers(last, Stream.of(presented).filter(each -> !visited.contains(each)))
                    .toList();
            if (issuers.isEmpty() && deadEnd == null) {
                deadEnd = new CertificationPath(path, null, impostor(last));
            }
            return issuers.stream()
                    .filter(visited::add)
                    .map(issuer ->
                            from(Stream.concat(path.stream(), Stream.of(issuer)).toList()))
                    .flatMap(Optional::stream)
                    .findFirst();
        }

        private static CertificationPath of(List<X509Certificate> path, X509Certificate anchor) {
            return new CertificationPath(List.copyOf(path), anchor, null);
        }

        private Stream<X509Certificate> issuers(X509Certificate certificate, Stream<X509Certificate> candidates) {
            return candidates
                    .filter(candidate -> isNamed(certificate, candidate))
                    .filter(candidate -> signatures.isSigned(certificate, candidate));
        }

        /** Rather one whose key identifier is the right one: there the signature is what is wrong. */
        private @Nullable X509Certificate impostor(X509Certificate certificate) {
            List<X509Certificate> named = Stream.concat(Stream.of(presented).skip(1), anchors.stream())
                    .filter(candidate -> isNamed(certificate, candidate) && !candidate.equals(certificate))
                    .toList();
            X509Certificate likeliest = named.stream()
                    .filter(candidate ->
                            KeyIdentifiers.agree(certificate, candidate).orElse(false))
                    .findFirst()
                    .orElse(named.isEmpty() ? null : named.get(0));
            return likeliest == null || signatures.isSigned(certificate, likeliest) ? null : likeliest;
        }
    }
}
