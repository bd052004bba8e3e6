package io.certrail.tls;

import io.certrail.event.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What JSSE says of a failed handshake, where nothing but its words tells: the one place that knows the texts of JDK 17
 * to 25.
 *
 * @param text the messages of the failure and its causes, without the name of the alert that newer JDKs put before them
 * @param alert that name
 */
record EngineText(String text, @Nullable String alert) {
    private static final int MAX_LENGTH = 4096;
    private static final String VERIFY =
            "bad signature in CertificateVerify: the client does not hold the key of the certificate that it presented";
    private static final String VERSION = "no protocol version in common";
    private static final String SIGNATURE = "no signature algorithm in common";
    private static final String GROUP = "no shared group for the key exchange";
    static final String MAC =
            "decryption failed or bad record mac: a protected record was tampered with or made with another key";
    static final String EARLY_DATA = "; the client announced early data (0-RTT), which the server does not take";
    private static final String UNEXPECTED = "unexpected message: not the one whose turn it was";
    private static final String MALFORMED = "malformed handshake message";
    static final String ILLEGAL_KEY = "illegal key exchange: ";
    private static final String KEY = ILLEGAL_KEY + "the client's public key is none of the group";
    private static final String BINDER = "the pre-shared key's binder does not fit the handshake";
    private static final String BINDERS = "illegal pre-shared keys: there are not as many binders as keys";
    private static final String MISPLACED = "illegal extension: it does not belong there";
    private static final String MISSING = "the client left out an extension that goes with what it sent";
    private static final String UNVERIFIABLE = "the client's signature in CertificateVerify cannot be verified";
    private static final String SIGNED =
            "the client signed its CertificateVerify with an algorithm that the server does not take";
    private static final String UNREADABLE = "bad certificate: the one presented cannot be read";
    private static final String NO_RECORD = "unexpected record: bytes that are none, or one of an unknown type";
    /** These words go for many a cause: what the engine says besides belongs to them. */
    private static final Set<String> VAGUE =
            Set.of(UNEXPECTED, MALFORMED, KEY, MISSING, MISPLACED, UNVERIFIABLE, UNREADABLE);

    private static final int MAX_DETAIL = 200;
    private static final Pattern ALERT_PREFIX = Pattern.compile("\\(([a-z_]{1,40})\\) (.*)", Pattern.DOTALL);
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");
    private static final Pattern RECEIVED = Pattern.compile(
            "(?:[Rr]eceived fatal alert|received handshake warning): (UNKNOWN ALERT \\(\\d+\\)|[A-Za-z_]+)");

    private static final Pattern UNKNOWN_ALERT = Pattern.compile("Unknown alert description \\((-?\\d{1,3})\\)");

