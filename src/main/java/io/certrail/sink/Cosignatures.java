package io.certrail.sink;

import io.certrail.tlog.NoteSignature;
import io.certrail.tlog.Opened;
import io.certrail.tlog.SignedNote;
import io.certrail.tlog.VerifierKey;
import io.certrail.tlog.VerifierKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

/** Verifies what a witness signed, and keeps the last checkpoint with it: {@code witness/<key id>.note} of the trail. */
final class Cosignatures {
    private final VerifierKey key;
    private final Path folder;

    Cosignatures(VerifierKey key, Path folder) {
        this.key = key;
        this.folder = folder;
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
        String name = HexFormat.of().toHexDigits(key.id().id());
        Files.createDirectories(folder);
        Path fresh = folder.resolve(name + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(cosigned.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, folder.resolve(name + ".note"), StandardCopyOption.ATOMIC_MOVE);
    }
}
