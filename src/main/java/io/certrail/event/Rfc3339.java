package io.certrail.event;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as records state them: RFC 3339, UTC, microseconds. */
public final class Rfc3339 {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Rfc3339() {}

    public static String micros(Instant time) {
        return MICROS.format(time);
    }
}
