package io.certrail.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.Cosignature;
import io.certrail.tlog.Flaw;
import io.certrail.tlog.KeyChain;
import io.certrail.tlog.Opened;
import io.certrail.tlog.VerifierKey;
import io.certrail.trail.CheckpointCounts;
import io.certrail.trail.CheckpointHistory;
import io.certrail.trail.NoteReader;
import io.certrail.trail.TrailFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * All checkpoints that there are, by size: the history, which is read as it is needed, the newest one, those from elsewhere,
 * and those that witnesses cosigned. What no key in force signed is a finding and is not given. For one thread.
 */
final class Checkpoints implements Closeable {
    private static final Comparator<Known> BY_SIZE = Comparator.comparingLong(Known::size);
    private static final Comparator<Known> IN_ORDER = BY_SIZE.thenComparing(Known::time);

    private final KeyChain keys;
    private final Findings findings;
    private final CheckpointHistory history;
    private final NoteReader notes;
    private final Witnesses witnesses;
    private final long start;
    private final @Nullable Known newest;
    private final Queue<Known> others = new PriorityQueue<>(IN_ORDER);
    private @Nullable Known ahead;
    private long lastSize;
    private long count;

    Checkpoints(TrailFiles files, Path folder, KeyChain keys, VerifyOptions options, long start, Findings findings)
            throws IOException {
        this.keys = keys;
        this.findings = findings;
        this.history = CheckpointHistory.of(files, folder);
        this.start = start;
        this.witnesses = new Witnesses(options.witnesses());
        for (VerifierKey each : options.witnesses()) { // before the newest one, of which a witness hears last
            cosigned(folder, each);
        }
        this.newest = openNewest();
        if (newest != null) {
            others.add(newest);
        }
        for (VerifyOptions.Outside each : options.outside()) {
            outside(each.note().getBytes(UTF_8), Place.file(each.name()), false);
        }
        witnesses.finish(findings);
        this.notes = history.notes();
    }

    /** One that cannot be read, such as a folder in its place, must not hide what else is found. */
    private @Nullable Known openNewest() {
        Place place = Place.file("checkpoint");
        try {
            byte[] note = history.newest().orElse(null);
            Known known = note == null ? null : open(note, place, false);
            if (known == null) {
                findings.add(FindingKind.CHECKPOINT_MISSING, place, note == null ? "no file" : "rejected");
            }
            return known;
        } catch (IOException e) {
            findings.add(FindingKind.CHECKPOINT_MISSING, place, "cannot be read: " + e.getMessage());
            return null;
        }
    }

    /** What a witness cosigned is as good as if it came from elsewhere: nobody but the witness can have made it. */
    private void cosigned(Path folder, VerifierKey witness) {
        Path file = CheckpointHistory.cosigned(folder, witness.id());
        Place place = Place.file(folder.relativize(file).toString());
        try {
            history.cosigned(witness.id()).ifPresent(note -> outside(note, place, true));
        } catch (IOException e) { // likewise
            findings.add(FindingKind.CHECKPOINT_REJECTED, place, "cannot be read: " + e.getMessage());
        }
    }

    private void outside(byte[] note, Place place, boolean mustBeCosigned) {
        Known known = open(note, place, true);
        if (known == null) {
            return;
        }
        if (witnesses.take(known.size(), note) instanceof Opened.Rejected<List<Cosignature>> rejected
                && (mustBeCosigned || rejected.flaw() != Flaw.NOT_SIGNED)) {
            findings.add(FindingKind.CHECKPOINT_REJECTED, place, rejected.flaw() + ": " + rejected.detail());
            return;
        }
        others.add(known);
    }

    /** Of each witness that is trusted the largest one that it cosigned. */
    List<Witnessed> witnessed() {
        return witnesses.largest();
    }

    /** The newest one of the trail's own; null: there is none to be trusted. */
    @Nullable
    Known newest() {
        return newest;
    }

