package io.certrail.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A witness' key and what it signs, written after C2SP tlog-cosignature and signed-note alone, for tests. */
public final class TestWitness {
    public static final String NAME = "witness.example/w1";

    private final KeyPair keys;

    public TestWitness() {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text of its public key. */
    public String verifierKey() {
        byte[] material = ByteBuffer.allocate(33).put((byte) 4).put(publicKey()).array();
        return NAME + "+" + HexFormat.of().toHexDigits(keyId()) + "+"
                + Base64.getEncoder().encodeToString(material);
    }

    /** The signature line, with its newline, over the text of a note, now. */
    public String cosignature(String text) {
        long time = System.currentTimeMillis() / 1000;
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(("cosignature/v1\ntime " + time + "\n" + text).getBytes(UTF_8));
            byte[] bytes = ByteBuffer.allocate(4 + 8 + 64)
                    .putInt(keyId())
                    .putLong(time)
                    .put(signature.sign())
                    .array();
            return "\u2014 " + NAME + " " + Base64.getEncoder().encodeToString(bytes) + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] publicKey() {
        byte[] encoded = keys.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private int keyId() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((NAME + "\n\4").getBytes(UTF_8));
            return ByteBuffer.wrap(digest.digest(publicKey())).getInt();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
