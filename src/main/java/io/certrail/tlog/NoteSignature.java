package io.certrail.tlog;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A signature line of a note, not verified (C2SP signed-note).
 *
 * @param name the key's
 * @param base64 of four bytes of key id and the signature
 */
public record NoteSignature(String name, String base64) {
    private static final String DASH = "\u2014 ";
    private static final int MIN_LENGTH = Integer.BYTES + 1;

    public NoteSignature {
        boolean formed = StrictText.isKeyName(name)
                && StrictText.base64(base64)
                        .filter(bytes -> bytes.length >= MIN_LENGTH)
                        .isPresent();
        if (!formed) {
            throw new IllegalArgumentException("no signature line: name and Base64 of a key id and a signature");
        }
    }

    /** The signature of a line without its newline; empty if it is none. */
    static Optional<NoteSignature> parse(String line) {
        int space = line.indexOf(' ', DASH.length());
        if (!line.startsWith(DASH) || space < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new NoteSignature(line.substring(DASH.length(), space), line.substring(space + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What it says of its key. */
    public KeyId key() {
        return new KeyId(name, ByteBuffer.wrap(bytes()).getInt());
    }

    /** The signature itself, without the key id. */
    byte[] signature() {
        byte[] bytes = bytes();
        return Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
    }

    private byte[] bytes() {
        return StrictText.base64(base64).orElseThrow();
    }

    /** The line, without its newline. */
    @Override
    public String toString() {
        return DASH + name + " " + base64;
    }
}
