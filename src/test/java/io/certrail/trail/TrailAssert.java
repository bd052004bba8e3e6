package io.certrail.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Says what is to hold of a trail's folder. */
public final class TrailAssert extends AbstractAssert<TrailAssert, Path> {
    private TrailAssert(Path folder) {
        super(folder, TrailAssert.class);
    }

    public static TrailAssert assertThatTrail(Path folder) {
        return new TrailAssert(folder);
    }

    /** Whole lines, numbers without holes over all segments, names that tell the first number. */
    public TrailAssert verifies() {
        lines(actual);
        return this;
    }

    /** That {@link #verifies()}, and how many lines there are. */
    public TrailAssert hasLines(long count) {
        List<String> lines = lines(actual);
        if (lines.size() != count) {
            failWithMessage("expected %s lines but there are %s", count, lines.size());
        }
        return this;
    }

    /** The lines that are durable: those in segments, and those that follow them in the log alone. Also while a writer lives. */
    public static List<String> durableLines(Path folder) {
        List<String> lines = lines(folder);
        try {
            LoggedLines logged = LoggedLines.read(TrailFiles.onDisk(), folder);
            for (byte[] line = logged.line(lines.size()); line != null; line = logged.line(lines.size())) {
                lines.add(new String(line, UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    /** Waits until the segments of an open trail have so many lines. */
    public static void awaitLines(Path folder, int count) {
        EvidenceFixture.await(() -> lines(folder).size() >= count);
    }

    /** Waits until all that an open trail took so far is in a checkpoint. */
    public static void awaitSealed(Trail trail) {
        EvidenceFixture.await(() ->
                trail.counts().queued() == 0 && trail.checkpoint().orElseThrow().behind() == 0);
    }

    /** The lines of a trail, which must be without damage. */
    public static List<String> lines(Path folder) {
        List<String> lines = new ArrayList<>();
        try (TrailReader reader = TrailReader.open(TrailFiles.onDisk(), folder, 0)) {
            long expected = -1;
            while (reader.next()) {
                String line = new String(reader.line(), UTF_8);
                if (expected >= 0 && reader.sequence() != expected) {
                    throw new AssertionError("sequence " + reader.sequence() + " after " + (expected - 1));
                }
                if (!line.startsWith("{") || !line.endsWith(",\"sequence\":" + reader.sequence() + "}}")) {
                    throw new AssertionError("not a whole line: " + line);
                }
                expected = reader.sequence() + 1;
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
