package io.certrail.tlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A text with signatures (C2SP signed-note), to be written. To read one, {@link #open} it: what nobody known has signed is
 * not shown.
 *
 * @param text lines, each ended by a newline
 * @param signatures at least one
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** The longest note that is read, in bytes. */
    public static final int MAX_LENGTH = 1 << 20;
    /** The most signatures that are read; C2SP asks for 16. */
    public static final int MAX_SIGNATURES = 64;

    /** Checks that it can be read again. */
    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!isText(text) || signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note is lines of text and 1 to " + MAX_SIGNATURES + " signatures");
        }
    }

    /** The text signed by keys. */
    public static SignedNote sign(String text, SignerKey... keys) {
        if (!isText(text)) {
            throw new IllegalArgumentException("a note is lines of text");
        }
        return new SignedNote(
                text, Arrays.stream(keys).map(key -> key.sign(text)).toList());
    }

    private static boolean isText(String text) {
        return text.endsWith("\n")
                && text.chars().noneMatch(c -> c < ' ' && c != '\n')
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** The note's bytes. */
    public byte[] bytes() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature).append('\n'));
        return note.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Opens a note that may come from anyone. Signatures by unknown keys are ignored; one that names a known key must be
     * that key's; at least one must be a known key's.
     */
    public static Opened<String> open(byte[] note, VerifierKeys keys) {
        if (note.length > MAX_LENGTH) {
            return new Opened.Rejected<>(Flaw.TOO_LONG, note.length + " bytes");
        }
        String whole = StrictText.utf8(note).orElse("\0");
        int split = whole.lastIndexOf("\n\n") + 1;
        if (whole.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            return new Opened.Rejected<>(Flaw.NOT_TEXT, "not UTF-8, or with control characters");
        }
        if (split == 0 || split + 1 == whole.length() || !whole.endsWith("\n")) {
            return new Opened.Rejected<>(Flaw.NOT_A_NOTE, "no signature lines after a blank line");
        }
        String[] lines = whole.substring(split + 1, whole.length() - 1).split("\n", -1);
        if (lines.length > MAX_SIGNATURES) {
            return new Opened.Rejected<>(Flaw.TOO_MANY_SIGNATURES, lines.length + " signatures");
        }
        return verify(whole.substring(0, split), lines, keys);
    }

    private static Opened<String> verify(String text, String[] lines, VerifierKeys keys) {
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : lines) {
            NoteSignature signature = NoteSignature.parse(line).orElse(null);
            if (signature == null) {
                return new Opened.Rejected<>(Flaw.NOT_A_NOTE, "a line among the signatures is none");
            }
            signatures.add(signature);
        }
        Map<KeyId, NoteSignature> verified = new LinkedHashMap<>();
        for (NoteSignature signature : signatures) {
            VerifierKey key = keys.find(signature.key()).orElse(null);
            if (key != null && !key.verifies(text, signature.signature())) {
                return new Opened.Rejected<>(Flaw.WRONG_SIGNATURE, "not the signature of " + key.id());
            }
            if (key != null) {
                verified.putIfAbsent(key.id(), signature);
            }
        }
        return verified.isEmpty()
                ? new Opened.Rejected<>(Flaw.NOT_SIGNED, "by no known key")
                : new Opened.Accepted<>(text, List.copyOf(verified.values()));
    }
}
