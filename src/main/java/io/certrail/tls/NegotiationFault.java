package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A hello that the server could not agree to: what was offered tells more than the engine does. */
final class NegotiationFault {
    private static final int SHOWN = 8;
    private static final List<String> USUAL = List.of("TLSv1.3", "TLSv1.2");
    /** What the engine says of a hello it does not like; everything else it says is about later messages. */
    private static final Set<Reason> OF_A_HELLO = Set.of(
            Reason.UNSUPPORTED_PROTOCOL,
            Reason.NO_SHARED_CIPHER,
            Reason.NO_SHARED_GROUP,
            Reason.NO_SHARED_SIGNATURE_ALGORITHM,
            Reason.NO_APPLICATION_PROTOCOL,
            Reason.UNRECOGNIZED_NAME,
            Reason.BAD_SNI,
            Reason.DECODE_ERROR,
            Reason.MISSING_EXTENSION,
            Reason.UNEXPECTED_MESSAGE,
            Reason.NOT_TLS_GARBAGE);

    private final Evidence evidence;
    private final ClientHello hello;
    private final @Nullable Reason said;

    private NegotiationFault(Evidence evidence, ClientHello hello) {
        this.evidence = evidence;
        this.hello = hello;
        this.said = EngineText.of(evidence).row().map(EngineText.Row::reason).orElse(null);
    }

    static Optional<Fault> of(Evidence evidence) {
        Optional<ClientHello> hello = evidence.hello().filter(ClientHello::complete);
        if (hello.isEmpty() || !evidence.engineJudged() || evidence.facts().presented().length > 0) {
            return Optional.empty();
        }
        NegotiationFault fault = new NegotiationFault(evidence, hello.get());
        return fault.said == null || OF_A_HELLO.contains(fault.said) ? fault.find() : Optional.empty();
    }

