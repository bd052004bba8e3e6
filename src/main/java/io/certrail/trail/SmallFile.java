package io.certrail.trail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A file that fits into memory. */
final class SmallFile {
    /** Length of most, in bytes: of a tile. */
    private static final int USUAL = 8192;

    private SmallFile() {}

    /**
     * All bytes of a file; empty if there is none.
     *
     * @param max the most it may have, in bytes
     * @throws IOException if it cannot be read or is longer
     */
    static Optional<byte[]> read(TrailFiles files, Path file, int max) throws IOException {
        try (ReadableByteChannel channel = files.read(file, 0)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.min(USUAL, max) + 1);
            while (channel.read(bytes) >= 0) {
                if (bytes.position() > max) {
                    throw new IOException(file + " has more than " + max + " bytes");
                }
                if (!bytes.hasRemaining()) {
                    bytes = ByteBuffer.allocate((int) Math.min(2L * bytes.capacity(), max + 1L))
                            .put(bytes.flip());
                }
            }
            return Optional.of(Arrays.copyOf(bytes.array(), bytes.position()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
