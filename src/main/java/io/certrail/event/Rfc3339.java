package io.certrail.event;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as records state them: RFC 3339, UTC, microseconds; of the years 0000 to 9999, for others it has no words. */
public final class Rfc3339 {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final long YEAR_0 = -62_167_219_200L;
    private static final long YEAR_10000 = 253_402_300_800L;

    private Rfc3339() {}

    /** Whether it can be stated: that it is of a year of four digits, in UTC. */
    public static boolean has(Instant time) {
        return time.getEpochSecond() >= YEAR_0 && time.getEpochSecond() < YEAR_10000;
    }

    /** A time that {@link #has} takes. */
    public static String micros(Instant time) {
        return MICROS.format(time);
    }
}
