package io.certrail.trail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.tlog.Hash;
import io.certrail.tlog.MerkleTree;
import io.certrail.tlog.Prover;
import io.certrail.tlog.Tile;
import io.certrail.tlog.TileAssembler;
import io.certrail.tlog.TreeHasher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrailTreeTest {
    private final TreeHasher hasher = new TreeHasher();

    @TempDir
    Path folder;

    private TrailTree tree;

    @Test
    void proofsOfTheTreeOnDiskHold() throws IOException {
        Hash root = write(70_000);
        Prover prover = tree.prover(70_000);
        assertThat(prover.root(70_000)).isEqualTo(root);
        for (long index : new long[] {0, 255, 256, 65_535, 65_536, 69_999}) {
            assertThat(prover.inclusion(index, 70_000).verify(leaf(index), root).verified())
                    .isTrue();
        }
        Hash old = prover.root(300);
        assertThat(prover.consistency(300, 70_000).verify(old, root).verified()).isTrue();
    }

    @Test
    void olderTreeIsReadFromNewerTiles() throws IOException {
        Hash root = write(300);
        write(1000);
        Files.delete(tree.file(new Tile(0, 1, 44)));
        assertThat(tree.prover(300).root(300)).isEqualTo(root);
    }

    @Test
    void tileThatIsMissingIsNamed() throws IOException {
        write(600);
        Tile tile = new Tile(0, 1, Tile.FULL_WIDTH);
        Files.delete(tree.file(tile));
        assertThat(tree.find(tile)).isEmpty();
        assertThatThrownBy(() -> tree.prover(600).inclusion(300, 600))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageEndingWith("tile/0/001");
    }

    @Test
    void tileThatIsTooLongIsNotReadToItsEnd() throws IOException {
        write(600);
        Tile tile = new Tile(0, 1, Tile.FULL_WIDTH);
        Files.write(tree.file(tile), new byte[8193]);
        assertThatThrownBy(() -> tree.tile(tile))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 8192 bytes");
    }

    private Hash leaf(long index) {
        return hasher.leaf(Long.toString(index).getBytes(US_ASCII));
    }

    /** Writes the tiles of a tree as they have to lie there. */
    private Hash write(long size) throws IOException {
        tree = TrailTree.of(TrailFiles.onDisk(), folder);
        TileAssembler tiles = new TileAssembler((tile, bytes) -> write(tile, Arrays.copyOf(bytes, bytes.length)));
        MerkleTree merkle = new MerkleTree(tiles);
        for (long i = 0; i < size; i++) {
            merkle.append(leaf(i));
        }
        for (Map.Entry<Tile, byte[]> partial : tiles.partial().entrySet()) {
            write(partial.getKey(), partial.getValue());
        }
        return merkle.root();
    }

    private void write(Tile tile, byte[] bytes) {
        try {
            Files.createDirectories(tree.file(tile).getParent());
            Files.write(tree.file(tile), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
