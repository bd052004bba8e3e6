package io.certrail.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a trail says from the moment on at which this was made. Reads on while it is being written; for one thread.
 */
final class Records {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 20;

    private final Path folder;
    private final List<Line> lines = new ArrayList<>();
    private long next;

    Records(Path folder) {
        this.folder = folder;
        read();
        lines.clear();
    }

    private Records(Path folder, long from) {
        this.folder = folder;
        this.next = from;
    }

    /** All that the trail ever said. */
    static Records all(Path folder) {
        var records = new Records(folder, 0);
        records.read();
        return records;
    }

    /** Those that are there by now. */
    List<Line> lines() {
        read();
        return List.copyOf(lines);
    }

    List<Line> lines(Predicate<Line> wanted) {
        return lines().stream().filter(wanted).toList();
    }

    private void read() {
        try (TrailReader reader = TrailReader.open(TrailFiles.onDisk(), folder, next)) {
            while (reader.next()) {
                lines.add(Line.of(reader.sequence(), reader.line()));
                next = reader.sequence() + 1;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until there are so many; more are a failure. */
    List<Line> await(int count, Predicate<Line> wanted) {
        return await(count, wanted, PATIENCE);
    }

    List<Line> await(int count, Predicate<Line> wanted, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        List<Line> found = lines(wanted);
        while (found.size() < count && System.nanoTime() < end) {
            pause();
            found = lines(wanted);
        }
        if (found.size() != count) {
            List<Line> all = lines();
            assertThat(all.subList(Math.max(0, all.size() - 20), all.size()))
                    .as("expected %s records but found %s; the last ones are", count, found.size())
                    .isEmpty();
        }
        assertThat(found).hasSize(count);
        return found;
    }

    Line awaitOne(Predicate<Line> wanted) {
        return await(1, wanted).get(0);
    }

    /** The one record of the handshake of the connection from that port of loopback. */
    Line handshake(int clientPort) {
        return awaitOne(line -> line.isHandshake() && line.number("client.port") == clientPort);
    }

    /** The one record of the request with that id. */
    Line request(String id) {
        return awaitOne(line -> line.isRequest() && line.requestId().equals(id));
    }

    /** The records of the requests of that connection. */
    List<Line> requests(int count, int clientPort) {
        return await(count, line -> line.isRequest() && line.number("client.port") == clientPort);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a record", e);
        }
    }
}
