package io.certrail.trail;

import io.certrail.trail.Chronicle.Recovered;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a start does: finds the last number, and sets aside what is no record at the end of the last segment, or at the
 * end of the one before it if a force failed there. Reads the log, the last segment, and of the one before it only the
 * end.
 *
 * <p>Lines from the first one on that was not forced in a segment, as the log tells, may be gone or torn after a loss of
 * power, and not only the last ones, for a file system writes in any order: up to where the log ends, its lines count.
 * Those before that one must be there.
 */
final class Recovery {
    private final TrailFiles files;
    private final Path folder;
    private final Path entries;
    private final Clock clock;
    private final LoggedLines logged;
    private final long checkpointed;
    /** All lines before this number must be there. */
    private final long sealed;
    /** Whether those from there on may be missing. */
    private final boolean knowsSealed;

    private final List<Recovered> recovered = new ArrayList<>();

    /** @param checkpointed size of the newest checkpoint: all lines before it were forced in segments. 0: there is none */
    Recovery(TrailFiles files, Path folder, Clock clock, LoggedLines logged, long checkpointed) {
        this.files = files;
        this.folder = folder;
        this.entries = folder.resolve("entries");
        this.clock = clock;
        this.logged = logged;
        this.checkpointed = checkpointed;
        this.sealed = Math.max(logged.forced(), checkpointed);
        this.knowsSealed = logged.epoch() > 0 || checkpointed > 0;
    }

    /**
     * Reads what there is to know of a trail before its segments are read.
     *
     * @param hasTree whether a checkpoint, if there is one, counts
     * @throws IOException if its layout is one that this version does not know, or it cannot be read
     */
    static Recovery of(TrailFiles files, TrailLayout layout, Clock clock, boolean hasTree) throws IOException {
        new FormatFile(files, layout).check();
        LoggedLines logged = LoggedLines.read(files, layout.folder());
        long checkpointed = hasTree ? CheckpointedSize.read(files, layout.folder()) : 0;
        return new Recovery(files, layout.folder(), clock, logged, checkpointed);
    }

    /** The last epoch of the log; 0: there is none. */
    long epoch() {
        return logged.epoch();
    }

    /**
     * Where the trail goes on.
     *
     * @param next the first number to give
     * @param forced the first number that is not on disk in a segment; those from here on are in the log
     * @param last the segment to go on with; null: there is none, or lines are to be taken from the log first
     * @param bytes its size, all on disk
     * @param recovered what was set aside
     */
    record Found(long next, long forced, @Nullable SegmentName last, long bytes, List<Recovered> recovered) {}

    /** @throws TrailDamagedException if what is there is not what a trail leaves behind */
    Found run() throws IOException {
        List<SegmentName> names = SegmentName.list(files, entries);
        if (names.isEmpty()) {
            if (checkpointed == 0) {
                expectForced(SegmentName.of(entries, 0), new Scanned(0, 0, 0));
            }
            return new Found(logged.end(0), 0, null, 0, List.of());
        }
        SegmentName last = names.get(names.size() - 1);
        if (names.size() > 1) {
            closeUp(names.get(names.size() - 2), last.first());
        }
        Scanned scanned = scan(last, Long.MAX_VALUE);
        if (scanned.next() < checkpointed) { // evidence: opening the tree refuses it
            return new Found(scanned.next(), scanned.next(), last, scanned.end(), List.of());
        }
        expectForced(last, scanned);
        cut(last, scanned);
        return found(last, scanned);
    }

    private void expectForced(SegmentName last, Scanned scanned) throws TrailDamagedException {
        if (scanned.next() < logged.forced()) {
            throw missing(last, scanned, logged.forced());
        }
    }

    private static TrailDamagedException missing(SegmentName name, Scanned scanned, long until) {
        return new TrailDamagedException(
                name.file(), scanned.end(), "The lines " + scanned.next() + " to " + (until - 1) + " missing");
    }

    private Found found(SegmentName last, Scanned scanned) throws IOException {
        long forced = scanned.next();
        long next = logged.end(forced);
        if (next == forced) {
            return new Found(next, forced, last, scanned.end(), List.copyOf(recovered));
        }
        if (forced == last.first()) { // the segment that gets the lines from the log has its name
            files.delete(last.file());
        }
        return new Found(next, forced, null, 0, List.copyOf(recovered));
    }

