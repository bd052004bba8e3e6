package io.certrail.index;

import java.time.Instant;
import java.util.List;
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
