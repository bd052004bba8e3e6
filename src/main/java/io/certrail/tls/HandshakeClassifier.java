package io.certrail.tls;

import io.certrail.event.CertificateFacts;
import io.certrail.event.Fault;
import io.certrail.event.Outcome;
import io.certrail.event.Reason;
import io.certrail.event.TlsFacts;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a handshake came to, from what was captured about it. What the client did comes first, what the engine
 * said of it second. For any thread, but not for the handshake's own: it may verify signatures.
 */
public final class HandshakeClassifier {
    private static final byte[] NONE = {};

    /** In the order in which they are asked; the first that knows the reason is believed. */
    private static final List<Function<Evidence, Optional<Fault>>> WITNESSES = List.of(
            Silence::fault,
            BrokenRecords::foreign,
            TrustFault::of,
            ClientAlert::fault,
            BrokenRecords::fault,
            NegotiationFault::of,
            BrokenRecords::stray,
            EngineFault::of,
            GivenUp::fault);

    private final Supplier<Signatures> signatures;

    private HandshakeClassifier(Supplier<Signatures> signatures) {
        this.signatures = signatures;
    }

    public HandshakeClassifier() {
        this(Signatures::begin);
    }

    /** One that verifies no signatures, for any thread. What is wrong with a chain it tells in less precise words. */
    public static HandshakeClassifier brief() {
        return new HandshakeClassifier(Signatures::none);
    }

    /** Never throws. */
    public HandshakeVerdict classify(HandshakeFacts facts) {
        return classify(facts, NONE);
    }

    /**
     * Never throws.
     *
     * @param unread the client's own certificate, DER, of a chain that the engine could not read; empty if it read all
     *     that came
     */
    public HandshakeVerdict classify(HandshakeFacts facts, byte[] unread) {
        try {
            return judge(Evidence.of(facts, unread, signatures.get()));
        } catch (RuntimeException | StackOverflowError e) {
            return undecided(facts);
        }
    }

    private static HandshakeVerdict judge(Evidence evidence) {
        boolean established = evidence.ending() == Ending.ESTABLISHED;
        Optional<Fault> fault = established ? Optional.empty() : fault(evidence);
        Outcome outcome = established ? Outcome.SUCCESS : fault.isPresent() ? Outcome.FAILURE : Outcome.UNKNOWN;
        return new HandshakeVerdict(outcome, fault.orElse(null), tls(evidence), serverName(evidence));
    }

    private static Optional<Fault> fault(Evidence evidence) {
        return WITNESSES.stream()
                .map(witness -> witness.apply(evidence))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static TlsFacts tls(Evidence evidence) {
        HandshakeFacts facts = evidence.facts();
        boolean established = facts.ending() == Ending.ESTABLISHED;
        String version = version(facts.protocol());
        return new TlsFacts(
                version,
                version == null ? null : cipher(facts.cipher()),
                known(facts.nextProtocol()),
                established ? facts.resumed() : null,
                established,
                established ? null : EngineFault.alertSent(evidence),
                established ? null : ClientAlert.name(evidence).orElse(null),
                version == null ? evidence.hello().map(ClientHello::offered).orElse(null) : null,
                certificate(evidence));
    }

    private static @Nullable String serverName(Evidence evidence) {
        return evidence.hello().map(ClientHello::serverName).orElse(null);
    }

    private static @Nullable CertificateFacts certificate(Evidence evidence) {
        X509Certificate[] chain = evidence.facts().presented();
        if (chain.length > 0) {
            return CertificateReader.read(chain, evidence.facts().trusted());
        }
        byte[] unread = evidence.unread();
        return unread.length > 0
                ? UnreadableCertificate.read(unread)
                : ClearCertificate.of(evidence.received()).orElse(null);
    }

    /** JSSE says {@code NONE} where nothing was negotiated. */
    private static @Nullable String version(@Nullable String protocol) {
        if (protocol == null || protocol.equals("NONE")) {
            return null;
        }
        return protocol.equals("TLSv1") ? "1.0" : protocol.startsWith("TLSv") ? protocol.substring(4) : protocol;
    }

    private static @Nullable String cipher(@Nullable String suite) {
        return suite == null || suite.contains("_NULL_WITH_NULL_") ? null : known(suite);
    }

    private static @Nullable String known(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static HandshakeVerdict undecided(HandshakeFacts facts) {
        boolean established = facts.ending() == Ending.ESTABLISHED;
        TlsFacts tls = new TlsFacts(null, null, null, null, established, null, null, null, null);
        return established
                ? new HandshakeVerdict(Outcome.SUCCESS, null, tls, null)
                : new HandshakeVerdict(
                        Outcome.FAILURE, Fault.of(Reason.INTERNAL_ERROR, "its cause could not be told"), tls, null);
    }
}
