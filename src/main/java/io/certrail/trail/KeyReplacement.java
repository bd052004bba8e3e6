package io.certrail.trail;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.VerifierKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Replaces the key that signs a trail's checkpoints, while nobody writes the trail. The old key signs a note that the new one
 * follows, which stays with the trail, and is deleted. Cut short at any point, the trail goes on with one of the two keys: with
 * the new one as soon as the note is there.
 */
public final class KeyReplacement {
    private final TrailFiles files;
    private final TrailLayout layout;
    private final CheckpointOptions options;

    private KeyReplacement(TrailFiles files, TrailLayout layout, CheckpointOptions options) {
        this.files = files;
        this.layout = layout;
        this.options = options;
    }

    /**
     * Replaces the key.
     *
     * @param options where the key is
     * @return the new public key, which is to be told to those who verify, though the chain of notes leads them to it
     * @throws TrailLockedException if the trail is being written: stop the server first
     * @throws IOException if the trail has no checkpoint yet, key and checkpoint do not fit, or the key is another user's than what this
     *     process makes; tells the operator what to do
     */
    public static VerifierKey replace(TrailFiles files, Path folder, CheckpointOptions options) throws IOException {
        return new KeyReplacement(files, new TrailLayout(folder), options).replace();
    }

    private VerifierKey replace() throws IOException {
        Closeable lock = files.lock(layout.lock());
        try (lock) {
            new FormatFile(files, layout).check();
            byte[] newest = new CheckpointStore(files, layout).newest();
            if (newest == null) {
                throw new IOException(
                        "The trail in " + layout.folder() + " has no checkpoint: there is no key to replace."
                                + " Give the folder of a trail that was written before.");
            }
            LogKey key = new LogKey(files, layout, options);
            LogKey.Loaded old = key.load(false);
            Checkpoint last = old.open(newest, layout);
            return key.rotate(old, last).key().verifierKey();
        }
    }
}
