package io.certrail.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {
    /** The first from C2SP tlog-tiles, more from golang.org/x/mod/sumdb/tlog/tlog_test.go without its tile height. */
    @ParameterizedTest
    @CsvSource({
        "tile/0/x001/x234/067, 0, 1234067, 256",
        "tile/5/x123/x456/078, 5, 123456078, 256",
        "tile/5/x123/x456/078.p/2, 5, 123456078, 2",
        "tile/0/x003/x057/500, 0, 3057500, 256",
        "tile/0/001.p/5, 0, 1, 5",
        "tile/63/000.p/255, 63, 0, 255",
        "tile/1/x009/x223/x372/x036/x854/x775/807, 1, 9223372036854775807, 256",
    })
    void pathIsThatOfTheSpecification(String path, int level, long index, int width) {
        Tile tile = new Tile(level, index, width);

        assertThat(tile.path()).isEqualTo(path);
        assertThat(Tile.parse(path)).contains(tile);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile/0",
                "tile/0/",
                "tile/00/000",
                "tile/64/000",
                "tile/-1/000",
                "tile/5/123/456/078",
                "tile/5/x123/x456/x078",
                "tile/0/x000/001",
                "tile/0/1",
                "tile/0/0001",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/05",
                "tile/0/000.p/-1",
                "tile/0/000.p/",
                "tile/0/000/",
                "/tile/0/000",
                "tile/0/000\n",
                "tile/0/\u0660\u0660\u0660",
                "tile/0/x009/x223/x372/x036/x854/x775/808",
                "tile/0/x001/x001/x001/x001/x001/x001/x001/x001/001",
                "tile/entries/000",
                "tile/../000",
            })
    void otherPathsAreNone(String path) {
        assertThat(Tile.parse(path)).isEmpty();
    }

    @Property
    void pathLeadsBackToItsTile(
            @ForAll @IntRange(max = 63) int level,
            @ForAll @LongRange(min = 0) long index,
            @ForAll @IntRange(min = 1, max = 256) int width) {
        Tile tile = new Tile(level, index, width);

        assertThat(Tile.parse(tile.path())).contains(tile);
    }

    @Property
    void noPathThrows(@ForAll String tail) {
        Tile.parse(tail);
        Tile.parse("tile/0/" + tail).ifPresent(tile -> assertThat(tile.path()).isEqualTo("tile/0/" + tail));
    }

    /** The example of C2SP tlog-tiles. */
    @Test
    void treeOfSeventyThousandHasTheTilesOfTheSpecification() {
        List<Tile> tiles = Tile.between(0, 70_000);

        assertThat(tiles.stream().filter(tile -> tile.level() == 0 && tile.isFull()))
                .hasSize(273);
        assertThat(tiles.stream().filter(tile -> !tile.isFull() || tile.level() > 0))
                .containsExactly(new Tile(0, 273, 112), new Tile(1, 0, 256), new Tile(1, 1, 17), new Tile(2, 0, 1));
        assertThat(Tile.between(0, 256)).containsExactly(new Tile(0, 0, 256), new Tile(1, 0, 1));
        assertThat(Tile.between(0, 0)).isEmpty();
        assertThat(Tile.between(256, 256)).isEmpty();
        assertThat(Tile.between(300, 301)).containsExactly(new Tile(0, 1, 45));
        assertThat(Tile.between(510, 513)).containsExactly(new Tile(0, 1, 256), new Tile(0, 2, 1), new Tile(1, 0, 2));
        assertThat(Tile.between(Long.MAX_VALUE - 1, Long.MAX_VALUE)).hasSize(1);
    }

    @Test
    void assembledTilesGiveEveryHashRootAndProof() throws Exception {
        Kept kept = new Kept();
        TileAssembler assembler = new TileAssembler(kept);
        MerkleTree tree = new MerkleTree(assembler);
        TreeHasher hasher = new TreeHasher();
        for (int i = 0; i < 70_000; i++) {
            tree.append(hasher.leaf(new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)}));
        }
        kept.tiles.putAll(assembler.partial());

        assertThat(kept.tiles.keySet()).containsExactlyInAnyOrderElementsOf(Tile.between(0, 70_000));
        assertThat(kept.tiles).allSatisfy((tile, bytes) -> assertThat(bytes).hasSize(tile.length()));
        Prover prover = new Prover(new TileHashes(70_000, kept));
        assertThat(prover.root(70_000)).isEqualTo(tree.root());
        Hash leaf = hasher.leaf(new byte[] {(byte) 65_900, (byte) (65_900 >> 8), 1});
        assertThat(prover.inclusion(65_900, 70_000).verify(leaf, tree.root())).isEqualTo(ProofVerdict.VERIFIED);
        for (long old : new long[] {1, 255, 256, 257, 65_535, 65_536, 65_537, 69_999}) {
            assertThat(prover.consistency(old, 70_000).verify(prover.root(old), tree.root()))
                    .isEqualTo(ProofVerdict.VERIFIED);
        }
    }

    @Property(tries = 50)
    void treeAndTilesResumedGoOnAsIfTheyHadNotStopped(@ForAll @IntRange(max = 1000) int stop) throws Exception {
        NaiveTree naive = new NaiveTree(1100);
        Kept kept = new Kept();
        TileAssembler before = new TileAssembler(kept);
        MerkleTree tree = new MerkleTree(before);
        grow(tree, naive, stop);
        kept.tiles.putAll(before.partial());
        TileAssembler after = TileAssembler.resume(stop, kept, kept);
        MerkleTree resumed = MerkleTree.resume(stop, new TileHashes(stop, kept), after);
        grow(resumed, naive, 1100);
        kept.tiles.putAll(after.partial());

        assertThat(resumed.root()).isEqualTo(naive.root(1100));
        assertThat(kept.tiles.keySet()).containsAll(Tile.between(0, 1100));
        assertThat(new Prover(new TileHashes(1100, kept)).root(1100)).isEqualTo(naive.root(1100));
    }

    private static void grow(MerkleTree tree, NaiveTree naive, int size) {
        for (int i = (int) tree.size(); i < size; i++) {
            tree.append(naive.leaf(i));
        }
    }

    @Test
    void fullTileStandsInForAPartialOne() throws Exception {
        NaiveTree naive = new NaiveTree(300);
        Kept kept = new Kept();
        grow(new MerkleTree(new TileAssembler(kept)), naive, 256);
        TileSource fullOnly = tile -> kept.tile(new Tile(tile.level(), tile.index(), 256));

        assertThat(new Prover(new TileHashes(200, fullOnly)).root(200)).isEqualTo(naive.root(200));
    }

    @Test
    void tileOfAnotherLengthIsRefused() {
        for (int length : new int[] {0, 31, 63, 32 * 9, 32 * 10 - 1, 32 * 10 + 1, 32 * 257}) {
            TileHashes hashes = new TileHashes(10, tile -> new byte[length]);
            assertThatThrownBy(() -> hashes.hash(0, 0))
                    .as("%d bytes", length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("tile/0/000.p/10");
        }
        TileHashes hashes = new TileHashes(10, tile -> new byte[320]);
        assertThatThrownBy(() -> hashes.hash(0, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hashes.hash(3, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hashes.hash(64, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Tiles in memory. */
    private static final class Kept implements TileSink, TileSource {
        private final Map<Tile, byte[]> tiles = new HashMap<>();

        @Override
        public void full(Tile tile, byte[] bytes) {
            assertThat(tiles.put(tile, Arrays.copyOf(bytes, bytes.length)))
                    .as("%s, again", tile)
                    .isNull();
        }

        @Override
        public byte[] tile(Tile tile) throws IOException {
            byte[] bytes = tiles.get(tile);
            if (bytes == null) {
                throw new IOException("no " + tile.path());
            }
            return bytes;
        }
    }
}
