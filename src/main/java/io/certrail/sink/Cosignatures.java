package io.certrail.sink;

import io.certrail.tlog.NoteSignature;
import io.certrail.tlog.Opened;
import io.certrail.tlog.SignedNote;
import io.certrail.tlog.VerifierKey;
import io.certrail.tlog.VerifierKeys;
import io.certrail.trail.CheckpointHistory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Verifies what a witness signed, and keeps the last checkpoint with it: {@code witness/<key id>.note} of the trail. */
final class Cosignatures {
    private final VerifierKey key;
    private final Path file;

    Cosignatures(VerifierKey key, Path trail) {
        this.key = key;
        this.file = CheckpointHistory.cosigned(trail, key.id());
    }

    /**
     * The note with the witness' signature.
     *
     * @param lines as the witness gave them; those of other keys are left out
     * @throws IOException if none is this witness' over this checkpoint
     */
    String add(PublishedCheckpoint checkpoint, String lines) throws IOException {
        byte[] together = (checkpoint.note() + lines).getBytes(StandardCharsets.UTF_8);
        Opened<String> opened = SignedNote.open(together, VerifierKeys.of(key));
        if (opened instanceof Opened.Accepted<String> accepted
                && checkpoint.note().startsWith(accepted.content())) {
            NoteSignature signature = accepted.signatures().get(0);
            return checkpoint.note() + signature + "\n";
        }
        String why = opened instanceof Opened.Rejected<String> rejected ? rejected.detail() : "of another text";
        throw new IOException("200 without its cosignature of this checkpoint: " + why);
    }

    /** Replaces what was kept before, in one step. */
    void keep(String cosigned) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling(Objects.toString(file.getFileName()).replace(".note", ".new"));
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(cosigned.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
