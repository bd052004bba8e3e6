package io.certrail.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * A log's keys one after the other, from the one that the reader was given: which is in force at which size of the tree.
 * Immutable.
 */
public final class KeyChain {
    private final VerifierKey first;
    private final List<KeyRotation> rotations;

    private KeyChain(VerifierKey first, List<KeyRotation> rotations) {
        this.first = first;
        this.rotations = rotations;
    }

    /** The chain that begins with the key that the reader trusts; its name is the log's origin. */
    public static KeyChain of(VerifierKey first) {
        if (first.type() != SignatureType.ED25519) {
            throw new IllegalArgumentException("key " + first.id() + " is a witness's");
        }
        return new KeyChain(first, List.of());
    }

    /** The key that signs now. */
    public VerifierKey current() {
        return rotations.isEmpty() ? first : rotations.get(rotations.size() - 1).next();
    }

    /** The chain with one more rotation, which must be signed by its current key and not go back in size. */
    public Opened<KeyChain> with(byte[] rotationNote) {
        return KeyRotation.open(rotationNote, current()).then(accepted -> {
            KeyRotation rotation = accepted.content();
            long since = rotations.isEmpty()
                    ? 0
                    : rotations.get(rotations.size() - 1).size();
            if (rotation.size() < since) {
                return new Opened.Rejected<>(
                        Flaw.KEY_NOT_IN_FORCE,
                        current().id() + " signs from size " + since + ", not " + rotation.size());
            }
            if (keys().stream().anyMatch(key -> key.id().equals(rotation.next().id()))) {
                return new Opened.Rejected<>(
                        Flaw.KEY_NOT_IN_FORCE, rotation.next().id() + " was replaced before");
            }
            List<KeyRotation> longer = new ArrayList<>(rotations);
            longer.add(rotation);
            return new Opened.Accepted<>(new KeyChain(first, List.copyOf(longer)), accepted.signatures());
        });
    }

    /** Opens a checkpoint that may come from anyone: a key in force at its size must have signed it. */
    public Opened<Checkpoint> open(byte[] note) {
        return Checkpoint.open(note, first.name(), new VerifierKeys(keys())).then(this::inForce);
    }

    private Opened<Checkpoint> inForce(Opened.Accepted<Checkpoint> accepted) {
        Checkpoint checkpoint = accepted.content();
        List<NoteSignature> inForce = accepted.signatures().stream()
                .filter(signature -> isInForce(signature.key(), checkpoint.size()))
                .toList();
        if (inForce.isEmpty()) {
            return new Opened.Rejected<>(
                    Flaw.KEY_NOT_IN_FORCE,
                    accepted.signatures().get(0).key() + " signs no checkpoint of size " + checkpoint.size());
        }
        boolean differs = rotations.stream()
                .anyMatch(rotation ->
                        rotation.size() == checkpoint.size() && !rotation.root().equals(checkpoint.root()));
        return differs
                ? new Opened.Rejected<>(Flaw.ROOT_DIFFERS, "another root than that of the key rotation")
                : new Opened.Accepted<>(checkpoint, inForce);
    }

    private boolean isInForce(KeyId id, long size) {
        List<VerifierKey> keys = keys();
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).id().equals(id)) {
                return (i == 0 || rotations.get(i - 1).size() <= size)
                        && (i == rotations.size() || size <= rotations.get(i).size());
            }
        }
        return false;
    }

    private List<VerifierKey> keys() {
        List<VerifierKey> keys = new ArrayList<>();
        keys.add(first);
        rotations.forEach(rotation -> keys.add(rotation.next()));
        return keys;
    }
}
