package io.certrail.scan.log;

import java.time.Instant;

/**
 * A line of the log, as it stands there.
 *
 * @param source the file's name, or where else it was read
 * @param text without its line feed and a carriage return before that; what is no UTF-8 is replaced
 * @param seen when it was found, which is somewhat later than when it was written
 */
public record LogLine(String source, String text, Instant seen) {
    /** The text without the header that syslog or a journal put before it. */
    public String message() {
        return LineFormat.message(text);
    }
}
