package io.certrail.trail;

import io.certrail.tlog.Checkpoint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a start finds of a trail's evidence, all of which fits together: key, newest checkpoint, tiles and lines.
 *
 * @param store goes on after the newest checkpoint
 * @param last the newest checkpoint; null: there is none yet
 * @param tree at the size of that checkpoint
 */
record SoundTree(CheckpointStore store, LogKey.Loaded key, @Nullable Checkpoint last, IntegratedTree tree) {
    /**
     * Checks that a trail can be gone on with. Makes a key if there is none yet and tiles that are
     * missing, and keeps the newest checkpoint if an earlier life had no time to.
     *
     * @param next the number after the last line in the segments
     * @throws IOException if it may not be gone on with; tells the operator why
     */
    static SoundTree check(TrailFiles files, TrailLayout layout, CheckpointOptions options, long next)
            throws IOException {
        CheckpointStore store = new CheckpointStore(files, layout);
        byte[] newest = store.newest();
        if (newest == null && store.hasHistory()) {
            throw new IOException(
                    layout.checkpoint() + " is missing, but the trail has a history of checkpoints. Put it back from"
                            + " a backup; or, if you know why it is gone, put the last note of " + layout.checkpoints()
                            + " in its place.");
        }
        TreeRecovery recovery = new TreeRecovery(files, layout, next);
        if (newest == null) {
            recovery.checkBegin(); // before a key is made in vain
        }
        LogKey.Loaded key = new LogKey(files, layout, options).load(newest == null);
        Checkpoint last = newest == null ? null : key.open(newest, layout);
        IntegratedTree tree = last == null ? recovery.begin() : recovery.resume(last);
        SoundTree sound = new SoundTree(store, key, last, tree);
        store.resume(sound.sealed(), newest);
        return sound;
    }

    /** Size of the newest checkpoint; 0: there is none yet. */
    long sealed() {
        return last == null ? 0 : last.size();
    }
}
