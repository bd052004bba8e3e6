package io.certrail.tlog;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A log's statement of what it holds (C2SP tlog-checkpoint).
 *
 * @param origin the log's name, also its key's
 * @param size the number of leaves
 * @param root the root hash of the tree of that size
 * @param extensions further lines, opaque here: Certrail's counts
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {
    /** Checks that it can be read again, and that an empty tree has the empty tree's root. */
    public Checkpoint {
        extensions = List.copyOf(extensions);
        if (!StrictText.isLine(origin) || !extensions.stream().allMatch(StrictText::isLine)) {
            throw new IllegalArgumentException("origin and extensions are lines of text that are not empty");
        }
        if (size < 0 || (size == 0 && !root.equals(Hash.EMPTY_ROOT))) {
            throw new IllegalArgumentException("size " + size + " with root " + root);
        }
    }

    /** The note's text. */
    public String text() {
        StringBuilder text = new StringBuilder(origin + "\n" + size + "\n" + root + "\n");
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /**
     * The note, signed by keys; two of them while a key is replaced.
     *
     * @throws IllegalArgumentException if a key's name is not the origin
     */
    public SignedNote sign(SignerKey... keys) {
        for (SignerKey key : keys) {
            if (!key.verifierKey().name().equals(origin)) {
                throw new IllegalArgumentException("key " + key + " signs no checkpoint of " + origin);
            }
        }
        return SignedNote.sign(text(), keys);
    }

    /**
     * Opens a checkpoint that may come from anyone.
     *
     * @param keys the log's; those of witnesses are another matter, and open the same note
     */
    public static Opened<Checkpoint> open(byte[] note, String origin, VerifierKeys keys) {
        return SignedNote.open(note, keys).then(accepted -> {
            Checkpoint checkpoint = parse(accepted.content()).orElse(null);
            if (checkpoint == null) {
                return new Opened.Rejected<>(Flaw.WRONG_FORM, "not the text of a checkpoint");
            }
            if (!checkpoint.origin().equals(origin)) {
                return new Opened.Rejected<>(Flaw.OTHER_ORIGIN, "of " + checkpoint.origin() + ", not of " + origin);
            }
            return new Opened.Accepted<>(checkpoint, accepted.signatures());
        });
    }

    /** The checkpoint of a note's text; empty if it is none. */
    static Optional<Checkpoint> parse(String text) {
        String[] lines = text.split("\n", -1);
        int end = lines.length - 1; // what follows the last newline: nothing
        if (end < 3 || !lines[end].isEmpty()) {
            return Optional.empty();
        }
        OptionalLong size = StrictText.decimal(lines[1]);
        Optional<Hash> root = Hash.parse(lines[2]);
        if (size.isEmpty() || root.isEmpty()) {
            return Optional.empty();
        }
        List<String> extensions = Arrays.asList(lines).subList(3, end);
        try {
            return Optional.of(new Checkpoint(lines[0], size.getAsLong(), root.get(), extensions));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
