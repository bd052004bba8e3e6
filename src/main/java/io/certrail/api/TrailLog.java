package io.certrail.api;

import io.certrail.tlog.Tile;
import io.certrail.trail.CheckpointHistory;
import io.certrail.trail.CheckpointStatus;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailOptions;
import io.certrail.trail.TrailTree;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log of the trail that this deployment writes. */
@Dependent
public class TrailLog implements LogSource {
    @Inject
    @Nullable
    Trail trail;

    @Inject
    @Nullable
    TrailOptions options;

    @Inject
    @Nullable
    EntrySource entries;

    /** For the container. */
    public TrailLog() {}

    @Override
    public long size() {
        return injected(trail).checkpoint().map(CheckpointStatus::size).orElse(0L);
    }

    @Override
    public Optional<byte[]> checkpoint() throws IOException {
        return CheckpointHistory.of(TrailFiles.onDisk(), folder()).newest();
    }

    @Override
    public Optional<byte[]> tile(Tile tile) throws IOException {
        return TrailTree.of(TrailFiles.onDisk(), folder()).find(tile);
    }

    @Override
    public EntrySource.Entries from(long sequence) throws IOException {
        return injected(entries).from(sequence);
    }

    private Path folder() {
        return injected(options).folder();
    }

    private static <T> T injected(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("nothing was injected");
        }
        return value;
    }
}
