package io.certrail.scan.probe;

import static io.certrail.scan.probe.Credentials.Kind.*;

import io.certrail.event.Reason;
import io.certrail.scan.finding.Signal;
import io.certrail.scan.probe.Credentials.Kind;
import io.certrail.scan.probe.Probe.Action;
import io.certrail.scan.probe.Probe.Trait;
import io.certrail.scan.probe.ProbeCatalog.Collector;
import io.certrail.scan.probe.ProbeCatalog.Draft;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Handshakes with good certificates, with bad ones and with none, in both versions of TLS. */
final class CertificateProbes {
    private static final int RSA_BITS = 2048;
    private static final List<Bad> BAD = List.of(
            new Bad(EXPIRED, Reason.CERTIFICATE_EXPIRED),
            new Bad(NOT_YET_VALID, Reason.CERTIFICATE_NOT_YET_VALID),
            new Bad(REVOKED, Reason.CERTIFICATE_REVOKED),
            new Bad(UNTRUSTED, Reason.UNKNOWN_CA),
            new Bad(SELF_SIGNED, Reason.SELF_SIGNED),
            new Bad(WRONG_USAGE, Reason.WRONG_KEY_USAGE),
            new Bad(NAME_CONSTRAINTS, Reason.NAME_CONSTRAINTS_VIOLATED, Reason.REVOCATION_UNKNOWN));

    private final Collector collector;
    private final String path;

    private record Bad(Kind kind, List<Reason> reasons) {
        Bad(Kind kind, Reason... reasons) {
            this(kind, List.of(reasons));
        }
    }

    CertificateProbes(Collector collector, Target.Paths paths) {
        this.collector = collector;
        this.path = paths.allowed();
    }

    void add() {
        for (TlsVersion version : TlsVersion.values()) {
            good(version);
            without(version);
            BAD.forEach(bad -> bad(bad, version));
            possession(version);
            distrust(version);
        }
        silent();
        hostile();
    }

    private void good(TlsVersion version) {
        var draft = draft("request-served", "a good client asks for " + path, Expected.served(), version)
                .is(Trait.REQUEST);
        collector.with(GOOD, draft, credential -> ask(credential, version));
    }

    private void without(TlsVersion version) {
        var expected = Expected.refused(Reason.CERTIFICATE_REQUIRED);
        collector.add(
                draft("certificate-missing", "a client without a certificate", expected, version), ask(null, version));
    }

    private void bad(Bad bad, TlsVersion version) {
        var draft = draft(
                "certificate-" + bad.kind.id(),
                "a certificate that is " + bad.kind.words(),
                Expected.refused(bad.reasons.toArray(Reason[]::new)),
                version);
        collector.with(bad.kind, draft, credential -> ask(credential, version));
    }

    private void possession(TlsVersion version) {
        var draft = draft(
                "possession-not-proved",
                "a good certificate, signed for with another's key",
                Expected.refused(Reason.BAD_CERTIFICATE_VERIFY),
                version);
        collector.with(GOOD, draft, credential -> ask(stolen(credential), version));
    }

    private static Credential stolen(Credential credential) {
        try {
            return new Credential(
                    another(credential.certificate().getPublicKey())
                            .generateKeyPair()
                            .getPrivate(),
                    credential.chain());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that a certificate holds cannot be made", e);
        }
    }

    private static KeyPairGenerator another(PublicKey key) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(key.getAlgorithm());
        if (key instanceof ECPublicKey ec) {
            generator.initialize(ec.getParams());
        } else if (key.getAlgorithm().startsWith("RSA")) {
            generator.initialize(RSA_BITS);
        }
        return generator;
    }

    private void distrust(TlsVersion version) {
        var draft = draft(
                "server-distrusted",
                "a client that does not trust the server",
                Expected.alerted("certificate_unknown"),
                version);
        collector.with(GOOD, draft, credential -> attempt -> attempt.handshake(credential, Trust.inNobody(), version));
    }

    private void silent() {
        var draft = draft(
                "handshake-only",
                "a good client that says goodbye after its handshake",
                Expected.either(),
                TlsVersion.TLS_1_3);
        collector.with(GOOD, draft, credential -> attempt -> attempt.handshake(credential, TlsVersion.TLS_1_3));
    }

    private void hostile() {
        var draft = draft(
                        "hostile-name", "a certificate " + HOSTILE_NAME.words(), Expected.either(), TlsVersion.TLS_1_3)
                .is(Trait.HOSTILE)
                .is(Trait.REQUEST);
        collector.with(HOSTILE_NAME, draft, credential -> ask(credential, TlsVersion.TLS_1_3));
    }

    private Action ask(@Nullable Credential credential, TlsVersion version) {
        return attempt -> {
            attempt.handshake(credential, version);
            attempt.request(Request.get(attempt, path).build());
        };
    }

    private static Draft draft(String id, String title, Expected expected, TlsVersion version) {
        return new Draft(
                        id + "/" + version.number(),
                        title + ", TLS " + version.number(),
                        Signal.AUTHENTICATION,
                        expected)
                .needs(version);
    }
}
