package io.certrail.tlog;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** Keys that are the same in every run, for tests of what must never change. */
public final class FixedKeys {
    private FixedKeys() {}

    /** The key of a log whose seed is 32 times the same byte. */
    public static SignerKey of(String name, int seed) {
        byte[] bytes = new byte[Ed25519.KEY_LENGTH];
        Arrays.fill(bytes, (byte) seed);
        byte[] publicKey = Ed25519.bytes(Ed25519.fromSeed(bytes).getPublic());
        byte[] material = ByteBuffer.allocate(1 + bytes.length)
                .put(SignatureType.ED25519.identifier())
                .put(bytes)
                .array();
        return SignerKey.parse("PRIVATE+KEY+" + KeyId.of(name, SignatureType.ED25519, publicKey) + "+"
                + Base64.getEncoder().encodeToString(material));
    }
}