    /** Sees to it that a segment ends where its successor begins. */
    private void closeUp(SegmentName name, long successor) throws IOException {
        if (lastSequence(name) == successor - 1) {
            return;
        }
        Scanned scanned = scan(name, successor);
        if (scanned.next() != successor) {
            throw missing(name, scanned, successor);
        }
        cut(name, scanned);
    }

    private long lastSequence(SegmentName name) throws IOException {
        return SegmentEnd.sequence(files, name.file(), size(name));
    }

    private long size(SegmentName name) throws IOException {
        for (TrailFiles.Listed listed : files.list(entries)) {
            if (listed.file().equals(name.file())) {
                return listed.bytes();
            }
        }
        throw new TrailDamagedException(name.file(), 0, "A segment that vanished");
    }

    /**
     * What a segment holds.
     *
     * @param end where its records end, in bytes
     * @param rest how many bytes follow that are no records
     * @param next the number after its last
     */
    private record Scanned(long end, long rest, long next) {}

    /** @param bound lines from this number on are void */
    private Scanned scan(SegmentName name, long bound) throws IOException {
        try (LineScanner lines = new LineScanner(files.read(name.file(), 0), 0)) {
            long expected = name.first();
            while (lines.next()) {
                if (lines.sequence() != expected || expected >= bound || differs(expected, lines)) {
                    return stop(name, lines, expected, bound);
                }
                expected++;
            }
            return new Scanned(lines.offset(), lines.rest(), expected);
        }
    }

    /** Whether a line that was not forced is not the one in the log, or has a block in it that never got to disk. */
    private boolean differs(long sequence, LineScanner lines) throws IOException {
        if (sequence < sealed || !knowsSealed) {
            return false;
        }
        byte[] line = logged.line(sequence);
        return line == null ? lines.hasControl() : !Arrays.equals(line, lines.line());
    }

    /** Void lines may follow, or a rest that is no line; but no records after something that is none, if it was forced. */
    private Scanned stop(SegmentName name, LineScanner lines, long expected, long bound) throws IOException {
        long end = lines.offset();
        boolean unforced = knowsSealed && expected >= sealed;
        do {
            long sequence = lines.sequence();
            if (expected < bound && sequence >= 0 && !unforced) {
                throw new TrailDamagedException(
                        name.file(), end, "Sequence " + sequence + " where " + expected + " should stand");
            }
        } while (lines.next());
        return new Scanned(end, lines.offset() + lines.rest() - end, expected);
    }

    /** Sets aside what is no record; what stays is on disk afterwards, for the last life may not have forced it. */
    private void cut(SegmentName name, Scanned scanned) throws IOException {
        try (TrailFiles.OpenFile file = files.open(name.file())) { // first: one that must not be written is refused
            if (scanned.rest() > 0) {
                String target = setAside(name, scanned.end());
                recovered.add(new Recovered(clock.instant(), name.name(), scanned.end(), scanned.rest(), target));
            }
            file.truncate(scanned.end());
            file.force();
        }
    }

    private String setAside(SegmentName name, long offset) throws IOException {
        Path torn = folder.resolve("torn");
        files.createFolder(torn);
        Path target = free(torn, name.name() + "-" + offset);
        try (ReadableByteChannel from = files.read(name.file(), offset);
                TrailFiles.OpenFile to = files.create(target)) {
            copy(from, to);
            to.force();
        }
        files.forceFolder(torn);
        files.forceFolder(folder);
        return String.valueOf(target.getFileName());
    }

    /** A name that is free: an earlier start may have been cut short at the same place. */
    private Path free(Path torn, String name) throws IOException {
        Set<Path> taken = files.list(torn).stream().map(TrailFiles.Listed::file).collect(Collectors.toSet());
        Path target = torn.resolve(name + ".part");
        for (int i = 2; taken.contains(target); i++) {
            target = torn.resolve(name + "-" + i + ".part");
        }
        return target;
    }

    private static void copy(ReadableByteChannel from, TrailFiles.OpenFile to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long written = 0;
        while (from.read(buffer.clear()) >= 0) {
            buffer.flip();
            int count = buffer.remaining();
            to.write(buffer, written);
            written += count;
        }
    }
}
