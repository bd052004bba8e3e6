package io.certrail.tlog;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A public key to verify notes by (C2SP signed-note, "Verifier keys"):
 * {@code <name>+<key id>+<Base64 of type and public key>}. Immutable.
 */
public final class VerifierKey {
    private static final Pattern FORM = Pattern.compile("([^+]*)\\+([0-9a-f]{8})\\+(.*)");
    private static final int MAX_LENGTH = 4096;

    private final KeyId id;
    private final SignatureType type;
    private final byte[] bytes;
    private final PublicKey key;

    private VerifierKey(String name, SignatureType type, byte[] bytes) {
        this.id = KeyId.of(name, type, bytes);
        this.type = type;
        this.bytes = bytes;
        this.key = Ed25519.publicKey(bytes);
    }

    /** The verifier key of an Ed25519 public key's 32 bytes (RFC 8032 section 5.1.2). */
    static VerifierKey of(String name, SignatureType type, byte[] publicKey) {
        if (publicKey.length != Ed25519.KEY_LENGTH) {
            throw new IllegalArgumentException(publicKey.length + " bytes are no Ed25519 public key");
        }
        return new VerifierKey(name, type, publicKey.clone());
    }

    /**
     * The key of a text that the operator gave.
     *
     * @throws IllegalArgumentException with what was expected; tell the operator
     */
    public static VerifierKey parse(String text) {
        return read(text)
                .orElseThrow(() -> new IllegalArgumentException("expected a C2SP verifier key,"
                        + " <name>+<8 hexadecimal digits>+<Base64>, of an Ed25519 key whose id is right"));
    }

    /** The key of a text that may come from anyone; empty if it is none or of a type that is not understood. */
    public static Optional<VerifierKey> read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > MAX_LENGTH || !matcher.matches() || !StrictText.isKeyName(matcher.group(1))) {
            return Optional.empty();
        }
        return StrictText.base64(matcher.group(3))
                .filter(material -> material.length == 1 + Ed25519.KEY_LENGTH)
                .flatMap(material -> read(matcher.group(1), material))
                .filter(key -> key.text().equals(text));
    }

    private static Optional<VerifierKey> read(String name, byte[] material) {
        try {
            return SignatureType.of(material[0])
                    .map(type -> new VerifierKey(name, type, Arrays.copyOfRange(material, 1, material.length)));
        } catch (IllegalArgumentException e) { // no point of the curve
            return Optional.empty();
        }
    }

    /** What signatures by this key say of it. */
    public KeyId id() {
        return id;
    }

    /** The name alone. */
    public String name() {
        return id.name();
    }

    /** The kind of signature that it verifies. */
    public SignatureType type() {
        return type;
    }

    /**
     * When a witness signed, as its cosignature says and vouches for (C2SP tlog-cosignature), to the second.
     *
     * @param signature that this key, a witness's, was found to have made
     * @throws IllegalArgumentException if this key's signatures tell no time
     */
    Instant signedAt(NoteSignature signature) {
        if (type != SignatureType.COSIGNATURE || !signature.key().equals(id) || !type.fits(signature.signature())) {
            throw new IllegalArgumentException(signature + " is no cosignature of " + id);
        }
        return Instant.ofEpochSecond(SignatureType.timestamp(signature.signature()));
    }

    /** Whether the signature, without the key id before it, is this key's of a note's text; false for whatever is none. */
    boolean verifies(String text, byte[] signature) {
        return type.fits(signature)
                && type.messages(text, signature)
                        .map(message -> message.getBytes(StandardCharsets.UTF_8))
                        .anyMatch(message -> Ed25519.verify(key, message, type.ed25519(signature)));
    }

    /** The text form. */
    public String text() {
        byte[] material = new byte[1 + bytes.length];
        material[0] = type.identifier();
        System.arraycopy(bytes, 0, material, 1, bytes.length);
        return id + "+" + Base64.getEncoder().encodeToString(material);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that
                && id.equals(that.id)
                && type == that.type
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
