package io.certrail.tlog;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A key's word that another follows it: a signed note, signed by both, the old one to say so and the new one to show that it
 * is held. Its text has five lines, the first of which no checkpoint can follow with a decimal:
 *
 * <pre>
 * certrail/key-rotation/v1
 * origin
 * size of the tree, decimal
 * root hash at that size, Base64
 * the new key, as a verifier key
 * </pre>
 *
 * <p>The old key signs no checkpoint above the size, the new key none below it.
 *
 * @param origin the log's, and the name of both keys
 * @param size of the last checkpoint by the old key
 * @param root of that checkpoint
 * @param next the new key
 */
public record KeyRotation(String origin, long size, Hash root, VerifierKey next) {
    private static final String FORM = "certrail/key-rotation/v1";

    public KeyRotation {
        if (!next.name().equals(origin) || next.type() != SignatureType.ED25519) {
            throw new IllegalArgumentException("key " + next.id() + " signs no checkpoint of " + origin);
        }
        if (size < 0 || (size == 0 && !root.equals(Hash.EMPTY_ROOT))) {
            throw new IllegalArgumentException("size " + size + " with root " + root);
        }
    }

    /** The rotation from one key to another after a checkpoint, signed by both. */
    public static SignedNote sign(Checkpoint last, SignerKey old, SignerKey next) {
        KeyRotation rotation = new KeyRotation(last.origin(), last.size(), last.root(), next.verifierKey());
        if (!old.verifierKey().name().equals(last.origin()) || old.verifierKey().equals(next.verifierKey())) {
            throw new IllegalArgumentException("key " + old + " cannot hand over to " + next);
        }
        return SignedNote.sign(rotation.text(), old, next);
    }

    private String text() {
        return FORM + "\n" + origin + "\n" + size + "\n" + root + "\n" + next + "\n";
    }

    /** Opens a rotation that may come from anyone. */
    public static Opened<KeyRotation> open(byte[] note, VerifierKey old) {
        return SignedNote.open(note, VerifierKeys.of(old)).then(accepted -> {
            KeyRotation rotation = parse(accepted.content()).orElse(null);
            if (rotation == null || rotation.next().id().equals(old.id())) {
                return new Opened.Rejected<>(Flaw.WRONG_FORM, "not the text of a key rotation");
            }
            if (!rotation.origin().equals(old.name())) {
                return new Opened.Rejected<>(Flaw.OTHER_ORIGIN, "of " + rotation.origin() + ", not of " + old.name());
            }
            return SignedNote.open(note, VerifierKeys.of(old, rotation.next()))
                    .then(both -> both.signatures().size() == 2
                            ? new Opened.Accepted<>(rotation, both.signatures())
                            : new Opened.Rejected<>(Flaw.NOT_SIGNED, "not signed by the new key"));
        });
    }

    private static Optional<KeyRotation> parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 6 || !lines[0].equals(FORM)) {
            return Optional.empty();
        }
        OptionalLong size = StrictText.decimal(lines[2]);
        Optional<Hash> root = Hash.parse(lines[3]);
        Optional<VerifierKey> next = VerifierKey.read(lines[4]);
        if (size.isEmpty() || root.isEmpty() || next.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new KeyRotation(lines[1], size.getAsLong(), root.get(), next.get()))
                    .filter(rotation -> rotation.text().equals(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
