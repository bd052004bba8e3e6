package io.certrail.trail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Writes files that are there as a whole or not at all: under another name first, renamed when they are complete. */
final class Replacement {
    /** What the other name ends with. */
    static final String FRESH = ".new";

    private final TrailFiles files;

    Replacement(TrailFiles files) {
        this.files = files;
    }

    /** Writes a file in place of the one that has its name; on disk, name and all, when this returns. */
    void durable(Path file, byte[] bytes) throws IOException {
        Path fresh = write(file, bytes, true);
        files.replace(fresh, file);
        files.forceFolder(parent(file));
    }

    /** The same, of which only its owner may read. */
    void secret(Path file, byte[] bytes) throws IOException {
        Path fresh = fresh(file);
        files.delete(fresh);
        fill(files.createPrivate(fresh), bytes, true);
        files.replace(fresh, file);
        files.forceFolder(parent(file));
    }

    /** Writes a file in place of the one that has its name; it may be gone or empty after a crash of the machine. */
    void fleeting(Path file, byte[] bytes) throws IOException {
        files.replace(write(file, bytes, false), file);
    }

    private Path write(Path file, byte[] bytes, boolean force) throws IOException {
        Path fresh = fresh(file);
        files.delete(fresh); // left by a crash
        fill(files.create(fresh), bytes, force);
        return fresh;
    }

    private static void fill(TrailFiles.OpenFile open, byte[] bytes, boolean force) throws IOException {
        try (open) {
            open.write(ByteBuffer.wrap(bytes), 0);
            if (force) {
                open.force();
            }
        }
    }

    private static Path fresh(Path file) {
        return file.resolveSibling(file.getFileName() + FRESH);
    }

    static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }
}
