package io.certrail.trail;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When checkpoints are made, and who signs them.
 *
 * @param interval between checkpoints while there is news
 * @param idle after which the last checkpoint is said again, at the later time, though there was no news
 * @param key file of the private key; null: {@code key} in the trail's folder. Made if there is none and the trail is new
 * @param origin name of the log, which checkpoints and keys bear; null: that of the key, and for a new key one that is made
 */
public record CheckpointOptions(Duration interval, Duration idle, @Nullable Path key, @Nullable String origin) {
    /** The longest {@code idle} that there may be. */
    public static final Duration LONGEST_IDLE = Duration.ofDays(7);

    private static final int MAX_ORIGIN = 255;

    public CheckpointOptions {
        check(interval, Duration.ofMillis(1), Duration.ofHours(1), "checkpoint interval: expected 1 ms to one hour");
        check(idle, Duration.ofSeconds(1), LONGEST_IDLE, "idle interval: expected one second to 7 days");
        if (origin != null && !isOrigin(origin)) {
            throw new IllegalArgumentException(
                    "origin: expected 1 to 255 visible characters of ASCII without a plus, not " + origin);
        }
    }

    /** The defaults: each second, each hour, key and origin made with the trail. */
    public static CheckpointOptions defaults() {
        return new CheckpointOptions(Duration.ofSeconds(1), Duration.ofHours(1), null, null);
    }

    /** Whether a text can be the name of a log. */
    public static boolean isOrigin(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_ORIGIN
                && text.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '+');
    }

    private static void check(Duration value, Duration least, Duration most, String expected) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(expected + ", not " + value);
        }
    }
}
