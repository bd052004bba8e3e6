package io.certrail.scan.log;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows logs, in a thread of its own, and notes when each line came. */
public final class LogWatch implements AutoCloseable {
    /** Most characters of lines that are kept. */
    static final long MOST = 1L << 26;

    /** Longest wait for a look that is under way. */
    private static final Duration LAST_LOOK = Duration.ofSeconds(5);

    private final List<LogSource> sources;
    private final Clock clock;
    private final Duration interval;
    private final List<LogLine> lines = new ArrayList<>();
    private final Thread thread = new Thread(this::follow, "certrail-scan-log");
    private @Nullable Throwable failure;
    private long kept;
    private volatile boolean closed;

    private LogWatch(List<LogSource> sources, Clock clock) {
        this.sources = List.copyOf(sources);
        this.clock = clock;
        this.interval = sources.stream()
                .map(LogSource::interval)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        thread.setDaemon(true);
    }

    /**
     * Stands at the logs' ends and follows from there.
     *
     * @throws IOException if one cannot be read
     */
    public static LogWatch start(List<LogSource> sources, Clock clock) throws IOException {
        var watch = new LogWatch(sources, clock);
        try {
            for (LogSource source : sources) {
                source.mark();
            }
        } catch (IOException e) {
            watch.closeSources();
            throw e;
        }
        watch.thread.start();
        return watch;
    }

    private void follow() {
        try {
            while (!closed) {
                readOnce();
                Thread.sleep(interval.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // whatever it is, there is nobody else whom to tell
            fail(e);
        }
    }

    private void readOnce() throws IOException {
        for (LogSource source : sources) {
            for (String text : source.poll()) {
                add(new LogLine(source.name(), text, clock.instant()));
            }
        }
    }

    private synchronized void add(LogLine line) throws IOException {
        kept += line.text().length();
        if (kept > MOST) {
            throw new IOException("more than " + (MOST >> 20) + " MiB of lines came meanwhile: choose a quieter time");
        }
        lines.add(line);
    }

    private synchronized void fail(Throwable e) {
        failure = e;
    }

    /** How long a line may have been there unseen. */
    public Duration interval() {
        return interval;
    }

    /**
     * What came so far.
     *
     * @throws IOException if a log could not be read any more
     */
    public synchronized List<LogLine> lines() throws IOException {
        Throwable failed = failure;
        if (failed != null) {
            throw new IOException("the log cannot be read any more: " + words(failed), failed);
        }
        return List.copyOf(lines);
    }

    private static String words(Throwable failed) {
        return failed instanceof IOException && failed.getMessage() != null ? failed.getMessage() : failed.toString();
    }

    /** Ends the thread, or leaves it if it hangs in a look, then closes the sources. */
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join(LAST_LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeSources();
    }

    private void closeSources() throws IOException {
        for (LogSource source : sources) {
            source.close();
        }
    }
}
