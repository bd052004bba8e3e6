package io.certrail.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The version of a trail's layout, as its file {@code format} tells. A trail without one is older than checkpoints. */
final class FormatFile {
    private static final String CURRENT = "certrail-trail/1\n";
    private static final int MAX_BYTES = 256;

    private final TrailFiles files;
    private final Path file;

    FormatFile(TrailFiles files, TrailLayout layout) {
        this.files = files;
        this.file = layout.format();
    }

    /** @throws IOException if the layout is one that this version does not know */
    void check() throws IOException {
        Optional<byte[]> found = SmallFile.read(files, file, MAX_BYTES);
        if (found.isPresent() && !new String(found.get(), UTF_8).equals(CURRENT)) {
            throw new IOException(
                    file + " does not say " + CURRENT.strip() + ": the trail was made by a newer version of Certrail,"
                            + " or the file was changed. Run that version, or begin"
                            + " a trail in a new folder.");
        }
    }

    /** Says which layout this is, unless that is said already. */
    void write() throws IOException {
        if (SmallFile.read(files, file, MAX_BYTES).isEmpty()) {
            new Replacement(files).durable(file, CURRENT.getBytes(UTF_8));
        }
    }
}
