package io.certrail.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A key's name and the four bytes that tell apart the keys of one name: what a signature says of its key (C2SP
 * signed-note).
 *
 * @param name not empty, without Unicode spaces, control characters or a plus
 */
public record KeyId(String name, int id) {
    public KeyId {
        if (!StrictText.isKeyName(name)) {
            throw new IllegalArgumentException("a key's name is not empty and has no space and no plus");
        }
    }

    /** The id of a key: the first bytes of SHA-256 of name, newline, type and public key. */
    static KeyId of(String name, SignatureType type, byte[] publicKey) {
        byte[] prefix = (name + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] hash = Sha256.of(ByteBuffer.allocate(prefix.length + 1 + publicKey.length)
                .put(prefix)
                .put(type.identifier())
                .put(publicKey)
                .array());
        return new KeyId(name, ByteBuffer.wrap(hash).getInt());
    }

    /** {@code <name>+<8 hexadecimal digits>}. */
    @Override
    public String toString() {
        return name + "+" + HexFormat.of().toHexDigits(id);
    }
}
