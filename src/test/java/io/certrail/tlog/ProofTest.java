package io.certrail.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ProofTest {
    private static final int SIZES = 300;

    private final NaiveTree naive = new NaiveTree(SIZES + 1);
    private final Prover prover = new Prover(naive.source());

    @Test
    void everyLeafIsProvedInEveryTree() throws Exception {
        for (int size = 1; size <= SIZES; size++) {
            assertThat(prover.root(size)).isEqualTo(naive.root(size));
            for (int index = 0; index < size; index++) {
                InclusionProof proof = prover.inclusion(index, size);
                assertThat(proof.path()).isEqualTo(naive.path(index, 0, size));
                assertThat(proof.verify(naive.leaf(index), naive.root(size))).isEqualTo(ProofVerdict.VERIFIED);
            }
        }
    }

    @Test
    void anotherImplementationAcceptsOurProofs() throws Exception {
        for (int size = 1; size <= SIZES; size++) {
            for (int index = 0; index < size; index++) {
                sigstore(prover.inclusion(index, size), naive.leaf(index), naive.root(size));
            }
        }
    }

    @Property(tries = 500)
    void anotherImplementationRejectsWhatWeReject(
            @ForAll @IntRange(min = 2, max = SIZES) int size, @ForAll int seed, @ForAll @IntRange(max = 31) int bit)
            throws Exception {
        int index = Math.floorMod(seed, size);
        InclusionProof proof = prover.inclusion(index, size);
        InclusionProof broken = new InclusionProof(
                index,
                size,
                flipped(proof.path(), Math.floorMod(seed, proof.path().size()), bit));

        assertThat(broken.verify(naive.leaf(index), naive.root(size))).isEqualTo(ProofVerdict.ROOT_DIFFERS);
        assertThatThrownBy(() -> sigstore(broken, naive.leaf(index), naive.root(size)))
                .isInstanceOf(InclusionProofVerificationException.class);
    }

    private static void sigstore(InclusionProof proof, Hash leaf, Hash root)
            throws InclusionProofVerificationException {
        InclusionProofVerifier.verify(
                leaf.bytes(),
                proof.index(),
                proof.size(),
                proof.path().stream().map(Hash::bytes).toList(),
                root.bytes());
    }

    @Test
    void everyTreeIsProvedConsistentWithEveryOlderOne() throws Exception {
        for (int size = 0; size <= SIZES; size++) {
            for (int old = 0; old <= size; old++) {
                ConsistencyProof proof = prover.consistency(old, size);
                assertThat(proof.path()).isEqualTo(old == 0 ? List.of() : naive.proof(old, size));
                assertThat(proof.verify(naive.root(old), naive.root(size))).isEqualTo(ProofVerdict.VERIFIED);
                if (old > 0) {
                    assertThat(proof.verify(naive.leaf(300), naive.root(size)).verified())
                            .as("another old root, %d of %d", old, size)
                            .isFalse();
                }
            }
        }
    }

    @Property(tries = 500)
    void consistencyProofThatWasChangedFails(
            @ForAll @IntRange(min = 2, max = SIZES) int size, @ForAll int seed, @ForAll @IntRange(max = 255) int bit)
            throws Exception {
        int old = 1 + Math.floorMod(seed, size - 1);
        List<Hash> path = prover.consistency(old, size).path();
        for (List<Hash> changed : changes(path, seed, bit)) {
            ProofVerdict verdict = new ConsistencyProof(old, size, changed).verify(naive.root(old), naive.root(size));
            assertThat(verdict.verified())
                    .as("%d of %d: %s", old, size, changed)
                    .isFalse();
        }
    }

    @Property(tries = 500)
    void inclusionProofThatWasChangedFails(
            @ForAll @IntRange(min = 2, max = SIZES) int size, @ForAll int seed, @ForAll @IntRange(max = 255) int bit)
            throws Exception {
        int index = Math.floorMod(seed, size);
        List<Hash> path = prover.inclusion(index, size).path();
        for (List<Hash> changed : changes(path, seed, bit)) {
            assertThat(new InclusionProof(index, size, changed)
                            .verify(naive.leaf(index), naive.root(size))
                            .verified())
                    .as("%d of %d: %s", index, size, changed)
                    .isFalse();
        }
        int other = (index + 1 + Math.floorMod(bit, size - 1)) % size;
        assertThat(new InclusionProof(other, size, path)
                        .verify(naive.leaf(index), naive.root(size))
                        .verified())
                .as("index %d instead of %d of %d", other, index, size)
                .isFalse();
    }

    /** Every way to change a list of hashes a little: a bit, one less, one more, two swapped. */
    private static List<List<Hash>> changes(List<Hash> path, int seed, int bit) {
        int at = Math.floorMod(seed, path.size());
        List<List<Hash>> changes = new ArrayList<>();
        changes.add(flipped(path, at, bit));
        changes.add(Stream.concat(path.subList(0, at).stream(), path.subList(at + 1, path.size()).stream())
                .toList());
        for (Hash more : List.of(path.get(at), Hash.EMPTY_ROOT)) {
            List<Hash> longer = new ArrayList<>(path);
            longer.add(at, more);
            changes.add(longer);
            changes.add(Stream.concat(path.stream(), Stream.of(more)).toList());
        }
        List<Hash> swapped = new ArrayList<>(path);
        Collections.swap(swapped, at, path.size() - 1 - at);
        if (!swapped.equals(path)) {
            changes.add(swapped);
        }
        return changes;
    }

    private static List<Hash> flipped(List<Hash> path, int at, int bit) {
        byte[] bytes = path.get(at).bytes();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        List<Hash> flipped = new ArrayList<>(path);
        flipped.set(at, Hash.of(bytes));
        return flipped;
    }

    /** A tree whose leaves are all the same, so that it may have any size. */
    @Property
    void proofsHoldInTreesOfAnySize(
            @ForAll @LongRange(min = 1) long size,
            @ForAll @LongRange(min = 0) long a,
            @ForAll @LongRange(min = 1) long b)
            throws Exception {
        TreeHasher hasher = new TreeHasher();
        List<Hash> levels = new ArrayList<>(List.of(hasher.leaf(new byte[0])));
        while (levels.size() < 63) {
            Hash below = levels.get(levels.size() - 1);
            levels.add(hasher.node(below, below));
        }
        Prover large = new Prover((level, index) -> levels.get(level));
        long index = a % size;
        long old = 1 + b % size;

        assertThat(large.inclusion(index, size).verify(levels.get(0), large.root(size)))
                .isEqualTo(ProofVerdict.VERIFIED);
        assertThat(large.consistency(old, size).verify(large.root(old), large.root(size)))
                .isEqualTo(ProofVerdict.VERIFIED);
    }

    @Property
    void nothingThatIsNoProofThrows(
            @ForAll long a, @ForAll long b, @ForAll @IntRange(max = 130) int length, @ForAll boolean sameRoot) {
        Hash leaf = naive.leaf(0);
        Hash root = sameRoot ? leaf : naive.leaf(1);
        List<Hash> path = Collections.nCopies(length, naive.leaf(2));

        assertThat(new InclusionProof(a, b, path).verify(leaf, root).verified())
                .isEqualTo(sameRoot && a == 0 && b == 1 && length == 0);
        assertThat(new ConsistencyProof(a, b, path).verify(leaf, root).verified())
                .isEqualTo(sameRoot && a > 0 && a == b && length == 0);
    }

    @Test
    void othersProofsHoldAndFailAsTheySay() {
        List<String[]> rows = Figures.rows("transparency-dev-proofs.tsv");
        assertThat(rows).hasSize(196);
        for (String[] row : rows) {
            // its roots are 12 bytes, which are compared there as they are
            boolean noHashes = row[1].equals("additional/sizes-are-equal-one-and-proof-is-empty");
            assertThat(verdict(row)).as("%s %s", row[0], row[1]).isEqualTo(row[2].equals("holds") && !noHashes);
        }
    }

    private static boolean verdict(String[] row) {
        Optional<Hash> leaf = Hash.parse(row[5]);
        Optional<Hash> root = Hash.parse(row[6]);
        List<Optional<Hash>> path = row[7].equals("-")
                ? List.of()
                : Arrays.stream(row[7].split(",", -1)).map(Hash::parse).toList();
        if (leaf.isEmpty() || root.isEmpty() || path.stream().anyMatch(Optional::isEmpty)) {
            return false; // no hashes: a reader gets no further
        }
        List<Hash> hashes = path.stream().map(Optional::orElseThrow).toList();
        long first = Long.parseUnsignedLong(row[3]);
        long second = Long.parseUnsignedLong(row[4]);
        return row[0].equals("inclusion")
                ? new InclusionProof(first, second, hashes)
                        .verify(leaf.get(), root.get())
                        .verified()
                : new ConsistencyProof(first, second, hashes)
                        .verify(leaf.get(), root.get())
                        .verified();
    }

    @Test
    void hashesOfOtherLengthsAreNone() {
        for (int length : new int[] {0, 1, 31, 33, 64, 100_000}) {
            assertThat(Hash.read(new byte[length])).isEmpty();
            assertThat(Hash.parse(Base64.getEncoder().encodeToString(new byte[length])))
                    .isEmpty();
        }
    }

    @Test
    void whatIsNotInTheTreeIsNotProved() {
        assertThatThrownBy(() -> prover.inclusion(3, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prover.inclusion(-1, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prover.consistency(4, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
