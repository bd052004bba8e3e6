package io.certrail.tlog;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** A SHA-256 hash of the tree: of a leaf, of a node or of a root. Immutable. */
public final class Hash {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    /** The root of the tree without leaves: SHA-256 of nothing (RFC 9162 section 2.1.1). */
    public static final Hash EMPTY_ROOT =
            of(HexFormat.of().parseHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A hash from its bytes, which are copied.
     *
     * @throws IllegalArgumentException if there are not 32: for bytes from elsewhere use {@link #read}
     */
    public static Hash of(byte[] bytes) {
        return read(bytes).orElseThrow(() -> new IllegalArgumentException(bytes.length + " bytes are no SHA-256 hash"));
    }

    /** A hash from 32 of an array's bytes, which are copied. */
    public static Hash of(byte[] array, int offset) {
        return new Hash(Arrays.copyOfRange(array, offset, offset + LENGTH));
    }

    /** A hash from bytes that may be of any length; empty if they are not 32. */
    public static Optional<Hash> read(byte[] bytes) {
        return bytes.length == LENGTH ? Optional.of(new Hash(bytes.clone())) : Optional.empty();
    }

    /** A hash from its standard Base64 (RFC 4648 section 4, padded); empty if it is not that of 32 bytes. */
    public static Optional<Hash> parse(String base64) {
        return StrictText.base64(base64).flatMap(Hash::read);
    }

    /** Writes the 32 bytes into an array. */
    public void copyTo(byte[] array, int offset) {
        System.arraycopy(bytes, 0, array, offset, LENGTH);
    }

    /** The 32 bytes, a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The standard Base64, as in a checkpoint. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
