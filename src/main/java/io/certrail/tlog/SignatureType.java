package io.certrail.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of signature that are understood, all by Ed25519 keys. */
public enum SignatureType {
    /** Over the note's text (C2SP signed-note, 0x01): a log's own. */
    ED25519(1, 0),
    /** Over a time and the note's text (C2SP tlog-cosignature, 0x04): a witness's. */
    COSIGNATURE(4, Long.BYTES);

    private static final int ED25519_LENGTH = 64;

    private final byte identifier;
    private final int timestampLength;

    SignatureType(int identifier, int timestampLength) {
        this.identifier = (byte) identifier;
        this.timestampLength = timestampLength;
    }

    /** The byte before the public key, in a verifier key and in what its id is made of. */
    byte identifier() {
        return identifier;
    }

    static Optional<SignatureType> of(byte identifier) {
        return Arrays.stream(values())
                .filter(type -> type.identifier == identifier)
                .findFirst();
    }

    /** Whether a signature has the length that those of this type have. */
    boolean fits(byte[] signature) {
        return signature.length == timestampLength + ED25519_LENGTH
                && (this != COSIGNATURE || timestamp(signature) >= 0);
    }

    /** The bytes that the Ed25519 signature is over. */
    byte[] message(String text, byte[] signature) {
        String message = this == COSIGNATURE ? "cosignature/v1\ntime " + timestamp(signature) + "\n" + text : text;
        return message.getBytes(StandardCharsets.UTF_8);
    }

    /** The Ed25519 signature without the time before it. */
    byte[] ed25519(byte[] signature) {
        return Arrays.copyOfRange(signature, timestampLength, signature.length);
    }

    /** A cosignature's time, in seconds since the epoch. */
    private static long timestamp(byte[] signature) {
        return ByteBuffer.wrap(signature).getLong();
    }
}
