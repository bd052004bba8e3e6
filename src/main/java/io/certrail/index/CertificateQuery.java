package io.certrail.index;

import io.certrail.index.RecordFilter.Field;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A search for certificates that were presented.
 *
 * @param origins of trails; empty: all
 * @param newSince first seen at or after
 * @param seenSince last seen at or after
 * @param expiresFrom {@code not_after} at or after
 * @param expiresBefore {@code not_after} before
 * @param rekeyed only those of subjects that have more than one
 * @param accepted whether the trust manager ever accepted it; {@code null}: no condition
 * @param limit most certificates of a page, 1 to {@value RecordQuery#MAX_LIMIT}
 * @param cursor of the page before
 */
public record CertificateQuery(
        CertificateCondition condition,
        List<String> origins,
        @Nullable Instant newSince,
        @Nullable Instant seenSince,
        @Nullable Instant expiresFrom,
        @Nullable Instant expiresBefore,
        boolean rekeyed,
        @Nullable Boolean accepted,
        Sort sort,
        boolean descending,
        int limit,
        @Nullable String cursor) {
    public CertificateQuery {
        origins = List.copyOf(origins);
        if (limit < 1 || limit > RecordQuery.MAX_LIMIT) {
            throw new IllegalArgumentException("limit: expected 1 to " + RecordQuery.MAX_LIMIT + ", not " + limit);
        }
    }

    /** By what certificates are ordered. */
    public enum Sort {
        LAST_SEEN,
        FIRST_SEEN,
        NOT_AFTER
    }

    /** Those of a trail that have a certificate's subject and issuer, that one among them; the latest first. */
    public static CertificateQuery sameName(String origin, PresentedCertificate certificate, Sort sort, int limit) {
        Map<Field, List<String>> name = Map.of(
                Field.SUBJECT, List.of(certificate.subject()),
                Field.ISSUER, List.of(certificate.issuer()));
        return new CertificateQuery(
                new CertificateCondition(name, null),
                List.of(origin),
                null,
                null,
                null,
                null,
                false,
                null,
                sort,
                true,
                limit,
                null);
    }

    /** Of this server's trail, those that expire within a time, the earliest first. */
    static CertificateQuery expiring(String origin, Instant from, Instant before, @Nullable String cursor) {
        return new CertificateQuery(
                CertificateCondition.NONE,
                List.of(origin),
                null,
                null,
                from,
                before,
                false,
                true,
                Sort.NOT_AFTER,
                false,
                RecordQuery.MAX_LIMIT,
                cursor);
    }
}
