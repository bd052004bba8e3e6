package io.certrail.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * A private key that signs notes, of type {@link SignatureType#ED25519}. Its text is the form that the Go tools use:
 * {@code PRIVATE+KEY+<name>+<key id>+<Base64 of type and seed>}. Immutable, for any thread.
 */
public final class SignerKey {
    private static final String PREFIX = "PRIVATE+KEY+";

    private final PrivateKey key;
    private final VerifierKey verifierKey;

    private SignerKey(String name, KeyPair pair) {
        this.key = pair.getPrivate();
        this.verifierKey = VerifierKey.of(name, SignatureType.ED25519, Ed25519.bytes(pair.getPublic()));
    }

    /**
     * A new key.
     *
     * @param name the origin of the log's checkpoints
     */
    public static SignerKey generate(String name) {
        return new SignerKey(name, Ed25519.generate());
    }

    /**
     * The key of a text that the operator keeps.
     *
     * @throws IllegalArgumentException with what was expected, and nothing of the text; tell the operator
     */
    public static SignerKey parse(String text) {
        String[] parts =
                text.startsWith(PREFIX) ? text.substring(PREFIX.length()).split("\\+", 3) : new String[0];
        if (parts.length == 3 && StrictText.isKeyName(parts[0])) {
            byte[] material = StrictText.base64(parts[2]).orElse(new byte[0]);
            if (material.length == 1 + Ed25519.KEY_LENGTH && material[0] == SignatureType.ED25519.identifier()) {
                byte[] seed = Arrays.copyOfRange(material, 1, material.length);
                SignerKey signer = new SignerKey(parts[0], Ed25519.fromSeed(seed));
                if (signer.secretText().equals(text)) {
                    return signer;
                }
            }
        }
        throw new IllegalArgumentException(
                "expected PRIVATE+KEY+<name>+<8 hexadecimal digits>+<Base64>, of an Ed25519 key whose id is right");
    }

    /** The public half. */
    public VerifierKey verifierKey() {
        return verifierKey;
    }

    /** Signs a note's text. */
    NoteSignature sign(String text) {
        byte[] signature = Ed25519.sign(key, text.getBytes(StandardCharsets.UTF_8));
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(verifierKey.id().id())
                .put(signature)
                .array();
        return new NoteSignature(verifierKey.name(), Base64.getEncoder().encodeToString(bytes));
    }

    /** The text form: a secret, for the key's file alone. */
    public String secretText() {
        byte[] material = new byte[1 + Ed25519.KEY_LENGTH];
        material[0] = SignatureType.ED25519.identifier();
        System.arraycopy(Ed25519.seed(key), 0, material, 1, Ed25519.KEY_LENGTH);
        return PREFIX + verifierKey.id() + "+" + Base64.getEncoder().encodeToString(material);
    }

    /** The key's id: nothing that is secret. */
    @Override
    public String toString() {
        return verifierKey.id().toString();
    }
}
