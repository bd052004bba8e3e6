package io.certrail.trail;

import io.certrail.tlog.Hash;
import io.certrail.tlog.Tile;
import io.certrail.tlog.TileSink;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tiles of a growing tree. A full tile is written once; of a partial one the widest is kept. Tiles are forced only
 * when they are sealed: until then they can be made again of the lines, and the next start does. Belongs to the integrator's
 * thread.
 */
final class TileFolder implements TileSink {
    private static final int LEVELS = 8;
    private static final int MOST_UNSEALED = 1024;

    private final TrailFiles files;
    private final Path folder;
    private final TrailTree tree;
    private final Replacement replacement;
    /** Tiles that became full by one line: one a level at most. Used again and again. */
    private final byte[][] full = new byte[LEVELS][Tile.FULL_WIDTH * Hash.LENGTH];

    private final Tile[] fullTiles = new Tile[LEVELS];
    private int waiting;
    private final Set<Path> folders = new LinkedHashSet<>();
    private final Set<Path> unsealed = new LinkedHashSet<>();
    /** By level: the partial tile that lies there. */
    private final Map<Integer, Tile> partial = new HashMap<>();

    private final Set<Tile> sealed = new HashSet<>();
    private final List<Tile> outgrown = new ArrayList<>();

    TileFolder(TrailFiles files, Path folder) {
        this.files = files;
        this.folder = folder.toAbsolutePath();
        this.tree = TrailTree.of(files, this.folder);
        this.replacement = new Replacement(files);
    }

    @Override
    public void full(Tile tile, byte[] bytes) {
        System.arraycopy(bytes, 0, full[waiting], 0, bytes.length);
        fullTiles[waiting++] = tile;
    }

    /** Whether full tiles wait to be written. */
    boolean isWaiting() {
        return waiting > 0;
    }

    /** Writes the full tiles that wait; after an exception, to be tried again before the tree goes on. */
    void flush() throws IOException {
        while (waiting > 0) {
            int last = waiting - 1;
            write(fullTiles[last], full[last]);
            waiting = last;
        }
        if (unsealed.size() >= MOST_UNSEALED) {
            seal();
        }
    }

    /** Forgets the full tiles that wait, and tells whether they are on disk already. */
    boolean areThere() {
        boolean same = true;
        while (waiting > 0) {
            waiting--;
            same &= isThere(fullTiles[waiting], full[waiting]);
        }
        return same;
    }

    private boolean isThere(Tile tile, byte[] bytes) {
        try {
            return tree.find(tile).filter(found -> Arrays.equals(found, bytes)).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private void write(Tile tile, byte[] bytes) throws IOException {
        Path file = tree.file(tile);
        makeFolder(Replacement.parent(file));
        replacement.fleeting(file, bytes);
        unsealed.add(file);
    }

    private void makeFolder(Path parent) throws IOException {
        files.createFolder(parent); // each time: somebody may have deleted or moved it
        if (folders.size() >= MOST_UNSEALED && !folders.contains(parent)) {
            seal();
        }
        folders.add(parent);
    }

    /** Writes the partial tiles of the tree as it is now. Those that they replace stay until {@link #dropOutgrown}. */
    void partial(Map<Tile, byte[]> now) throws IOException {
        for (Tile before : List.copyOf(partial.values())) {
            if (now.keySet().stream().noneMatch(tile -> tile.level() == before.level())) { // it has become full
                outgrow(before);
                partial.remove(before.level());
            }
        }
        for (Map.Entry<Tile, byte[]> entry : now.entrySet()) {
            Tile tile = entry.getKey();
            Tile before = partial.get(tile.level());
            if (!tile.equals(before)) {
                write(tile, entry.getValue());
                partial.put(tile.level(), tile);
                noteOutgrown(tile, before);
            }
        }
    }

    /** Nothing that is sealed from now on needs it: it is not forced any more, and may be gone. */
    private void outgrow(Tile tile) {
        outgrown.add(tile);
        unsealed.remove(tree.file(tile));
    }

    private void noteOutgrown(Tile tile, @Nullable Tile before) throws IOException {
        if (before != null) {
            outgrow(before);
            return;
        }
        for (Path file :
                NamedFiles.list(files, Replacement.parent(tree.file(tile)), TrailTree.WIDTH)) { // of an earlier life
            int width = Integer.parseInt(String.valueOf(file.getFileName()));
            if (width != tile.width() && width < Tile.FULL_WIDTH) {
                outgrown.add(new Tile(tile.level(), tile.index(), width));
            }
        }
    }

    /**
     * Deletes partial tiles that wider ones have replaced, once a checkpoint of these is out. Those that were there when all
     * was sealed stay until the next time: a start after a crash of the machine may have to go on from them.
     */
    void dropOutgrown() throws IOException {
        for (Tile tile : List.copyOf(outgrown)) {
            if (!sealed.contains(tile)) {
                Path file = tree.file(tile);
                files.delete(file);
                outgrown.remove(tile);
                unsealed.remove(file);
                dropFolder(Replacement.parent(file));
            }
        }
    }

    private void dropFolder(Path parent) throws IOException {
        boolean needed = Stream.concat(outgrown.stream(), partial.values().stream())
                .anyMatch(tile -> Replacement.parent(tree.file(tile)).equals(parent));
        if (!needed) {
            files.delete(parent);
            folders.remove(parent);
        }
    }

    /** Forces all that was written since. */
    void seal() throws IOException {
        for (Path file : List.copyOf(unsealed)) {
            force(file);
        }
        Set<Path> named = new LinkedHashSet<>();
        for (Path each : folders) {
            for (Path path = each; path.startsWith(folder); path = Replacement.parent(path)) {
                named.add(path);
            }
        }
        for (Path each : named) {
            files.forceFolder(each);
        }
        unsealed.clear();
        folders.clear();
        sealed.clear();
        sealed.addAll(partial.values());
    }

    /** Forces a tile. A partial one that somebody deleted or moved is forgotten, so that it is written anew next time. */
    private void force(Path file) throws IOException {
        try (TrailFiles.OpenFile open = files.open(file)) {
            open.force();
        } catch (NoSuchFileException e) {
            if (partial.values().removeIf(tile -> tree.file(tile).equals(file))) {
                unsealed.remove(file);
                folders.remove(Replacement.parent(file));
            }
            throw e;
        }
    }
}
