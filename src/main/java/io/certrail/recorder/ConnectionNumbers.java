package io.certrail.recorder;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the connections of one start: {@code mtls.connection.id} is the boot id, a dash, and 1, 2, 3 …. Safe for use by any
 * thread.
 */
final class ConnectionNumbers {
    private final String prefix;
    private final AtomicLong last = new AtomicLong();

    ConnectionNumbers(String bootId) {
        prefix = bootId + "-";
    }

    /** A new id. */
    String next() {
        return prefix + last.incrementAndGet();
    }

    /** The number given last; 0 if none was. */
    long last() {
        return last.get();
    }

    /** The number in an id; -1 if it is none of this start's. */
    long of(@Nullable String id) {
        if (id == null || !id.startsWith(prefix)) {
            return -1;
        }
        try {
            return Long.parseLong(id, prefix.length(), id.length(), 10);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
