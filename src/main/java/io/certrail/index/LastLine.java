package io.certrail.index;

import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailReader;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The line that was indexed last, by which a trail is told from another that took its name and its place: one made anew, or put
 * back from a copy and written on.
 */
final class LastLine {
    private LastLine() {}

    /** Its SHA-256, lower-case hexadecimal. */
    static String hash(byte[] line) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(line));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Whether the trail has another line where the index stands than the one that was indexed; false where the index knows
     * none, or retention deleted it.
     */
    static boolean isAnother(RecordIndex index, String origin, TrailFiles files, Path trail) throws IOException {
        long at = index.next(origin) - 1;
        Optional<String> known = index.last(origin);
        if (at < 0 || known.isEmpty()) {
            return false;
        }
        try (TrailReader reader = TrailReader.open(files, trail, at)) {
            return reader.next() && reader.sequence() == at && !known.get().equals(hash(reader.line()));
        }
    }
}
