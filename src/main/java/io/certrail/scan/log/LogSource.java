package io.certrail.scan.log;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Something that a log is read from. For one thread. */
public interface LogSource extends AutoCloseable {
    /** In words, for reports. */
    String name();

    /** How long to wait between two looks: also how long a line may have been there unseen. */
    default Duration interval() {
        return Duration.ofMillis(50);
    }

    /**
     * Stands where the log ends now: what was before is none of the scan's.
     *
     * @throws IOException if it cannot be read, with what to do
     */
    void mark() throws IOException;

    /** The whole lines that came since the last call. */
    List<String> poll() throws IOException;

    @Override
    void close() throws IOException;
}
