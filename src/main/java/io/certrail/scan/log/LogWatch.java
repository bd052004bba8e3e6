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
    private final List<LogSource> sources;
    private final Clock clock;
    private final Duration interval;
    private final List<LogLine> lines = new ArrayList<>();
    private final Thread thread = new Thread(this::follow, "certrail-scan-log");
    private @Nullable IOException failure;
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
        for (LogSource source : sources) {
            source.mark();
        }
        var watch = new LogWatch(sources, clock);
        watch.thread.start();
        return watch;
    }

    private void follow() {
        try {
            while (!closed) {
                readOnce();
                Thread.sleep(interval.toMillis());
            }
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOnce() throws IOException {
        for (LogSource source : sources) {
            for (String text : source.poll()) {
                add(new LogLine(source.name(), text, clock.instant()));
            }
        }
    }

    private synchronized void add(LogLine line) {
        lines.add(line);
    }

    private synchronized void fail(IOException e) {
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
        IOException failed = failure;
        if (failed != null) {
            throw new IOException("the log cannot be read any more: " + failed.getMessage(), failed);
        }
        return List.copyOf(lines);
    }

    /** Ends the thread, then closes the sources. */
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (LogSource source : sources) {
            source.close();
        }
    }
}