    /** The one by which single hashes are proved: the newest, or else the largest that is known before the history is read. */
    @Nullable
    Known anchor() {
        return newest != null ? newest : others.stream().max(BY_SIZE).orElse(null);
    }

    long count() {
        return count;
    }

    /** The next one by size, left for {@link #next}; null: there are no more. */
    @Nullable
    Known peek() throws IOException {
        if (ahead == null) {
            ahead = readHistory();
        }
        return isOtherNext() ? others.peek() : ahead;
    }

    /** Of one size, what was sealed first goes first: the newest one may not have been the newest for long. */
    private boolean isOtherNext() {
        Known other = others.peek();
        if (ahead == null || other == null) {
            return ahead == null;
        }
        return other.size() < ahead.size() || (other.size() == ahead.size() && other.isSealedBefore(ahead));
    }

    /** Takes the one that {@link #peek} gave. */
    void next() {
        if (isOtherNext()) {
            others.poll();
        } else {
            ahead = null;
        }
    }

    private @Nullable Known readHistory() throws IOException {
        while (notes.next()) {
            Place place = new Place("checkpoints/" + notes.file().getFileName(), -1, notes.offset(), -1);
            byte[] note = notes.note();
            if (start > 0 && toldSize(note).orElse(start) < start) {
                continue;
            }
            Known known = open(note, place, false);
            if (known != null && known.size() >= lastSize) {
                lastSize = known.size();
                return known;
            } else if (known != null) {
                findings.add(FindingKind.HISTORY_DISORDERED, place, "size " + known.size() + " after " + lastSize);
            }
        }
        return null;
    }

    /** Whether a checkpoint of the history is younger than the newest one was when the reading began, and not younger than now. */
    boolean isSealedMeanwhile(Known known) throws IOException {
        if (newest == null || newest.size() >= known.size()) {
            return false;
        }
        byte[] note = history.newest().orElse(new byte[0]);
        long now = keys.open(note).accepted().map(Checkpoint::size).orElse(-1L);
        return known.size() <= now;
    }

    /** What follows the last whole note: a crash cut one short, or somebody did. */
    void finish() {
        if (notes.rest() > 0) {
            findings.add(
                    FindingKind.CHECKPOINT_REJECTED,
                    Place.file("checkpoints"),
                    notes.rest() + " bytes that are no whole note");
        }
    }

    private @Nullable Known open(byte[] note, Place place, boolean outside) {
        count++;
        Opened<Checkpoint> opened = keys.open(note);
        if (opened instanceof Opened.Rejected<Checkpoint> rejected) {
            findings.add(FindingKind.CHECKPOINT_REJECTED, place, rejected.flaw() + ": " + rejected.detail());
            return null;
        }
        Checkpoint checkpoint = opened.accepted().orElseThrow();
        return new Known(place, checkpoint, CheckpointCounts.of(checkpoint).orElse(null), outside);
    }

    /** The size that a note tells; whether anybody signed it is not looked at. Empty if it tells none. */
    static OptionalLong toldSize(byte[] note) {
        String[] lines = new String(note, UTF_8).split("\n", 3);
        return lines.length > 1 && lines[1].matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(lines[1]))
                : OptionalLong.empty();
    }

    /** The size of the last checkpoint of a history before a time, as it says itself; 0: there is none. */
    static long sizeAt(TrailFiles files, Path folder, KeyChain keys, Instant time) throws IOException {
        long size = 0;
        try (NoteReader notes = CheckpointHistory.of(files, folder).notes()) {
            while (notes.next()) {
                Checkpoint checkpoint = keys.open(notes.note()).accepted().orElse(null);
                if (checkpoint != null && isBy(checkpoint, time)) {
                    size = Math.max(size, checkpoint.size());
                }
            }
        }
        return size;
    }

    private static boolean isBy(Checkpoint checkpoint, Instant time) {
        return CheckpointCounts.of(checkpoint)
                .filter(counts -> !counts.time().isAfter(time))
                .isPresent();
    }

    @Override
    public void close() throws IOException {
        notes.close();
    }
}
