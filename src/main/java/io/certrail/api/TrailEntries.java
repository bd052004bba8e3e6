package io.certrail.api;

import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailOptions;
import io.certrail.trail.TrailReader;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the trail that this deployment writes: what was on disk when it was asked. */
@Dependent
public class TrailEntries implements EntrySource {
    @Inject
    @Nullable
    Trail trail;

    @Inject
    @Nullable
    TrailOptions options;

    /** For the container. */
    public TrailEntries() {}

    @Override
    public Entries from(long sequence) throws IOException {
        if (trail == null || options == null) {
            throw new IllegalStateException("nothing was injected");
        }
        return new LinesUpTo(
                TrailReader.open(TrailFiles.onDisk(), options.folder(), sequence), trail.durable(), sequence);
    }
}
