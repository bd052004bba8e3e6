package io.certrail.api;

import io.certrail.event.Outcome;
import io.certrail.index.AddressPrefix;
import io.certrail.index.CertificateCondition;
import io.certrail.index.RecordFilter;
import io.certrail.index.RecordFilter.Field;
import io.certrail.index.RecordFilter.StatusRange;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The conditions of a search from its parameters, whose names are the same wherever there are conditions. */
final class FilterParameters {
    private static final int MAX_NAME = 1024;
    private static final int MIN_PART = 2;
    private static final int MAX_PART = 256;

    private FilterParameters() {}

    /** Of records, of whichever trails feed the index. */
    static RecordFilter records(Parameters parameters) {
        return records(parameters, EnumSet.allOf(Field.class));
    }

    /** Of records that this server makes: there is no origin to choose. */
    static RecordFilter ownRecords(Parameters parameters) {
        return records(parameters, EnumSet.complementOf(EnumSet.of(Field.ORIGIN)));
    }

    private static RecordFilter records(Parameters parameters, Set<Field> fields) {
        Map<Field, List<String>> equal = equal(parameters, fields.stream());
        Instant from = parameters.time("from");
        Instant to = parameters.time("to");
        if (from != null && to != null && !from.isBefore(to)) {
            parameters.wrong("to", "later than from");
        }
        return new RecordFilter(
                from,
                to,
                equal,
                part(parameters),
                parameters.all(
                        "address",
                        text -> AddressPrefix.parse(text).orElse(null),
                        "an IPv4 or IPv6 address, or a prefix such as 10.1.0.0/16"),
                parameters.all("status", FilterParameters::statuses, "a status such as 403, or a class such as 4xx"));
    }

    static CertificateCondition certificates(Parameters parameters) {
        Stream<Field> fields = Arrays.stream(Field.values()).filter(Field::isOfCertificate);
        return new CertificateCondition(equal(parameters, fields), part(parameters));
    }

    private static Map<Field, List<String>> equal(Parameters parameters, Stream<Field> fields) {
        Map<Field, List<String>> equal = new EnumMap<>(Field.class);
        fields.forEach(field -> equal.put(field, values(parameters, field)));
        equal.values().removeIf(List::isEmpty);
        return equal;
    }

    private static List<String> values(Parameters parameters, Field field) {
        String name = field.name().toLowerCase(Locale.ROOT);
        return switch (field) {
            case EVENT, REASON ->
                parameters.all(
                        name, text -> word(text, "[A-Za-z0-9_.-]{1,64}"), "a word such as tls.handshake or unknown_ca");
            case OUTCOME -> parameters.all(name, FilterParameters::outcome, "success, failure or unknown");
            case SERIAL -> parameters.all(name, FilterParameters::serial, "hexadecimal digits");
            case SHA256 -> parameters.all(name, FilterParameters::sha256, "64 hexadecimal digits");
            case TRACE_ID ->
                parameters.all(
                        name, text -> word(text.toLowerCase(Locale.ROOT), "[0-9a-f]{32}"), "32 hexadecimal digits");
            default ->
                parameters.all(
                        name, text -> text.length() > MAX_NAME ? null : text, "of 1 to " + MAX_NAME + " characters");
        };
    }

    private static @Nullable String word(String text, String form) {
        return text.matches(form) ? text : null;
    }

    private static @Nullable String outcome(String text) {
        return Arrays.stream(Outcome.values()).map(Outcome::id).anyMatch(text::equals) ? text : null;
    }

    /** As records write it: RFC 5280 certificates have serials of 20 octets at most, others may have longer ones. */
    private static @Nullable String serial(String text) {
        String digits = text.replace(":", "").toLowerCase(Locale.ROOT).replaceFirst("^0+(?=.)", "");
        return word(digits, "[0-9a-f]{1,128}");
    }

    static @Nullable String sha256(String text) {
        return word(text.replace(":", "").toLowerCase(Locale.ROOT), "[0-9a-f]{64}");
    }

    private static @Nullable String part(Parameters parameters) {
        return parameters.one(
                "subject_part",
                FilterParameters::lowerCase,
                MIN_PART + " to " + MAX_PART + " characters, also in lower case");
    }

    /** Bounded as engines get it: some characters become two. */
    private static @Nullable String lowerCase(String part) {
        String lower = part.toLowerCase(Locale.ROOT);
        return part.length() < MIN_PART || lower.length() > MAX_PART ? null : lower;
    }

    private static @Nullable StatusRange statuses(String text) {
        if (text.matches("[1-5]xx")) {
            int first = (text.charAt(0) - '0') * 100;
            return new StatusRange(first, first + 99);
        }
        return text.matches("[1-5]\\d\\d") ? new StatusRange(Integer.parseInt(text), Integer.parseInt(text)) : null;
    }
}
