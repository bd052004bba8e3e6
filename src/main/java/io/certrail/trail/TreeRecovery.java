package io.certrail.trail;

import io.certrail.tlog.Checkpoint;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a start does for the tree: brings it to where the last checkpoint was, and sees to it that lines, tiles and checkpoint fit
 * together. Hashes the lines of the segment that the checkpoint ends in, on top of the tiles before it; if that does not give
 * the checkpoint's root, all lines that there are. Only when it does, tiles that are missing or differ are written again.
 */
final class TreeRecovery {
    private final TrailFiles files;
    private final TrailLayout layout;
    /** How many lines there are in the segments. */
    private final long next;

    TreeRecovery(TrailFiles files, TrailLayout layout, long next) {
        this.files = files;
        this.layout = layout;
        this.next = next;
    }

    /**
     * Checks that a tree can be begun.
     *
     * @throws IOException if the first lines are gone: their hashes can never be had
     */
    void checkBegin() throws IOException {
        List<SegmentName> names = SegmentName.list(files, layout.entries());
        if (!names.isEmpty() && names.get(0).first() > 0) {
            throw refusal("has no checkpoint, and its lines before sequence "
                    + names.get(0).first() + " are gone, so that no tree can be made of it"
                    + " (an older version's retention may have deleted them)");
        }
    }

    /** The tree of a trail that has no checkpoint: it is new, or older than checkpoints. */
    IntegratedTree begin() throws IOException {
        return IntegratedTree.resume(0, tree(), new TileFolder(files, layout.folder()));
    }

    /**
     * The tree as it was at the last checkpoint.
     *
     * @throws IOException if the lines are not those that the checkpoint was made of, or cannot be read
     */
    IntegratedTree resume(Checkpoint last) throws IOException {
        if (next < last.size()) {
            throw refusal("holds " + next + " lines, but its checkpoint was made of " + last.size()
                    + ": lines were cut off, or an older copy of the folder was put in its place");
        }
        List<SegmentName> names = SegmentName.list(files, layout.entries());
        IntegratedTree tree = from(begin(names, last.size()), last);
        if (tree == null) {
            GuardedLog.log(
                    Level.WARNING,
                    "CTR0311 The tiles of {0} do not fit its checkpoint; made again of its lines",
                    layout.folder());
            tree = from(begin(names, 0), last);
        }
        if (tree == null) {
            throw refusal("does not hash to the root of its checkpoint of size " + last.size()
                    + ": lines or tiles were changed, or are not of the same trail as the checkpoint");
        }
        tree.countFrom(CheckpointCounts.of(last).map(CheckpointCounts::records).orElseGet(TreeMap::new));
        return tree;
    }

    /** The first sequence of the segment that holds the line before a size; of the first segment if that is gone. */
    private static long begin(List<SegmentName> names, long size) {
        long begin = names.isEmpty() ? 0 : names.get(0).first();
        for (SegmentName name : names) {
            if (name.first() <= size) {
                begin = name.first();
            }
        }
        return Math.min(begin, size);
    }

    /** The tree made of the tiles up to a size and of the lines from there; null if it is not the checkpoint's. */
    private @Nullable IntegratedTree from(long size, Checkpoint last) throws IOException {
        IntegratedTree tree;
        try {
            tree = IntegratedTree.resume(size, tree(), new TileFolder(files, layout.folder()));
        } catch (IOException e) {
            GuardedLog.log(Level.WARNING, "CTR0312 A tile could not be read: {0}", FailureLog.cause(e));
            return null;
        }
        boolean same = read(tree, last.size(), false);
        if (!tree.root().equals(last.root())) {
            return null;
        }
        return same ? tree : written(size, last.size());
    }

    /** The same once more, and its tiles are written: what was read a moment ago fits the checkpoint. */
    private IntegratedTree written(long size, long end) throws IOException {
        GuardedLog.log(
                Level.WARNING, "CTR0313 Tiles of {0} were missing or differed, and are written again", layout.folder());
        IntegratedTree tree = IntegratedTree.resume(size, tree(), new TileFolder(files, layout.folder()));
        read(tree, end, true);
        return tree;
    }

    private boolean read(IntegratedTree tree, long end, boolean write) throws IOException {
        boolean same = true;
        try (TrailReader reader = TrailReader.open(files, layout.folder(), tree.size())) {
            while (tree.size() < end && reader.next(end)) {
                reader.show(tree);
                if (write) {
                    tree.flush();
                } else {
                    same &= tree.tilesAreThere();
                }
            }
        }
        return same;
    }

    private TrailTree tree() {
        return TrailTree.of(files, layout.folder());
    }

    private IOException refusal(String found) {
        return new IOException("The trail in " + layout.folder() + " " + found
                + ". It was not opened and nothing was changed. Keep a copy of the folder as evidence; see what is"
                + " wrong with `certrail verify " + layout.folder()
                + "`; then restore it from a backup, or move it away to begin a new trail.");
    }
}