    /** Looked at in this order; the first whose text occurs counts. */
    private static final List<Row> ROWS = List.of(
            row(
                    "Empty client certificate chain",
                    Reason.CERTIFICATE_REQUIRED,
                    "bad_certificate",
                    "client certificate required: the client sent none"),
            row(
                    "null cert chain",
                    Reason.CERTIFICATE_REQUIRED,
                    "bad_certificate",
                    "client certificate required: the client sent none"),
            row(
                    "certificate chain length (",
                    Reason.PATH_LENGTH_EXCEEDED,
                    null,
                    "path length exceeded: the client presented more certificates than the server takes"),
            row(
                    "size of the handshake message (",
                    Reason.DECODE_ERROR,
                    "unexpected_message",
                    "illegal length: a handshake message longer than the server takes"),
            row("Failed to parse client certificates", Reason.BAD_CERTIFICATE, "bad_certificate", UNREADABLE),
            row("Could not generate secret", Reason.ILLEGAL_PARAMETER, null, KEY),
            row("Could not generate DHPublicKey", Reason.ILLEGAL_PARAMETER, null, KEY),
            row("Cannot decode named group", Reason.ILLEGAL_PARAMETER, "unexpected_message", KEY),
            row("Cannot decode ECDH PublicKey", Reason.ILLEGAL_PARAMETER, null, KEY),
            row("uncompressed point format", Reason.ILLEGAL_PARAMETER, null, KEY),
            row("Point does not match field size", Reason.ILLEGAL_PARAMETER, null, KEY),
            row("key agreement parameters negotiated", Reason.ILLEGAL_PARAMETER, null, KEY),
            row("comply to algorithm constraints", Reason.ILLEGAL_PARAMETER, null, KEY),
            row("comply with algorithm constraints", Reason.ILLEGAL_PARAMETER, null, KEY),
            row(
                    "Cannot decode RSA premaster secret",
                    Reason.ILLEGAL_PARAMETER,
                    "illegal_parameter",
                    ILLEGAL_KEY + "the client's encrypted secret has a length that this server's key never gives"),
            row("PSK binder value", Reason.DECRYPT_ERROR, "illegal_parameter", BINDER),
            row("number of binders", Reason.ILLEGAL_PARAMETER, "illegal_parameter", BINDERS),
            row("unrecognized cookie", Reason.ILLEGAL_PARAMETER, null, "the cookie is none that the server gave"),
            row("requested maximum fragment length", Reason.ILLEGAL_PARAMETER, null, "illegal maximum fragment length"),
            row("should not be presented in", Reason.ILLEGAL_PARAMETER, null, MISPLACED),
            row("psk_key_exchange_modes extension", Reason.MISSING_EXTENSION, "missing_extension", MISSING),
            row("not PSK modes", Reason.MISSING_EXTENSION, "illegal_parameter", MISSING),
            row("No key_share extension", Reason.MISSING_EXTENSION, "missing_extension", MISSING),
            row("Required extensions are unavailable", Reason.MISSING_EXTENSION, null, MISSING),
            row("Extended Master Secret extension", Reason.MISSING_EXTENSION, null, MISSING),
            row("when pre_shared_key extension is present", Reason.MISSING_EXTENSION, "missing_extension", MISSING),
            row("Invalid supported_groups", Reason.DECODE_ERROR, null, MALFORMED),
            row("Invalid signature_algorithms", Reason.DECODE_ERROR, null, MALFORMED),
            row("Invalid key_share", Reason.DECODE_ERROR, null, MALFORMED),
            row("Invalid renegotiation_info", Reason.DECODE_ERROR, null, MALFORMED),
            row("KeyUpdate has an unexpected length", Reason.DECODE_ERROR, null, MALFORMED),
            row("nappropriate finished message", Reason.DECODE_ERROR, null, MALFORMED),
            row("Invalid Alert message", Reason.DECODE_ERROR, null, "malformed alert: it is not of two bytes"),
            row(
                    "does not support uncompressed points",
                    Reason.ILLEGAL_PARAMETER,
                    "illegal_parameter",
                    "illegal extension: ec_point_formats without uncompressed points"),
            row(
                    "pre_shared_key extension is not last",
                    Reason.ILLEGAL_PARAMETER,
                    "illegal_parameter",
                    "illegal extension: pre_shared_key is not the last one"),
            row(
                    "Invalid KeyUpdate message value",
                    Reason.ILLEGAL_PARAMETER,
                    null,
                    "illegal KeyUpdate: what it requests is neither 0 nor 1"),
            row("length must be positive", Reason.DECODE_ERROR, null, MALFORMED),
            row("could not be parsed", Reason.DECODE_ERROR, null, MALFORMED),
            row("hasRemaining() must be positive", Reason.BAD_RECORD_MAC, null, MAC), // a block that is all padding
            row("Invalid Padding length", Reason.BAD_RECORD_MAC, null, MAC),
            row("newPosition > limit", Reason.BAD_RECORD_MAC, null, MAC), // a record shorter than what protects it
            row(
                    "no content type",
                    Reason.UNEXPECTED_MESSAGE,
                    "unexpected_message",
                    "unexpected record: protected, and nothing in it but padding"),
            row("used in CertificateVerify", Reason.NO_SHARED_SIGNATURE_ALGORITHM, null, SIGNED),
            row("No supported CertificateVerify", Reason.NO_SHARED_SIGNATURE_ALGORITHM, null, SIGNED),
            row("negotiated for CertificateVerify", Reason.UNEXPECTED_MESSAGE, null, UNEXPECTED),
            row("ost-handshake", Reason.UNEXPECTED_MESSAGE, null, UNEXPECTED),
            row("Unsupported handshake consumer", Reason.UNEXPECTED_MESSAGE, null, UNEXPECTED),
            row("Invalid CertificateVerify signature", Reason.BAD_CERTIFICATE_VERIFY, "handshake_failure", VERIFY),
            row(
                    "CertificateVerify message: invalid signature",
                    Reason.BAD_CERTIFICATE_VERIFY,
                    "handshake_failure",
                    VERIFY),
            row(
                    "Cannot verify CertificateVerify signature",
                    Reason.BAD_CERTIFICATE_VERIFY,
                    "handshake_failure",
                    UNVERIFIABLE),
            row(
                    "Finished message cannot be verified",
                    Reason.DECRYPT_ERROR,
                    "decrypt_error",
                    "the client's Finished message does not fit the handshake"),
            row(
                    "Unrecognized server name indication",
                    Reason.UNRECOGNIZED_NAME,
                    "unrecognized_name",
                    "no site here has the server name that the client asked for"),
            row("server name", Reason.BAD_SNI, null, "bad server name (SNI) in the ClientHello"),
            row("server_name", Reason.BAD_SNI, null, "bad server name (SNI) in the ClientHello"),
            row(
                    "No matching application layer protocol",
                    Reason.NO_APPLICATION_PROTOCOL,
                    "no_application_protocol",
                    "no application protocol (ALPN) in common"),
            row("SSLv2Hello", Reason.UNSUPPORTED_PROTOCOL, null, "the client sent an SSLv2 hello"),
            row("SSL V2", Reason.UNSUPPORTED_PROTOCOL, null, "the client sent an SSLv2 hello"),
            row("SSL v2", Reason.UNSUPPORTED_PROTOCOL, null, "the client sent an SSLv2 hello"),
            row("not enabled or supported in server context", Reason.UNSUPPORTED_PROTOCOL, "protocol_version", VERSION),
            row("not accepted by server preferences", Reason.UNSUPPORTED_PROTOCOL, "protocol_version", VERSION),
            row("protocol version", Reason.UNSUPPORTED_PROTOCOL, "protocol_version", VERSION),
            row("legacy_version", Reason.UNSUPPORTED_PROTOCOL, "protocol_version", VERSION),
            row(
                    "protocol fallback",
                    Reason.UNSUPPORTED_PROTOCOL,
                    "inappropriate_fallback",
                    "the client fell back to an older version than it needs to"),
            row("No appropriate protocol", Reason.UNSUPPORTED_PROTOCOL, null, VERSION),
            row("record version", Reason.NOT_TLS_GARBAGE, null, "not TLS: a record of no known version"),
            row("plaintext connection?", Reason.UNEXPECTED_MESSAGE, null, NO_RECORD), // else the bytes told before
            row("unrecognized SSL message", Reason.UNEXPECTED_MESSAGE, null, NO_RECORD),
            row(
                    "no cipher suites in common",
                    Reason.NO_SHARED_CIPHER,
                    "handshake_failure",
                    "no cipher suite in common"),
            row("authentication scheme", Reason.NO_SHARED_SIGNATURE_ALGORITHM, "handshake_failure", SIGNATURE),
            row("signature_algorithms", Reason.NO_SHARED_SIGNATURE_ALGORITHM, null, SIGNATURE),
            row("signature algorithm", Reason.NO_SHARED_SIGNATURE_ALGORITHM, null, SIGNATURE),
            row("key_share", Reason.NO_SHARED_GROUP, null, GROUP),
            row("key share", Reason.NO_SHARED_GROUP, null, GROUP),
            row("named group", Reason.NO_SHARED_GROUP, null, GROUP),
            row("supported_groups", Reason.NO_SHARED_GROUP, null, GROUP),
            row("record size", Reason.RECORD_OVERFLOW, "unexpected_message", "a record exceeds the greatest length"),
            row("record too big", Reason.RECORD_OVERFLOW, null, "a record exceeds the greatest length"),
            row("Tag mismatch", Reason.BAD_RECORD_MAC, "bad_record_mac", MAC),
            row("bad record MAC", Reason.BAD_RECORD_MAC, "bad_record_mac", MAC),
            row("AEAD", Reason.BAD_RECORD_MAC, null, MAC),
            row("padding", Reason.BAD_RECORD_MAC, null, MAC),
            row("renegotiation", Reason.UNEXPECTED_MESSAGE, null, "unexpected message: the client asks to renegotiate"),
            row("zero-length", Reason.UNEXPECTED_MESSAGE, "unexpected_message", "unexpected record of no length"),
            row("ChangeCipherSpec", Reason.UNEXPECTED_MESSAGE, null, "unexpected message around ChangeCipherSpec"),
            row(
                    "Unexpected content: 20",
                    Reason.UNEXPECTED_MESSAGE,
                    "unexpected_message",
                    "unexpected record: a ChangeCipherSpec too many or out of place"),
            row(
                    "before handshake complete",
                    Reason.UNEXPECTED_MESSAGE,
                    "unexpected_message",
                    "unexpected message: application data before the handshake was done"),
            row(
                    "Expecting a handshake fragment",
                    Reason.UNEXPECTED_MESSAGE,
                    "unexpected_message",
                    "unexpected message in the middle of another"),
            row("Insufficient space in the buffer", Reason.DECODE_ERROR, null, MALFORMED),
            row("Unexpected", Reason.UNEXPECTED_MESSAGE, "unexpected_message", UNEXPECTED),
            row("unexpected", Reason.UNEXPECTED_MESSAGE, "unexpected_message", UNEXPECTED),
            row(
                    "Unknown handshake type",
                    Reason.UNEXPECTED_MESSAGE,
                    "unexpected_message",
                    "unexpected message of an unknown type"),
            row("Unsupported handshake message", Reason.UNEXPECTED_MESSAGE, "unexpected_message", UNEXPECTED),
            row("Unknown content type", Reason.UNEXPECTED_MESSAGE, "unexpected_message", "unexpected type of record"),
            row("No more ", Reason.UNEXPECTED_MESSAGE, "unexpected_message", UNEXPECTED),
            row("nvalid", Reason.DECODE_ERROR, null, MALFORMED),
            row("llegal", Reason.DECODE_ERROR, null, MALFORMED),
            row("ncorrect", Reason.DECODE_ERROR, null, MALFORMED),
            row("sufficient", Reason.DECODE_ERROR, null, MALFORMED),
            row("extra data", Reason.DECODE_ERROR, null, MALFORMED),
            row("uplicate", Reason.DECODE_ERROR, null, MALFORMED),
            row("parsing", Reason.DECODE_ERROR, null, MALFORMED));

