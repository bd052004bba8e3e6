package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a trust manager refused a chain. */
final class TrustFault {
    private final Evidence evidence;
    private final X509Certificate[] presented;
    private final List<Throwable> causes;

    private TrustFault(Evidence evidence, X509Certificate[] presented, List<Throwable> causes) {
        this.evidence = evidence;
        this.presented = presented;
        this.causes = causes;
    }

    static Optional<Fault> of(Evidence evidence) {
        HandshakeFacts facts = evidence.facts();
        X509Certificate[] presented = facts.presented();
        List<Throwable> causes =
                facts.trustFailure() == null ? evidence.causes() : Evidence.causes(facts.trustFailure());
        boolean refused = facts.trustFailure() != null || causes.stream().anyMatch(TrustFault::isTrust);
        if (presented.length == 0 || facts.trusted() || !refused) {
            return Optional.empty();
        }
        return Optional.of(new TrustFault(evidence, presented, causes).find());
    }

    private static boolean isTrust(Throwable cause) {
        return cause instanceof CertificateException
                || cause instanceof CertPathValidatorException
                || cause instanceof CertPathBuilderException;
    }

    private Fault find() {
        Optional<CertPathValidatorException> validator = cause(CertPathValidatorException.class);
        Optional<Reason> said = validator.flatMap(PathFault::reason).or(this::saidByType);
        if (said.isPresent() && said.get() != Reason.BAD_CERTIFICATE_SIGNATURE && said.get() != Reason.UNKNOWN_CA) {
            return Fault.of(said.get(), words(said.get(), validator.orElse(null)));
        }
        List<X509Certificate> anchors = evidence.facts().trustAnchors();
        Optional<Fault> seen = anchors.isEmpty()
                        && cause(CertPathBuilderException.class).isEmpty()
                ? ClientUse.fault(presented[0])
                : ChainDiagnosis.diagnose(presented, anchors, evidence.facts().at(), evidence.signatures());
        return seen.or(() -> said.map(reason -> Fault.of(reason, words(reason, validator.orElse(null)))))
                .orElseGet(this::unexplained);
    }

    private Optional<Reason> saidByType() {
        if (cause(CertificateRevokedException.class).isPresent()) {
            return Optional.of(Reason.CERTIFICATE_REVOKED);
        }
        if (cause(CertificateExpiredException.class).isPresent()) {
            return Optional.of(Reason.CERTIFICATE_EXPIRED);
        }
        if (cause(CertificateNotYetValidException.class).isPresent()) {
            return Optional.of(Reason.CERTIFICATE_NOT_YET_VALID);
        }
        return Optional.empty();
    }

    private String words(Reason reason, @Nullable CertPathValidatorException e) {
        if (e == null) {
            return CertificateWords.of(reason, presented[0]);
        }
        List<X509Certificate> path = path(e);
        return CertificateWords.of(reason, e, path, evidence.facts().trustAnchors(), evidence.signatures());
    }

    private List<X509Certificate> path(CertPathValidatorException e) {
        if (e.getCertPath() == null) {
            return List.of(presented);
        }
        return e.getCertPath().getCertificates().stream()
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toList();
    }

    private Fault unexplained() {
        Throwable last = causes.get(causes.size() - 1);
        String text = last.getMessage() == null ? "" : last.getMessage();
        return TrustText.fault(text).orElseGet(() -> unknown(last, text));
    }

    private Fault unknown(Throwable last, String text) {
        if (causes.stream().noneMatch(TrustFault::isTrust)) {
            return Fault.of(
                    Reason.INTERNAL_ERROR,
                    "the server's trust manager failed: " + last.getClass().getSimpleName() + " " + text);
        }
        if (cause(CertPathBuilderException.class).isPresent()) {
            return Fault.of(
                    Reason.BAD_CERTIFICATE,
                    "bad certificate: the trust manager found no acceptable chain, and names no cause; what was"
                            + (evidence.signatures().isIncomplete()
                                    ? " presented was not looked at to the end"
                                    : " presented is sound but for revocation, which was not looked at"));
        }
        return Fault.of(
                Reason.BAD_CERTIFICATE, "bad certificate: " + (text.isEmpty() ? "refused by the trust manager" : text));
    }

    private <T extends Throwable> Optional<T> cause(Class<T> type) {
        return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
