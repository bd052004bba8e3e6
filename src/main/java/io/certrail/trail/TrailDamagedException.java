package io.certrail.trail;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The lines on disk are not what was written. Nothing is repaired: the operator keeps a copy of the folder as evidence
 * and restores it or starts another.
 */
public final class TrailDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    TrailDamagedException(Path file, long offset, String found) {
        super(found + " in " + file + " at byte " + offset
                + ". The trail was changed by somebody else or by a failing disk; nothing was repaired. Keep a copy of"
                + " the folder as evidence, then restore it from a backup, or move it away to begin a new trail.");
        this.file = file.toString();
        this.offset = offset;
    }

    /** The file that is damaged. */
    public String file() {
        return file;
    }

    /** Where the damage begins, in bytes. */
    public long offset() {
        return offset;
    }
}
