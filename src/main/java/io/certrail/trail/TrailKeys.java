package io.certrail.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.tlog.KeyChain;
import io.certrail.tlog.Opened;
import io.certrail.tlog.SignedNote;
import io.certrail.tlog.VerifierKey;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The public keys that lie with a trail: {@code key.pub}, the key that it began with, and in {@code keys/} a note for each time
 * that a key handed over to the next. Whoever verifies takes the first key from elsewhere, and these notes from here. Immutable,
 * for any thread.
 */
public final class TrailKeys {
    private static final int MAX_KEY_BYTES = 8192;
    private static final Pattern ROTATION = Pattern.compile("[0-9]{6}\\.note");

    private final TrailFiles files;
    private final TrailLayout layout;

    private TrailKeys(TrailFiles files, TrailLayout layout) {
        this.files = files;
        this.layout = layout;
    }

    /** The keys of the trail in a folder; nothing is read yet. */
    public static TrailKeys of(TrailFiles files, Path folder) {
        return new TrailKeys(files, new TrailLayout(folder));
    }

    /** A note of a key rotation, where it lies; not read, not verified. */
    public static final class RotationNote {
        private final TrailFiles files;
        private final Path file;

        private RotationNote(TrailFiles files, Path file) {
            this.files = files;
            this.file = file;
        }

        /** Where it lies. */
        public Path file() {
            return file;
        }

        /**
         * Reads the note.
         *
         * @throws IOException if it cannot be read, or is longer than a note may be
         */
        public byte[] bytes() throws IOException {
            return SmallFile.read(files, file, SignedNote.MAX_LENGTH)
                    .orElseThrow(() -> new NoSuchFileException(file.toString()));
        }
    }

    /**
     * The key that the trail began with, as its folder says; empty if there is none.
     *
     * @throws IOException if what is there cannot be read or is no verifier key; says what was expected
     */
    public Optional<VerifierKey> first() throws IOException {
        Optional<byte[]> bytes = SmallFile.read(files, layout.publicKey(), MAX_KEY_BYTES);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(parse(new String(bytes.get(), UTF_8)));
    }

    private VerifierKey parse(String text) throws IOException {
        try {
            return VerifierKey.parse(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            throw new IOException(layout.publicKey() + ": " + e.getMessage(), e);
        }
    }

    /** The notes of all rotations, oldest first; to be read one by one: there may be any number, by anybody. */
    public List<RotationNote> rotations() throws IOException {
        return NamedFiles.list(files, layout.rotations(), ROTATION).stream()
                .map(file -> new RotationNote(files, file))
                .toList();
    }

    /**
     * The keys one after the other, from the one that the reader trusts.
     *
     * @return rejected at the first rotation that does not hold
     */
    public Opened<KeyChain> chain(VerifierKey trusted) throws IOException {
        Opened<KeyChain> chain = new Opened.Accepted<>(KeyChain.of(trusted), List.of());
        for (RotationNote note : rotations()) {
            byte[] bytes = note.bytes();
            chain = chain.then(accepted -> accepted.content().with(bytes));
            if (chain instanceof Opened.Rejected<KeyChain>) {
                return chain;
            }
        }
        return chain;
    }
}
