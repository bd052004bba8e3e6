package io.certrail.verify;

import io.certrail.tlog.Hash;
import io.certrail.tlog.KeyChain;
import io.certrail.trail.CheckpointCounts;
import io.certrail.trail.FormatFile;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailTree;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Verifies trails, also while they are being written. Reads only. Immutable, for any thread. */
public final class Verifier {
    /** How often it begins anew because retention has deleted what it was about to read. */
    private static final int RETIRED_TRIES = 10;
    /** Segments, and the files of the history. */
    private static final Pattern NUMBERED = Pattern.compile("[0-9]{20}\\.(jsonl|notes)");

    private final TrailFiles files;
    private final VerifyOptions options;

    public Verifier(TrailFiles files, VerifyOptions options) {
        this.files = files;
        this.options = options;
    }

    /**
     * Verifies the trail in a folder. Takes as much memory for a long trail as for a short one.
     *
     * @throws IOException if it cannot be read, or has a layout that this version does not know: nothing can be said
     */
    public Report verify(Path folder, Progress progress) throws IOException {
        FormatFile.check(files, folder);
        for (int tries = RETIRED_TRIES; ; tries--) {
            try {
                return verifyOnce(folder, progress);
            } catch (NoSuchFileException e) {
                if (tries == 0 || !isRetired(Path.of(e.getFile()), folder)) {
                    throw e;
                }
            }
        }
    }

    /** Whether a file that is gone came before the first of its kind that is there: retention went on. */
    private boolean isRetired(Path gone, Path folder) throws IOException {
        Path parent = gone.getParent();
        if (parent == null
                || !List.of(folder.resolve("entries"), folder.resolve("checkpoints"))
                        .contains(parent)) {
            return false;
        }
        return files.list(parent).stream()
                .map(TrailFiles.Listed::file)
                .filter(file ->
                        NUMBERED.matcher(String.valueOf(file.getFileName())).matches())
                .findFirst()
                .filter(first -> gone.compareTo(first) < 0)
                .isPresent();
    }

    private Report verifyOnce(Path folder, Progress progress) throws IOException {
        Findings findings = new Findings();
        KeyChain keys = Keys.chain(files, folder, options.key(), findings);
        long since = options.sinceTime() == null
                ? options.sinceSize()
                : Checkpoints.sizeAt(files, folder, keys, options.sinceTime());
        try (Checkpoints checkpoints = new Checkpoints(files, folder, keys, options, since, findings)) {
            Known newest = checkpoints.newest();
            if (newest != null && since > newest.size()) {
                throw new IOException(
                        "From record " + since + " on there is nothing to verify yet: the newest checkpoint is of "
                                + newest.size() + " records");
            }
            List<Segment> segments = Segment.list(files, folder);
            Run run = new Run(folder, keys, checkpoints, segments, since, findings);
            run.read(progress);
            return run.report();
        }
    }

    /** One verification. */
    private final class Run {
        private final KeyChain keys;
        private final Checkpoints checkpoints;
        private final List<Segment> segments;
        private final Findings findings;
        private final long first;
        private final TreeCheck tree;
        private final Completeness completeness;
        private final boolean since;
        private Segment segment = new Segment(Path.of(""), "", 0, 0, 0);
        private long line;
        private long records;
        private long bytes;
        private long voidLines;
        private long torn;

        Run(Path folder, KeyChain keys, Checkpoints checkpoints, List<Segment> all, long since, Findings findings) {
            this.keys = keys;
            this.checkpoints = checkpoints;
            this.findings = findings;
            this.since = since > 0;
            long begin = all.isEmpty() ? 0 : all.get(0).first();
            this.first = Math.max(since, begin);
            this.segments = all.stream().filter(each -> each.bound() > first).toList();
            this.tree = new TreeCheck(TrailTree.of(files, folder), checkpoints.anchor(), findings);
            this.completeness = new Completeness(first == 0, options.idle(), findings);
        }

        void read(Progress progress) throws IOException {
            tree.begin(first);
            reach();
            long all = segments.stream().mapToLong(Segment::bytes).sum();
            long done = 0;
            try (ChunkPipeline pipeline = new ChunkPipeline(new ChunkReader(files, segments), options.threads())) {
                for (ScannedChunk chunk = pipeline.next(); chunk != null; chunk = pipeline.next()) {
                    take(chunk);
                    done += chunk.chunk.length() + chunk.chunk.torn();
                    pipeline.giveBack(chunk);
                    progress.at(done, Math.max(done, all));
                }
            }
            finish();
        }