    private static Row row(String needle, Reason reason, @Nullable String alert, String words) {
        return new Row(needle, reason, alert, words);
    }

    /**
     * One line of the table.
     *
     * @param alert the alert that JDK 17 makes with this text, where it is always the same
     * @param words the cause in our words
     */
    record Row(String needle, Reason reason, @Nullable String alert, String words) {}

    static EngineText of(Evidence evidence) {
        String text = evidence.causes().stream()
                .map(Throwable::getMessage)
                .filter(message -> message != null)
                .collect(Collectors.joining("\n"));
        String bounded = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
        Matcher prefix = ALERT_PREFIX.matcher(bounded);
        return prefix.matches() && AlertName.isKnown(prefix.group(1))
                ? new EngineText(prefix.group(2), prefix.group(1))
                : new EngineText(bounded, null);
    }

    Optional<Row> row() {
        return ROWS.stream().filter(row -> text.contains(row.needle)).findFirst();
    }

    /**
     * A row's words, with the engine's own where they tell more: each message once, for a cause's is often the end of
     * that before.
     */
    String words(Row row) {
        if (!VAGUE.contains(row.words)) {
            return row.words;
        }
        List<String> messages =
                text.lines().filter(each -> !each.isBlank()).distinct().toList();
        String own = messages.stream()
                .filter(each ->
                        messages.stream().noneMatch(other -> other.length() < each.length() && each.endsWith(other)))
                .collect(Collectors.joining("; "));
        String harmless = CONTROLS.matcher(own).replaceAll(" ");
        return row.words + " (" + harmless.substring(0, Math.min(harmless.length(), MAX_DETAIL)) + ")";
    }

    /** All of it in one line. */
    String line() {
        return CONTROLS.matcher(text).replaceAll("; ");
    }

    /** The alert that the client had sent. */
    Optional<String> alertReceived() {
        if (text.contains("Received close_notify during handshake") || text.contains("Received fatal close_notify")) {
            return Optional.of(AlertName.of(AlertName.CLOSE_NOTIFY));
        }
        Matcher unknown = UNKNOWN_ALERT.matcher(text);
        if (unknown.find()) {
            return Optional.of(AlertName.of(Integer.parseInt(unknown.group(1)) & 0xFF));
        }
        Matcher received = RECEIVED.matcher(text);
        return received.find() ? Optional.of(alertName(received.group(1))) : Optional.empty();
    }

    /** JSSE says {@code UNKNOWN ALERT (199)} of what it has no name for. */
    private static String alertName(String name) {
        return name.startsWith("UNKNOWN") ? "unknown_" + name.replaceAll("[^0-9]", "") : name.toLowerCase(Locale.ROOT);
    }

    /** Whether it says no more than that the connection ended. */
    boolean isClosing() {
        return text.contains("closing inbound before") || text.contains("Inbound closed before");
    }
}