    private Optional<Fault> find() {
        return Stream.of(sslv2(), name(), form(), version(), key(), agreement(), named())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Fault> sslv2() {
        return when(
                hello.sslv2(),
                Reason.UNSUPPORTED_PROTOCOL,
                "client sent an SSLv2 hello for " + TlsName.spokenVersion(hello.legacyVersion()));
    }

    private Optional<Fault> name() {
        String flaw = hello.nameFlaw();
        return when(
                flaw != null && said != Reason.UNSUPPORTED_PROTOCOL, Reason.BAD_SNI, "bad server name (SNI): " + flaw);
    }

    private Optional<Fault> form() {
        return when(hello.flaw() != null, Reason.DECODE_ERROR, "malformed ClientHello: " + hello.flaw());
    }

    private Optional<Fault> version() {
        boolean shared = hello.versions().stream().anyMatch(this::isTaken);
        boolean known = !evidence.facts().enabledProtocols().isEmpty();
        if (shared && known) {
            return legacyVersion();
        }
        return when(known || said == Reason.UNSUPPORTED_PROTOCOL, Reason.UNSUPPORTED_PROTOCOL, versions());
    }

    /** RFC 8446 section 4.1.2: an offer of TLS 1.3 has that of TLS 1.2. */
    private Optional<Fault> legacyVersion() {
        return when(
                said == Reason.UNSUPPORTED_PROTOCOL
                        && hello.offers(TlsName.TLS_1_3)
                        && hello.legacyVersion() != TlsName.TLS_1_2,
                Reason.UNSUPPORTED_PROTOCOL,
                "the ClientHello's legacy_version is that of " + TlsName.spokenVersion(hello.legacyVersion())
                        + ", which an offer of TLS 1.3 must not have");
    }

    private boolean isTaken(int version) {
        String name = TlsName.version(version);
        return taken().contains(name.equals("1.0") ? "TLSv1" : "TLSv" + name) || taken().contains(name);
    }

    private List<String> taken() {
        List<String> enabled = evidence.facts().enabledProtocols();
        return enabled.isEmpty() ? USUAL : enabled;
    }

    private String versions() {
        List<Integer> real =
                hello.versions().stream().filter(v -> !TlsName.isGrease(v)).toList();
        String offer = real.isEmpty()
                ? "no TLS version at all"
                : real.stream().limit(SHOWN).map(TlsName::spokenVersion).collect(Collectors.joining(", ")) + " only";
        String takes = String.join(", ", evidence.facts().enabledProtocols()).replace("TLSv", "TLS ");
        return "client offers " + offer + (takes.isEmpty() ? "" : "; the server takes " + takes);
    }

    /** JSSE passes over a key that it cannot read, and then misses one. */
    private Optional<Fault> key() {
        return when(
                hello.keyFlaw() != null && said == Reason.NO_SHARED_GROUP,
                Reason.ILLEGAL_PARAMETER,
                EngineText.ILLEGAL_KEY + hello.keyFlaw());
    }

    /** JSSE calls most of it "no cipher suites in common". */
    private Optional<Fault> agreement() {
        if (said != Reason.NO_SHARED_CIPHER
                && said != Reason.NO_SHARED_GROUP
                && said != Reason.NO_SHARED_SIGNATURE_ALGORITHM) {
            return Optional.empty();
        }
        if (!anySuite()) {
            return Optional.of(noCipher());
        }
        if ((needsGroup() && !TlsName.anyCommonGroup(hello.groups())) || said == Reason.NO_SHARED_GROUP) {
            return Optional.of(Fault.of(
                    Reason.NO_SHARED_GROUP,
                    "no shared group for the key exchange: client offers "
                            + TlsName.offer(hello.groups(), TlsName::group)));
        }
        if (isTls13() && !hello.has(ClientHello.SIGNATURE_ALGORITHMS)) {
            return Optional.of(Fault.of(
                    Reason.MISSING_EXTENSION, "the client left out signature_algorithms, which TLS 1.3 needs"));
        }
        if (!anySignature() || said == Reason.NO_SHARED_SIGNATURE_ALGORITHM) {
            return Optional.of(Fault.of(
                    Reason.NO_SHARED_SIGNATURE_ALGORITHM,
                    "no signature algorithm in common: client offers "
                            + TlsName.offer(hello.signatureSchemes(), TlsName::scheme)));
        }
        return Optional.of(noCipher()); // such as none for the server's kind of key
    }

    private Fault noCipher() {
        return Fault.of(
                Reason.NO_SHARED_CIPHER, "no cipher in common: client offers " + SuiteName.offer(hello.cipherSuites()));
    }

    private boolean isTls13() {
        return hello.offers(TlsName.TLS_1_3) && taken().contains("TLSv1.3");
    }

    private boolean anySuite() {
        return isTls13()
                ? SuiteKind.TLS_1_3.isAmong(hello.cipherSuites())
                : Stream.of(SuiteKind.values()).skip(1).anyMatch(kind -> kind.isAmong(hello.cipherSuites()));
    }

    private boolean needsGroup() {
        List<Integer> suites = hello.cipherSuites();
        boolean other = SuiteKind.RSA.isAmong(suites) || SuiteKind.DHE_RSA.isAmong(suites);
        return isTls13() || (hello.has(ClientHello.SUPPORTED_GROUPS) && !other);
    }

    private boolean anySignature() {
        List<Integer> schemes = hello.signatureSchemes();
        List<Integer> suites = hello.cipherSuites();
        if (!hello.has(ClientHello.SIGNATURE_ALGORITHMS)) {
            return !isTls13();
        }
        boolean rsa = TlsName.anyRsaScheme(schemes);
        boolean ec = TlsName.anyEcScheme(schemes);
        if (isTls13()) {
            return rsa || ec;
        }
        boolean rsaSuite = SuiteKind.ECDHE_RSA.isAmong(suites) || SuiteKind.DHE_RSA.isAmong(suites);
        return SuiteKind.RSA.isAmong(suites) || (rsa && rsaSuite) || (ec && SuiteKind.ECDHE_ECDSA.isAmong(suites));
    }

    /** Reasons that the engine names well enough, with what the client asked for. */
    private Optional<Fault> named() {
        if (said == Reason.NO_APPLICATION_PROTOCOL) {
            return Optional.of(Fault.of(
                    said,
                    "no application protocol (ALPN) in common: client offers "
                            + hello.nextProtocols().stream()
                                    .limit(SHOWN)
                                    .map(TlsName::nextProtocol)
                                    .collect(Collectors.joining(", "))));
        }
        return Optional.empty();
    }

    private static Optional<Fault> when(boolean holds, Reason reason, String message) {
        return holds ? Optional.of(Fault.of(reason, message)) : Optional.empty();
    }
}
