package io.certrail.trail;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Puts right what a crash left of a trail that no server is going to open soon: by opening it, as a server's start does, and
 * closing it again. What a start would not put right is refused, before anything is changed. Nothing that was lost is made
 * again; what is added are the records that every start and stop adds. For one thread.
 */
public final class TrailRepair {
    private final TrailFiles files;
    private final TrailLayout layout;
    private final CheckpointOptions options;
    private final Clock clock;

    private TrailRepair(TrailFiles files, TrailLayout layout, CheckpointOptions options, Clock clock) {
        this.files = files;
        this.layout = layout;
        this.options = options;
        this.clock = clock;
    }

    /**
     * Nothing is read yet.
     *
     * @param options where the key is that signs the trail's checkpoints
     */
    public static TrailRepair of(TrailFiles files, Path folder, CheckpointOptions options, Clock clock) {
        return new TrailRepair(files, new TrailLayout(folder), options, clock);
    }

    /**
     * What is to be put right. Changes nothing; keeps writers away meanwhile.
     *
     * @throws TrailLockedException if the trail is being written
     * @throws TrailDamagedException if there is damage that no crash leaves
     * @throws IOException if it cannot be read, or a start would refuse it; tells the operator what was found and what to do
     */
    public Repairs plan() throws IOException {
        TrailFiles dry = new DryFiles(files);
        Closeable lock = dry.lock(layout.lock());
        try (lock) {
            boolean hasTree = hasTree();
            new OlderSegments(dry, layout).check();
            Recovery.Found found = Recovery.of(dry, layout, clock, hasTree).run();
            long sealed = hasTree
                    ? SoundTree.check(dry, layout, options, found.forced()).sealed()
                    : found.next();
            return new Repairs(found.recovered(), found.forced(), found.next(), sealed);
        }
    }

    /** A trail from before checkpoints stays one: only its server knows where the key is to be. */
    private boolean hasTree() throws IOException {
        CheckpointStore store = new CheckpointStore(files, layout);
        boolean hasKey = TrailKeys.of(files, layout.folder()).first().isPresent();
        return hasKey || store.hasHistory() || store.newest() != null;
    }

    /**
     * Puts it right, unless there is nothing to do: then nothing is changed.
     *
     * @param chronicle words the records of this start and stop
     * @param bootId the id of this start, as those records bear it
     * @return what was put right
     * @throws IOException as {@link #plan()}, with nothing changed; the same if this process makes files of another user than the trail's;
     *     or if not all of it succeeded: to be tried again
     */
    public Repairs run(Chronicle chronicle, String bootId) throws IOException {
        Repairs repairs = plan();
        if (repairs.isNeeded()) {
            checkOwner();
            Checkpointing how = hasTree()
                    ? new Checkpointing(options, bootId, CheckpointListener.NONE, CheckpointMeter.NONE)
                    : null;
            Trail.open(trailOptions(), files, clock, chronicle, TrailMeter.NONE, how)
                    .close();
            expectDone();
        }
        return repairs;
    }

    /** A server whose user is another could not write on what this process makes. */
    private void checkOwner() throws IOException {
        List<SegmentName> segments = SegmentName.list(files, layout.entries());
        if (segments.isEmpty()) {
            return;
        }
        Path newest = segments.get(segments.size() - 1).file();
        String owner = files.owner(newest);
        String own = own();
        if (!owner.equals(own)) {
            throw new IOException("The trail's records, such as " + newest + ", are " + owner
                    + "'s, and what this process makes is " + own
                    + "'s: the server could not write on. Nothing was changed. Run it as the user that the server runs as,"
                    + " such as `sudo -u " + owner + "`.");
        }
    }

    /** Whose files this process makes in the trail's folder. */
    private String own() throws IOException {
        Path made = layout.folder().resolve("repair.new");
        files.delete(made); // left by a crash
        try {
            files.createPrivate(made).close();
            return files.owner(made);
        } finally {
            files.delete(made);
        }
    }

    /** The log stays as large as the server made it. */
    private TrailOptions trailOptions() throws IOException {
        return TrailOptions.of(layout.folder()).withLogOf(logBytes());
    }

    private long logBytes() throws IOException {
        Path log = LogFile.path(layout.folder());
        try {
            return files.list(Replacement.parent(log)).stream()
                    .filter(each -> each.file().getFileName().equals(log.getFileName()))
                    .mapToLong(TrailFiles.Listed::bytes)
                    .filter(bytes -> bytes >= TrailOptions.MIN_WAL_BYTES)
                    .findFirst()
                    .orElse(0);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private void expectDone() throws IOException {
        Repairs left = plan();
        if (left.isNeeded()) {
            throw new IOException(
                    "Not all could be put right: " + left.setAside().size() + " ends are torn, "
                            + left.replayed() + " records stand in the write-ahead log alone, " + left.unsealed()
                            + " are in no checkpoint. See the warnings before this for the cause, such as a full disk; nothing is"
                            + " lost by it: run it again.");
        }
    }
}
