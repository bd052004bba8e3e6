package io.certrail.index;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how there is an index.
 *
 * @param folder of the embedded index; a relative one begins in the trail's folder
 * @param dataSource JNDI name of the PostgreSQL data source that is used instead, or {@code null}
 * @param expiringDays how many days before a certificate's end a notice goes on record, each from 1 to 3650; empty: never
 */
public record IndexOptions(boolean enabled, Path folder, @Nullable String dataSource, List<Integer> expiringDays) {
    /** How often the feed looks for news. */
    static final Duration POLL = Duration.ofMillis(200);
    /** The longest time that what was fed is not committed. */
    static final Duration COMMIT = Duration.ofSeconds(10);
    /** How long after a failure the start and the feed are tried again. */
    public static final Duration RETRY = Duration.ofSeconds(5);
    /** How often certificates are looked through for their end. */
    static final Duration EXPIRY = Duration.ofHours(1);

    public IndexOptions {
        expiringDays = expiringDays.stream().sorted().distinct().toList();
        if (expiringDays.stream().anyMatch(days -> days < 1 || days > 3650)) {
            throw new IllegalArgumentException("expiringDays: expected 1 to 3650, not " + expiringDays);
        }
    }
}
