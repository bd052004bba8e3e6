package io.certrail.trail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What an {@link EvenClock} believes, kept in a trail's file {@code clock}: a restart ends no doubt, and a clock that is wrong
 * when the server starts is doubted, too. One line, of the time, of how long the clock has run evenly in doubt, and of what it
 * showed then: {@code 2026-11-25T16:00:00Z PT0S 2026-11-25T16:00:00Z}. Older ones have the time alone to go by. Where there is
 * none, the time of the newest segment stands in for it.
 */
final class KeptTime {
    private static final int MAX_BYTES = 256;

    /** Beyond four digits of a year somebody made it up, and it can be too large to be reckoned with. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final TrailFiles files;
    private final TrailLayout layout;

    KeptTime(TrailFiles files, TrailLayout layout) {
        this.files = files;
        this.layout = layout;
    }

    /**
     * A time that was believed.
     *
     * @param doubted how long the clock had run evenly since it was doubted; zero: it is not
     * @param shown what the clock showed when that was so
     */
    record Belief(Instant time, Duration doubted, Instant shown) {
        /** A time that the clock shows, and nobody doubts. */
        static Belief undoubted(Instant time) {
            return new Belief(time, Duration.ZERO, time);
        }
    }

    /**
     * What was kept last; empty if there is nothing to go by.
     *
     * @throws IOException if the segments can not be listed
     */
    Optional<Belief> last() throws IOException {
        Optional<Belief> kept = read();
        return kept.isPresent() ? kept : newestSegment();
    }

    private Optional<Belief> read() {
        try {
            return SmallFile.read(files, layout.clock(), MAX_BYTES).map(KeptTime::parse);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            GuardedLog.logThrown(Level.DEBUG, "a file of no use: " + layout.clock(), e);
            return Optional.empty();
        }
    }

    private static Belief parse(byte[] line) {
        String[] words = new String(line, US_ASCII).strip().split(" ", -1);
        if (words.length != 2 && words.length != 3) {
            throw new IllegalArgumentException("expected a time, a duration and a time");
        }
        Instant time = time(words[0]);
        if (words.length == 2) { // an older one: doubt says nothing without what the clock showed
            return Belief.undoubted(time);
        }
        return new Belief(time, doubted(words[1]), time(words[2]));
    }

    private static Instant time(String word) {
        Instant time = Instant.parse(word);
        if (!isSound(time)) {
            throw new IllegalArgumentException("expected a time from 1970 to 9999");
        }
        return time;
    }

    private static boolean isSound(Instant time) {
        return !time.isBefore(Instant.EPOCH) && !time.isAfter(LATEST);
    }

    private static Duration doubted(String word) {
        Duration doubted = Duration.parse(word);
        if (doubted.isNegative() || doubted.compareTo(EvenClock.DOUBT) > 0) {
            throw new IllegalArgumentException("expected a duration from zero to " + EvenClock.DOUBT);
        }
        return doubted;
    }

    private Optional<Belief> newestSegment() throws IOException {
        return files.list(layout.entries()).stream()
                .filter(file -> SegmentName.isSegment(file.file()))
                .map(TrailFiles.Listed::modified)
                .filter(KeptTime::isSound)
                .max(Comparator.naturalOrder())
                .map(Belief::undoubted);
    }

    /** Keeps it. What can not be written costs no more than a day in which nothing is deleted for its age. */
    void keep(Belief belief) {
        byte[] line = (belief.time() + " " + belief.doubted() + " " + belief.shown() + "\n").getBytes(US_ASCII);
        try {
            new Replacement(files).durable(layout.clock(), line);
        } catch (IOException e) {
            GuardedLog.logThrown(Level.DEBUG, "could not be written: " + layout.clock(), e);
        }
    }
}
