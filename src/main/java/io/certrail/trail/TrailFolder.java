package io.certrail.trail;

import java.nio.file.Path;

/** Where a trail lies, for those who read it. */
public record TrailFolder(Path path) {
    /** Reads its lines in their order, from a sequence on, also while they are being written. */
    public TrailReader read(long from) {
        return TrailReader.open(TrailFiles.onDisk(), path, from);
    }
}
