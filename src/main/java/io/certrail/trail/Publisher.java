package io.certrail.trail;

import io.certrail.tlog.Checkpoint;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signs checkpoints and brings them to disk and to those who listen. Belongs to the integrator's thread, but for what it tells. */
final class Publisher {
    private final LogKey.Loaded key;
    private final CheckpointStore store;
    private final BootCounts counts;
    private final Clock clock;
    private final CheckpointListener listener;
    private volatile @Nullable Checkpoint last;
    private volatile Instant lastTime;

    Publisher(
            LogKey.Loaded key,
            CheckpointStore store,
            BootCounts counts,
            Clock clock,
            CheckpointListener listener,
            @Nullable Checkpoint last) {
        this.key = key;
        this.store = store;
        this.counts = counts;
        this.clock = clock;
        this.listener = listener;
        this.last = last;
        this.lastTime = clock.instant();
    }

    /** Publishes a checkpoint of the tree as it is, whose tiles are written. */
    void publish(IntegratedTree tree, CheckpointCause cause) throws IOException {
        Instant time = clock.instant();
        CheckpointCounts counted = counts.counts(time, cause, tree.counts());
        String origin = key.key().verifierKey().name();
        Checkpoint checkpoint = new Checkpoint(origin, tree.size(), tree.root(), counted.lines());
        byte[] note = checkpoint.sign(key.key()).bytes();
        store.publish(note, checkpoint.size(), cause, time);
        last = checkpoint;
        lastTime = time;
        tell(checkpoint, note);
    }

    /** Forgets checkpoints that tell only of lines which retention has deleted. */
    void retire(long first) throws IOException {
        store.retire(first);
    }

    private void tell(Checkpoint checkpoint, byte[] note) {
        try {
            listener.published(checkpoint, note);
        } catch (RuntimeException | Error e) {
            GuardedLog.logThrown(
                    Level.WARNING, "CTR0315 A listener of checkpoints failed; the checkpoint is on disk", e);
        }
    }

    /** The newest checkpoint that is on disk. Any thread. */
    Optional<Checkpoint> last() {
        return Optional.ofNullable(last);
    }

    /** When that was made; by a former life: when this one began. Any thread. */
    Instant lastTime() {
        return lastTime;
    }
}
