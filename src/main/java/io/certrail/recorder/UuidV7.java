package io.certrail.recorder;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that sort by time: RFC 9562 section 5.7. Unique, not secret. */
final class UuidV7 {
    private UuidV7() {}

    static String next() {
        return of(System.currentTimeMillis());
    }

    static String of(long epochMillis) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (epochMillis << 16) | 0x7000L | random.nextInt(1 << 12);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
