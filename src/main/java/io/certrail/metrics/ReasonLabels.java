package io.certrail.metrics;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The closed set of a {@code reason} label's values: those of {@link Reason}, {@code client_alert_<name>} with the
 * names of RFC 8446 section 6, HTTP statuses, {@value #NONE} and {@value #OTHER}. An exception's class name is never
 * one.
 */
final class ReasonLabels {
    /** Nothing went wrong. */
    static final String NONE = "none";
    /** Anything else. */
    static final String OTHER = "other";

    /** RFC 8446 section 6, with those of RFC 5246 section 7.2 that TLS 1.2 has besides. */
    private static final List<String> ALERTS = List.of(
            "close_notify",
            "unexpected_message",
            "bad_record_mac",
            "decryption_failed",
            "record_overflow",
            "decompression_failure",
            "handshake_failure",
            "no_certificate",
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "illegal_parameter",
            "unknown_ca",
            "access_denied",
            "decode_error",
            "decrypt_error",
            "export_restriction",
            "protocol_version",
            "insufficient_security",
            "internal_error",
            "inappropriate_fallback",
            "user_canceled",
            "no_renegotiation",
            "missing_extension",
            "unsupported_extension",
            "certificate_unobtainable",
            "unrecognized_name",
            "bad_certificate_status_response",
            "bad_certificate_hash_value",
            "unknown_psk_identity",
            "certificate_required",
            "no_application_protocol");

    private static final Set<Reason> CLIENT_GAVE_UP =
            Set.of(Reason.CLIENT_ABORTED, Reason.CLIENT_RESET, Reason.NO_DATA, Reason.HANDSHAKE_TIMEOUT);

    private static final Map<String, String> KNOWN = known();
    private static final Set<String> OF_THE_CLIENT = Stream.concat(
                    CLIENT_GAVE_UP.stream().map(Reason::id), ALERTS.stream().map(ReasonLabels::clientAlert))
            .collect(Collectors.toUnmodifiableSet());

    private ReasonLabels() {}

    /** The label of what went wrong. */
    static String of(@Nullable Fault fault) {
        return fault == null ? NONE : KNOWN.getOrDefault(fault.type(), OTHER);
    }

    /** Whether the client gave up, rather than being turned away. */
    static boolean isOfTheClient(@Nullable Fault fault) {
        return fault != null && OF_THE_CLIENT.contains(fault.type());
    }

    private static String clientAlert(String name) {
        return Fault.clientAlert(name, null).type();
    }

    /** Each value under itself, so that a label is the same string always, whose hash is known. */
    private static Map<String, String> known() {
        Map<String, String> labels = new HashMap<>();
        for (Reason reason : Reason.values()) {
            labels.put(reason.id(), reason.name().toLowerCase(Locale.ROOT));
        }
        for (String alert : ALERTS) {
            labels.put(clientAlert(alert), clientAlert(alert));
        }
        for (int status = 400; status <= 599; status++) {
            labels.put(Integer.toString(status), Integer.toString(status));
        }
        return Map.copyOf(labels);
    }
}
