package io.certrail.index;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells of accepted certificates that are about to expire: once for each of the thresholds that a certificate comes under, over all restarts, for what was told
 * stands on record and comes back with the feed. Belongs to the feed's thread.
 */
public final class ExpiryWatch {
    private final List<Integer> days;
    private final BiConsumer<SeenCertificate, Integer> notice;
    private final Clock clock;
    private @Nullable Instant looked;

    /**
     * @param days the thresholds, ascending; empty: nothing is ever told
     * @param notice records that a certificate has come under a threshold, in days
     */
    public ExpiryWatch(List<Integer> days, BiConsumer<SeenCertificate, Integer> notice, Clock clock) {
        this.days = List.copyOf(days);
        this.notice = notice;
        this.clock = clock;
    }

    /** Looks, if it is an hour since the last time. To be called when the index has all that is on disk. */
    void lookThrough(RecordIndex index, String origin) throws IOException {
        Instant now = clock.instant();
        if (days.isEmpty()
                || (looked != null && looked.plus(IndexOptions.EXPIRY).isAfter(now))) {
            return;
        }
        looked = now;
        Instant last = now.plus(Duration.ofDays(days.get(days.size() - 1)));
        String cursor = null;
        do {
            CertificatePage page = index.certificates(CertificateQuery.expiring(origin, now, last, cursor));
            page.certificates().forEach(seen -> tell(seen, now));
            cursor = page.next();
        } while (cursor != null);
    }

    private void tell(SeenCertificate seen, Instant now) {
        Duration left =
                Duration.between(now, Objects.requireNonNull(seen.certificate().notAfter()));
        OptionalInt under = days.stream()
                .mapToInt(Integer::intValue)
                .filter(threshold -> left.compareTo(Duration.ofDays(threshold)) <= 0)
                .findFirst();
        under.ifPresent(threshold -> {
            if (seen.told().stream().noneMatch(told -> told <= threshold)) {
                notice.accept(seen, threshold);
            }
        });
    }
}
