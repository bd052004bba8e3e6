package io.certrail.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A client certificate and what became of it in one trail.
 *
 * @param origin of the trail
 * @param firstSequence of the first record that tells of it
 * @param accepted whether the trust manager accepted it at least once
 * @param successes handshakes
 * @param failures handshakes, by reason
 * @param requests that ended, with this certificate
 * @param addresses from where, the latest first
 * @param moreAddresses whether there were more than are kept
 * @param rekeyed whether the trail tells of another certificate with the same subject and issuer
 * @param told for which thresholds, in days before its end, {@code certificate.expiring} stands on record
 */
public record SeenCertificate(
        String origin,
        PresentedCertificate certificate,
        Instant firstSeen,
        Instant lastSeen,
        long firstSequence,
        long lastSequence,
        boolean accepted,
        long successes,
        Map<String, Long> failures,
        long requests,
        long requestsFailed,
        List<String> addresses,
        boolean moreAddresses,
        boolean rekeyed,
        Set<Integer> told) {
    /** Most addresses kept. */
    public static final int MAX_ADDRESSES = 16;

    private static final int MAX_REASONS = 64;

    public SeenCertificate {
        failures = Map.copyOf(failures);
        addresses = List.copyOf(addresses);
        told = Set.copyOf(told);
    }

    static SeenCertificate first(String origin, PresentedCertificate certificate, IndexedRecord record) {
        return new SeenCertificate(
                origin,
                certificate,
                record.time(),
                record.time(),
                record.sequence(),
                record.sequence(),
                false,
                0,
                Map.of(),
                0,
                0,
                List.of(),
                false,
                false,
                Set.of());
    }

    /** After one more record that tells of it. */
    SeenCertificate and(PresentedCertificate presented, IndexedRecord record) {
        boolean handshake = record.event().equals(IndexedRecord.HANDSHAKE);
        boolean request = record.event().equals(IndexedRecord.REQUEST);
        List<String> from = record.address() == null ? addresses : latest(record.address());
        return new SeenCertificate(
                origin,
                certificate,
                firstSeen.isBefore(record.time()) ? firstSeen : record.time(),
                lastSeen.isAfter(record.time()) ? lastSeen : record.time(),
                firstSequence,
                record.sequence(),
                accepted || presented.verified(),
                successes + (handshake && record.outcome().equals("success") ? 1 : 0),
                handshake && record.failed() ? oneMore(record.reason()) : failures,
                requests + (request ? 1 : 0),
                requestsFailed + (request && record.failed() ? 1 : 0),
                from.size() > MAX_ADDRESSES ? from.subList(0, MAX_ADDRESSES) : from,
                moreAddresses || from.size() > MAX_ADDRESSES,
                rekeyed,
                told);
    }

    private List<String> latest(String address) {
        if (!addresses.isEmpty() && addresses.get(0).equals(address)) {
            return addresses;
        }
        List<String> all = new ArrayList<>(MAX_ADDRESSES + 1);
        all.add(address);
        addresses.stream().filter(other -> !other.equals(address)).forEach(all::add);
        return all;
    }

    private Map<String, Long> oneMore(@Nullable String reason) {
        Map<String, Long> counts = new TreeMap<>(failures);
        String word = reason == null ? "unknown" : reason;
        counts.merge(counts.size() < MAX_REASONS || counts.containsKey(word) ? word : "other", 1L, Long::sum);
        return counts;
    }

    /** After a record that tells of its end. */
    SeenCertificate told(int days) {
        Set<Integer> all = new TreeSet<>(told);
        all.add(days);
        return with(rekeyed, all);
    }

    /** After another of the same subject and issuer was seen. */
    SeenCertificate oneOfSeveral() {
        return with(true, told);
    }

    private SeenCertificate with(boolean several, Set<Integer> days) {
        return new SeenCertificate(
                origin,
                certificate,
                firstSeen,
                lastSeen,
                firstSequence,
                lastSequence,
                accepted,
                successes,
                failures,
                requests,
                requestsFailed,
                addresses,
                moreAddresses,
                several,
                days);
    }

    /** Handshakes that failed, whatever the reason. */
    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }
}
