package io.certrail.sink;

import io.certrail.tlog.Checkpoint;
import java.nio.charset.StandardCharsets;

/**
 * A checkpoint on its way.
 *
 * @param content what it says
 * @param note the signed note, whole
 */
record PublishedCheckpoint(Checkpoint content, String note) {
    static PublishedCheckpoint of(Checkpoint content, byte[] note) {
        return new PublishedCheckpoint(content, new String(note, StandardCharsets.UTF_8));
    }

    String origin() {
        return content.origin();
    }

    long size() {
        return content.size();
    }

    /** Base64. */
    String root() {
        return content.root().toString();
    }

    byte[] bytes() {
        return note.getBytes(StandardCharsets.UTF_8);
    }
}