        private void take(ScannedChunk chunk) throws IOException {
            enter(chunk.chunk.segment());
            for (int i = 0; i < chunk.count; i++) {
                entry(chunk, i);
                line += chunk.lines[i];
            }
            torn = chunk.chunk.torn();
            if (torn > 0 && segment.bound() != Long.MAX_VALUE) {
                findings.add(FindingKind.NOT_A_RECORD, Place.file(segment.name()), "its last " + torn + " bytes");
            }
        }

        private void enter(Segment next) {
            if (!next.equals(segment)) {
                segment = next;
                line = 1;
            }
        }

        private void entry(ScannedChunk chunk, int i) throws IOException {
            long sequence = chunk.sequences[i];
            if (sequence < 0) {
                findings.add(FindingKind.NOT_A_RECORD, place(chunk, i), chunk.lines[i] + " lines");
            } else if (sequence >= segment.bound()) {
                voidLines++;
            } else if (sequence >= first) {
                record(chunk, i, sequence);
            }
        }

        private void record(ScannedChunk chunk, int i, long sequence) throws IOException {
            Place place = place(chunk, i);
            if (sequence < tree.size()) {
                findings.add(FindingKind.RECORD_MISPLACED, place, "record " + sequence + " after " + (tree.size() - 1));
                return;
            }
            if (sequence > tree.size()) {
                missing(sequence, place);
            }
            tree.record(chunk.hashes, i * Hash.LENGTH, place);
            completeness.record(chunk, i, place);
            records++;
            bytes += chunk.ends[i] - chunk.begins[i] + 1;
            reach();
        }

        private Place place(ScannedChunk chunk, int i) {
            long at = chunk.chunk.offset() + chunk.begins[i];
            return new Place(segment.name(), line, at, chunk.sequences[i]);
        }

        /** Records are missing up to a sequence; checkpoints of sizes among them are compared on the way. */
        private void missing(long sequence, Place place) throws IOException {
            Known next = checkpoints.peek();
            while (next != null && next.size() < sequence && next.size() > tree.size()) {
                tree.missing(tree.size(), next.size(), place);
                reach();
                next = checkpoints.peek();
            }
            if (tree.size() < sequence) {
                tree.missing(tree.size(), sequence, place);
            }
        }

        /** Compares with all checkpoints of the size reached. */
        private void reach() throws IOException {
            for (Known next = checkpoints.peek();
                    next != null && next.size() <= tree.size();
                    next = checkpoints.peek()) {
                checkpoints.next();
                if (next.size() < tree.size()) {
                    tree.before(next);
                } else {
                    tree.checkpoint(next);
                    if (tree.size() > first || first == 0) {
                        completeness.checkpoint(next);
                    }
                }
            }
        }

        private void finish() throws IOException {
            for (Known next = checkpoints.peek(); next != null; next = checkpoints.peek()) {
                checkpoints.next();
                if (!next.outside() && checkpoints.isSealedMeanwhile(next)) {
                    continue; // the trail is being written
                }
                findings.add(
                        FindingKind.CHECKPOINT_AHEAD,
                        next.place(),
                        "it is of " + next.size() + " records, there are " + tree.size());
            }
            checkpoints.finish();
            completeness.finish();
            rest();
            retired();
        }

        private void rest() {
            Known newest = checkpoints.newest();
            long sealed = newest == null ? 0 : newest.size();
            if (newest != null && tree.size() > sealed) {
                findings.add(FindingKind.NOT_SEALED, Place.TRAIL, (tree.size() - sealed) + " records from " + sealed);
            }
            if (voidLines > 0) {
                findings.add(FindingKind.VOID_LINES, Place.TRAIL, voidLines + " lines");
            }
            if (torn > 0) {
                findings.add(FindingKind.TORN_END, Place.file(segment.name()), torn + " bytes");
            }
        }

        private void retired() {
            if (first == 0 || since) {
                return;
            }
            if (completeness.retiredTo() >= first) {
                findings.add(FindingKind.RETIRED, Place.TRAIL, "records 0 to " + (first - 1));
            } else {
                findings.add(
                        FindingKind.RECORD_MISSING,
                        Place.TRAIL,
                        "records 0 to " + (first - 1) + ", and no audit.retired says that retention deleted them");
            }
        }

        Report report() {
            Known newest = checkpoints.newest();
            CheckpointCounts counts = newest == null ? null : newest.counts();
            return new Report(
                    keys.current().name(),
                    first,
                    records,
                    bytes,
                    newest == null ? -1 : newest.size(),
                    counts == null ? null : counts.time(),
                    checkpoints.witnessed(),
                    checkpoints.count(),
                    keys.current().id().toString(),
                    findings.kept(),
                    findings.counts());
        }
    }
}
