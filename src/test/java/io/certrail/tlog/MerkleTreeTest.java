package io.certrail.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    /** Entries and roots after each, from github.com/transparency-dev/merkle, testonly/constants.go (Apache-2.0). */
    private static final List<String> ENTRIES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private final NaiveTree naive = new NaiveTree(1100);

    @Test
    void rootsAreThoseOfOthers() {
        MerkleTree tree = new MerkleTree();
        for (int size = 0; size < ROOTS.size(); size++) {
            if (size > 0) {
                tree.append(new TreeHasher().leaf(HexFormat.of().parseHex(ENTRIES.get(size - 1))));
            }
            assertThat(HexFormat.of().formatHex(tree.root().bytes())).isEqualTo(ROOTS.get(size));
        }
    }

    @Test
    void growingTreeEqualsTheDefinitionAtEverySize() {
        MerkleTree tree = new MerkleTree();
        for (int size = 0; size <= 1100; size++) {
            assertThat(tree.size()).isEqualTo(size);
            assertThat(tree.root()).isEqualTo(naive.root(size));
            if (size < 1100) {
                tree.append(naive.leaf(size));
            }
        }
    }

    @Property(tries = 200)
    void resumedTreeGoesOnAsIfItHadNotStopped(
            @ForAll @IntRange(max = 1000) int stop, @ForAll @IntRange(max = 100) int more) throws Exception {
        MerkleTree tree = MerkleTree.resume(stop, naive.source(), (level, index, array, offset) -> {});
        for (int i = stop; i < stop + more; i++) {
            tree.append(naive.leaf(i));
        }

        assertThat(tree.root()).isEqualTo(naive.root(stop + more));
    }

    @Test
    void everyPerfectSubtreeIsShownOnceWhenItIsComplete() {
        List<String> shown = new ArrayList<>();
        MerkleTree tree = new MerkleTree((level, index, array, offset) -> {
            assertThat(Hash.of(array, offset)).isEqualTo(naive.mth((int) index << level, (int) (index + 1) << level));
            shown.add(level + "/" + index);
        });
        for (int i = 0; i < 300; i++) {
            tree.append(naive.leaf(i));
        }

        assertThat(shown).doesNotHaveDuplicates().hasSize(300 + 150 + 75 + 37 + 18 + 9 + 4 + 2 + 1);
    }

    @Test
    void leafInPiecesIsTheLeaf() {
        TreeHasher hasher = new TreeHasher();
        byte[] entry = "one entry in pieces".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] hash = new byte[40];
        hasher.beginLeaf();
        hasher.addToLeaf(entry, 0, 3);
        hasher.beginLeaf();
        hasher.addToLeaf(entry, 0, 7);
        hasher.addToLeaf(entry, 7, entry.length - 7);
        hasher.endLeaf(hash, 8);

        assertThat(Hash.of(hash, 8)).isEqualTo(hasher.leaf(entry));
        assertThat(Arrays.copyOf(hash, 8)).containsOnly(0);
        assertThatThrownBy(() -> hasher.leaf(entry, 0, 3, hash, 9)).isInstanceOf(IllegalArgumentException.class);
        assertThat(hasher.leaf(entry)).isEqualTo(Hash.of(hash, 8));
    }

    @Test
    void hashingAndAppendingAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        MerkleTree tree = new MerkleTree(new TileAssembler((tile, bytes) -> {}));
        TreeHasher hasher = new TreeHasher();
        byte[] entry = new byte[734];
        byte[] hash = new byte[Hash.LENGTH];
        grow(tree, hasher, entry, hash, 50_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        grow(tree, hasher, entry, hash, 50_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("bytes for 50,000 leaves").isLessThan(50_000); // a Tile for each full tile
    }

    private static void grow(MerkleTree tree, TreeHasher hasher, byte[] entry, byte[] hash, int leaves) {
        for (int i = 0; i < leaves; i++) {
            hasher.leaf(entry, 0, entry.length, hash, 0);
            tree.append(hash, 0);
        }
    }
}
