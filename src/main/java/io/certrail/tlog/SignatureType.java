package io.certrail.tlog;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of signature that are understood, all by Ed25519 keys. */
public enum SignatureType {
    /** Over the note's text (C2SP signed-note, 0x01): a log's own. */
    ED25519(1, 0),
    /** Over a time and the note's text, or its first three lines (C2SP tlog-cosignature, 0x04): a witness's. */
    COSIGNATURE(4, Long.BYTES);

    private static final int ED25519_LENGTH = 64;
    private static final int CHECKPOINT_LINES = 3;
    private static final long LAST_SECOND = 253_402_300_799L;

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
                && (this != COSIGNATURE || isTime(timestamp(signature)));
    }

    /**
     * What the Ed25519 signature may be over: the text, and of a cosignature also its first three lines alone. Those say all
     * that a witness states, and litewitness signs no others, where the specification has it sign the extension lines, too
     * (C2SP issue 238 asks whether it should).
     */
    Stream<String> messages(String text, byte[] signature) {
        return this == COSIGNATURE
                ? Stream.of(text, head(text))
                        .distinct()
                        .map(cosigned -> "cosignature/v1\ntime " + timestamp(signature) + "\n" + cosigned)
                : Stream.of(text);
    }

    /** The origin, size and root hash of a checkpoint; of any other note as much as there is. */
    private static String head(String text) {
        return text.lines().limit(CHECKPOINT_LINES).map(line -> line + "\n").collect(Collectors.joining());
    }

    /** The Ed25519 signature without the time before it. */
    byte[] ed25519(byte[] signature) {
        return Arrays.copyOfRange(signature, timestampLength, signature.length);
    }

    /** Whether RFC 3339 can write it: up to the end of the year 9999. */
    private static boolean isTime(long seconds) {
        return seconds >= 0 && seconds <= LAST_SECOND;
    }

    /** A cosignature's time, in seconds since the epoch. */
    static long timestamp(byte[] signature) {
        return ByteBuffer.wrap(signature).getLong();
    }
}
