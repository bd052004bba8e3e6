package io.certrail.trail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A file that fits into memory. */
final class SmallFile {
    private SmallFile() {}

    /**
     * All bytes of a file; empty if there is none.
     *
     * @param max the most it may have, in bytes
     * @throws IOException if it cannot be read or is longer
     */
    static Optional<byte[]> read(TrailFiles files, Path file, int max) throws IOException {
        try (InputStream in = Channels.newInputStream(files.read(file, 0))) {
            byte[] bytes = in.readNBytes(max + 1);
            if (bytes.length > max) {
                throw new IOException(file + " has more than " + max + " bytes");
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
