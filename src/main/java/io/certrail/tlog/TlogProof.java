package io.certrail.tlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * An entry's inclusion proof together with the checkpoint that it leads to, to be checked by somebody who has only the log's
 * key (C2SP tlog-proof, without extra data, which is ignored when read).
 *
 * @param index the entry's, from 0
 * @param path the inclusion proof's hashes
 * @param checkpoint the signed checkpoint, as it was written
 */
public record TlogProof(long index, List<Hash> path, String checkpoint) {
    private static final String FORM = "c2sp.org/tlog-proof@v1";
    private static final int MAX_PATH = 63;

    public TlogProof {
        path = List.copyOf(path);
        if (index < 0 || path.size() > MAX_PATH) {
            throw new IllegalArgumentException("index " + index + ", " + path.size() + " hashes");
        }
    }

    /** The text form, for a file that ends in {@code .tlog-proof}. */
    public byte[] bytes() {
        StringBuilder text = new StringBuilder(FORM + "\nindex " + index + "\n");
        path.forEach(hash -> text.append(hash).append('\n'));
        return text.append('\n').append(checkpoint).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The proof of a text that may come from anyone; empty if it is none. Its checkpoint is not looked at. */
    public static Optional<TlogProof> parse(byte[] bytes) {
        String text = bytes.length > SignedNote.MAX_LENGTH
                ? ""
                : StrictText.utf8(bytes).orElse("");
        int split = text.indexOf("\n\n");
        if (split < 0) {
            return Optional.empty();
        }
        List<String> lines =
                new ArrayList<>(Arrays.asList(text.substring(0, split).split("\n", -1)));
        if (!lines.remove(0).equals(FORM)) {
            return Optional.empty();
        }
        if (!lines.isEmpty() && lines.get(0).startsWith("extra ")) {
            String extra = lines.remove(0).substring("extra ".length());
            if (StrictText.base64(extra).isEmpty()) {
                return Optional.empty();
            }
        }
        return parse(lines, text.substring(split + 2));
    }

    private static Optional<TlogProof> parse(List<String> lines, String checkpoint) {
        if (lines.isEmpty() || lines.size() > 1 + MAX_PATH || !lines.get(0).startsWith("index ")) {
            return Optional.empty();
        }
        OptionalLong index = StrictText.decimal(lines.get(0).substring("index ".length()));
        List<Hash> path = lines.stream()
                .skip(1)
                .flatMap(line -> Hash.parse(line).stream())
                .toList();
        return index.isEmpty() || path.size() < lines.size() - 1
                ? Optional.empty()
                : Optional.of(new TlogProof(index.getAsLong(), path, checkpoint));
    }

    /**
     * Checks that the entry with this hash is in the tree of the checkpoint, and opens that.
     *
     * @param open how the reader opens a checkpoint, as {@link KeyChain#open}
     */
    public Opened<Checkpoint> verify(Hash leafHash, Function<byte[], Opened<Checkpoint>> open) {
        return open.apply(checkpoint.getBytes(StandardCharsets.UTF_8)).then(accepted -> {
            Checkpoint trusted = accepted.content();
            ProofVerdict verdict = new InclusionProof(index, trusted.size(), path).verify(leafHash, trusted.root());
            return verdict.verified()
                    ? accepted
                    : new Opened.Rejected<>(Flaw.NOT_INCLUDED, "inclusion proof: " + verdict);
        });
    }
}
