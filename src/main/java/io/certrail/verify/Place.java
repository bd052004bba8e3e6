package io.certrail.verify;

import org.jspecify.annotations.Nullable;

/**
 * Where something was found.
 *
 * @param file in the trail's folder or, of another, as the reader named it; {@code null}: of the whole trail
 * @param line in the file, from 1; -1 where none
 * @param offset in the file, in bytes; -1 where none
 * @param sequence of a record; -1 where none
 */
public record Place(@Nullable String file, long line, long offset, long sequence) {
    /** The whole trail. */
    public static final Place TRAIL = new Place(null, -1, -1, -1);

    /** A file as a whole. */
    public static Place file(String file) {
        return new Place(file, -1, -1, -1);
    }
}
