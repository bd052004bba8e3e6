package io.certrail.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.index.RecordFilter;
import io.certrail.index.RecordParser;
import io.certrail.trail.Durable;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailReader;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One reader of the live stream (server-sent events, WHATWG HTML section 9.2). It is a cursor in the trail, so that nothing is
 * kept for it; nothing is written that would block. One thread pumps; the container's threads only tell when there is room.
 */
final class LiveStream implements WriteListener {
    private static final Logger LOG = System.getLogger(LiveStream.class.getName());
    /** How long a reader may take nothing while there is something for it. */
    private static final long SLOW = Duration.ofSeconds(10).toNanos();
    /** How long it is then waited until the notice can be sent. */
    private static final long GONE = Duration.ofSeconds(30).toNanos();

    /** Shorter than servers wait on an idle connection, 5 s by server-config; over HTTP/2 Payara ends a stream so. */
    private static final long KEEP_ALIVE = Duration.ofSeconds(3).toNanos();
    /** So that one that catches up does not keep the others waiting. */
    private static final int MOST_AT_ONCE = 1000;

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final RecordFilter filter;
    private final TrailReader reader;
    private final RecordParser parser = new RecordParser();
    private volatile boolean writable;
    private volatile boolean failed;
    /** The first sequence that was not looked at. */
    private long cursor;

    private byte @Nullable [] pending;
    private long stuckSince;
    private long wroteAt = System.nanoTime();
    private boolean ended;

    /**
     * @param async of the request, without a time limit
     * @param folder of the trail
     * @param from the first sequence wanted
     */
    LiveStream(AsyncContext async, ServletOutputStream out, RecordFilter filter, Path folder, long from) {
        this.async = async;
        this.out = out;
        this.filter = filter;
        this.cursor = from;
        this.pending = where(from);
        this.reader = TrailReader.open(TrailFiles.onDisk(), folder, from);
    }

    @Override
    public void onWritePossible() {
        writable = true;
    }

    @Override
    public void onError(Throwable thrown) {
        failed = true;
    }

    /**
     * Writes what there is, as far as the reader takes it. By the one thread.
     *
     * @param durable how far the trail is on disk for good
     * @return whether it goes on
     */
    boolean pump(Durable durable, long now) {
        try {
            if (!failed && !ended) {
                write(durable, now);
            }
        } catch (Throwable e) { // errors, too, end this one and no other
            LOG.log(Level.DEBUG, "a live stream broke off", e);
            failed = true;
        }
        if (failed || ended) {
            finish();
        }
        return !failed && !ended;
    }

    private void write(Durable durable, long now) throws IOException {
        boolean slow = stuckSince != 0 && now - stuckSince > SLOW;
        if (slow && writable) {
            pending = event("dropped", "{\"reason\":\"slow\",\"next\":" + undelivered() + "}");
            ended = flush();
            return;
        }
        ended = stuckSince != 0 && now - stuckSince > GONE;
        boolean wrote = flush();
        for (int i = 0; wrote && i < MOST_AT_ONCE && look(durable); i++) {
            wrote = flush();
        }
        if (wrote && pending == null && now - wroteAt > KEEP_ALIVE) {
            pending = where(cursor);
            wrote = flush();
        }
        boolean stuck = pending != null;
        stuckSince = !stuck ? 0 : stuckSince == 0 ? now : stuckSince;
    }

    /** Where a reader that is cut off goes on, although nothing matched: it keeps an id that comes without data. */
    private static byte[] where(long cursor) {
        return (cursor == 0 ? ":\n\n" : "id: " + (cursor - 1) + "\n\n").getBytes(US_ASCII);
    }

    /** The record that is pending comes again. */
    private long undelivered() {
        return Math.max(0, cursor - 1);
    }

    /** Looks at the next record. */
    private boolean look(Durable durable) throws IOException {
        if (!reader.next(durable)) {
            return false;
        }
        cursor = reader.sequence() + 1;
        byte[] line = reader.line();
        try {
            if (filter.matches(parser.parse(reader.sequence(), 0, line))) {
                pending = record(reader.sequence(), line);
            }
        } catch (IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "not streamed", e); // the index's feed warns of it
        }
        return true;
    }

    private static byte[] record(long sequence, byte[] line) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(line.length + 64);
        event.writeBytes(("id: " + sequence + "\nevent: record\ndata: ").getBytes(US_ASCII));
        event.writeBytes(line);
        event.writeBytes("\n\n".getBytes(US_ASCII));
        return event.toByteArray();
    }

    private static byte[] event(String name, String data) {
        return ("event: " + name + "\ndata: " + data + "\n\n").getBytes(UTF_8);
    }

    /** Writes what is pending; false: there is no room for it yet, and the container will say when there is. */
    private boolean flush() throws IOException {
        byte[] bytes = pending;
        if (bytes == null) {
            return true;
        }
        if (!isReady()) {
            return false;
        }
        out.write(bytes);
        pending = null;
        wroteAt = System.nanoTime();
        if (isReady()) {
            out.flush();
        }
        return true;
    }

    /** The flag falls before the question: the container may answer it at once, by another thread. */
    private boolean isReady() {
        if (!writable) {
            return false;
        }
        writable = false;
        boolean ready = out.isReady();
        writable |= ready;
        return ready;
    }

    /** Says that the server stops, if there is room, and ends. */
    void stop() {
        try {
            if (!failed && !ended && pending == null) {
                pending = event("stopped", "{\"next\":" + cursor + "}");
                flush();
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a live stream broke off", e);
        }
        finish();
    }

    private void finish() {
        try (reader) {
            async.complete();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a live stream had ended already", e);
        }
    }
}
