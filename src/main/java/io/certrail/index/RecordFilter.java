package io.certrail.index;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on records, all of which must hold; one with several values holds if any of them does. All values were checked by who made it.
 *
 * @param from the earliest time, included
 * @param to the latest time, excluded
 * @param equal fields that must have one of these values, whole; none of the lists is empty
 * @param subjectPart of the subject, in lower case
 * @param addresses blocks in one of which the client must be; empty: no condition
 * @param statuses ranges in one of which the status must be; empty: no condition
 */
public record RecordFilter(
        @Nullable Instant from,
        @Nullable Instant to,
        Map<Field, List<String>> equal,
        @Nullable String subjectPart,
        List<AddressPrefix> addresses,
        List<StatusRange> statuses) {
    /** No condition. */
    public static final RecordFilter ALL = new RecordFilter(null, null, Map.of(), null, List.of(), List.of());

    public RecordFilter {
        equal = Map.copyOf(equal);
        addresses = List.copyOf(addresses);
        statuses = List.copyOf(statuses);
    }

    /** Fields that are compared as a whole. Those of the certificate presented say so. */
    public enum Field {
        EVENT(false),
        OUTCOME(false),
        REASON(false),
        SUBJECT(true),
        ISSUER(true),
        SERIAL(true),
        SHA256(true),
        SAN(true),
        REQUEST_ID(false),
        TRACE_ID(false),
        CONNECTION_ID(false),
        ROUTE(false),
        USER(false),
        ORIGIN(false);

        private final boolean ofCertificate;

        Field(boolean ofCertificate) {
            this.ofCertificate = ofCertificate;
        }

        /** Whether the certificate decides. */
        public boolean isOfCertificate() {
            return ofCertificate;
        }
    }

    /**
     * Statuses of answers, both ends included.
     *
     * @param least such as 403, or 400 for all of the class 4xx
     */
    public record StatusRange(int least, int most) {}

    /** A filter with one condition. */
    public static RecordFilter of(Field field, String... values) {
        return new RecordFilter(null, null, Map.of(field, List.of(values)), null, List.of(), List.of());
    }

    /** The same conditions, within other times. */
    public RecordFilter within(@Nullable Instant start, @Nullable Instant end) {
        return new RecordFilter(start, end, equal, subjectPart, addresses, statuses);
    }

    /** Whether a condition looks at the certificate presented. */
    public boolean asksForCertificate() {
        return subjectPart != null || equal.keySet().stream().anyMatch(Field::isOfCertificate);
    }

    /** The conditions that look at the certificate alone. */
    public CertificateCondition certificateCondition() {
        Map<Field, List<String>> ofCertificate = new EnumMap<>(Field.class);
        equal.forEach((field, values) -> {
            if (field.isOfCertificate()) {
                ofCertificate.put(field, values);
            }
        });
        return new CertificateCondition(ofCertificate, subjectPart);
    }

    /** Whether a record of this server meets all conditions. The origin is not looked at: it is not the record's. */
    public boolean matches(IndexedRecord record) {
        return (from == null || !record.time().isBefore(from))
                && (to == null || record.time().isBefore(to))
                && equal.entrySet().stream()
                        .allMatch(condition -> holds(condition.getKey(), condition.getValue(), record))
                && (subjectPart == null || certificateCondition().holdsPart(record.certificate()))
                && (addresses.isEmpty() || isWithin(record.address()))
                && (statuses.isEmpty()
                        || statuses.stream()
                                .anyMatch(
                                        range -> record.status() >= range.least() && record.status() <= range.most()));
    }

    private boolean isWithin(@Nullable String address) {
        return address != null && addresses.stream().anyMatch(block -> block.contains(address));
    }

    private static boolean holds(Field field, List<String> values, IndexedRecord record) {
        return field == Field.ORIGIN || values(field, record).stream().anyMatch(values::contains);
    }

    private static List<String> values(Field field, IndexedRecord record) {
        return switch (field) {
            case EVENT -> List.of(record.event());
            case OUTCOME -> List.of(record.outcome());
            case REASON -> some(record.reason());
            case REQUEST_ID -> some(record.request());
            case TRACE_ID -> some(record.trace());
            case CONNECTION_ID -> some(record.connection());
            case ROUTE -> some(record.route());
            case USER -> some(record.user());
            case ORIGIN -> List.of();
            default -> CertificateCondition.values(field, record.certificate());
        };
    }

    private static List<String> some(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }
}
