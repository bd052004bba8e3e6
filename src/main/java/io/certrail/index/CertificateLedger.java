package io.certrail.index;

import io.certrail.index.CertificateQuery.Sort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps what is known of each certificate up to date with the records that are fed. Belongs to one thread. */
final class CertificateLedger {
    /** {@code event.name} of a notice that a certificate is about to expire. */
    static final String EXPIRING = "certificate.expiring";

    private static final int MAX_OTHERS = 16;
    private static final int MAX_KNOWN = 4096;

    private final RecordIndex index;
    private final String origin;
    /** Since the last {@link #take}. */
    private final Map<String, SeenCertificate> changed = new LinkedHashMap<>();
    /** As the index has them; those that were used last. */
    private final Map<String, SeenCertificate> known = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SeenCertificate> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    CertificateLedger(RecordIndex index, String origin) {
        this.index = index;
        this.origin = origin;
    }

    /** Takes a record into account, once: where an index forgot its records alone, they come again. */
    void add(IndexedRecord record) throws IOException {
        PresentedCertificate presented = record.certificate();
        if (presented != null) {
            SeenCertificate found = find(presented.sha256());
            if (found != null && found.lastSequence() >= record.sequence()) {
                return;
            }
            SeenCertificate seen = found == null ? first(presented, record) : found;
            changed.put(presented.sha256(), seen.and(presented, record));
        } else if (record.event().equals(EXPIRING)) {
            addNotice(record.details());
        }
    }

    private void addNotice(Map<String, String> details) throws IOException {
        String sha256 = details.getOrDefault("sha256", "");
        String days = details.getOrDefault("threshold_days", "");
        SeenCertificate found = find(sha256);
        if (found != null && days.matches("\\d{1,5}")) {
            changed.put(sha256, found.told(Integer.parseInt(days)));
        }
    }

    private SeenCertificate first(PresentedCertificate presented, IndexedRecord record) throws IOException {
        SeenCertificate seen = SeenCertificate.first(origin, presented, record);
        List<SeenCertificate> others = others(presented);
        for (SeenCertificate other : others) {
            changed.put(other.certificate().sha256(), other.oneOfSeveral());
        }
        return others.isEmpty() ? seen : seen.oneOfSeveral();
    }

    /** Those that have to be told that they are no longer the only one: if one is there, at most few are not yet. */
    private List<SeenCertificate> others(PresentedCertificate presented) throws IOException {
        if (presented.subject().isEmpty()) {
            return List.of();
        }
        List<SeenCertificate> others = new ArrayList<>();
        for (SeenCertificate pending : changed.values()) {
            if (isSame(pending.certificate(), presented)) {
                others.add(pending);
            }
        }
        CertificateQuery sameName = CertificateQuery.sameName(origin, presented, Sort.FIRST_SEEN, MAX_OTHERS);
        for (SeenCertificate stored : index.certificates(sameName).certificates()) {
            if (!changed.containsKey(stored.certificate().sha256())) {
                others.add(stored);
            }
        }
        return others;
    }

    private static boolean isSame(PresentedCertificate one, PresentedCertificate other) {
        return one.subject().equals(other.subject()) && one.issuer().equals(other.issuer());
    }

    private @Nullable SeenCertificate find(String sha256) throws IOException {
        SeenCertificate pending = changed.get(sha256);
        if (pending != null) {
            return pending;
        }
        SeenCertificate cached = known.get(sha256);
        return cached != null ? cached : index.certificate(origin, sha256).orElse(null);
    }

    /** What changed since the last time: to go into the index in one batch with the records. */
    List<SeenCertificate> take() {
        List<SeenCertificate> taken = List.copyOf(changed.values());
        known.putAll(changed);
        changed.clear();
        return taken;
    }

    /** After a batch that did not reach the index. */
    void forget() {
        changed.clear();
        known.clear();
    }
}
