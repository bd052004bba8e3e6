package io.certrail.tlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The coordinates of a tile: up to 256 consecutive hashes of one level (C2SP tlog-tiles). A tile of level {@code l} holds
 * hashes of subtrees of 256<sup>l</sup> leaves.
 *
 * @param level 0 for leaf hashes; at most 7 in a tree of less than 2<sup>63</sup> leaves, 63 in a path
 * @param index the tile's place in its level, from 0
 * @param width how many hashes: 256 in a full tile, 1 to 255 in a partial one
 */
public record Tile(int level, long index, int width) {
    /** Hashes in a full tile. */
    public static final int FULL_WIDTH = 256;
    /** Levels of the tree in one tile. */
    static final int HEIGHT = 8;

    private static final int MAX_LEVEL = 63;
    private static final int MAX_PATH = 64;
    private static final int GROUP = 1000;
    private static final Pattern PATH =
            Pattern.compile("tile/(0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    /** Checks the bounds. */
    public Tile {
        if (level < 0 || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL_WIDTH) {
            throw new IllegalArgumentException("level " + level + ", index " + index + ", width " + width);
        }
    }

    /** Whether all 256 hashes are there: such a tile never changes. */
    public boolean isFull() {
        return width == FULL_WIDTH;
    }

    /** Length of the tile in bytes. */
    public int length() {
        return width * Hash.LENGTH;
    }

    /** The path below a log's prefix, as in {@code tile/0/x001/x234/067} and {@code tile/0/000.p/5}. */
    public String path() {
        StringBuilder path = new StringBuilder("tile/").append(level).append('/');
        appendGroups(path, index / GROUP);
        appendDigits(path, index % GROUP);
        return isFull() ? path.toString() : path.append(".p/").append(width).toString();
    }

    private static void appendGroups(StringBuilder path, long number) {
        if (number > 0) {
            appendGroups(path, number / GROUP);
            appendDigits(path.append('x'), number % GROUP);
            path.append('/');
        }
    }

    private static void appendDigits(StringBuilder path, long group) {
        path.append((char) ('0' + group / 100))
                .append((char) ('0' + group / 10 % 10))
                .append((char) ('0' + group % 10));
    }

    /** The tile of a path; empty if it is not exactly what {@link #path} gives. */
    public static Optional<Tile> parse(String path) {
        Matcher matcher = PATH.matcher(path);
        if (path.length() > MAX_PATH || !matcher.matches()) {
            return Optional.empty();
        }
        try {
            Tile tile = new Tile(
                    Integer.parseInt(matcher.group(1)),
                    Long.parseLong(matcher.group(2).replaceAll("[x/]", "")),
                    matcher.group(3) == null ? FULL_WIDTH : Integer.parseInt(matcher.group(3)));
            return Optional.of(tile).filter(canonical -> canonical.path().equals(path));
        } catch (IllegalArgumentException e) { // too large a level, width or index
            return Optional.empty();
        }
    }

    /** The tiles that a tree has and its older self had not, those of the lowest level first; partial ones too. */
    public static List<Tile> between(long oldSize, long newSize) {
        if (oldSize < 0 || oldSize > newSize) {
            throw new IllegalArgumentException("trees of " + oldSize + " and " + newSize);
        }
        List<Tile> tiles = new ArrayList<>();
        for (int level = 0; hashes(level, newSize) > 0; level++) {
            long before = hashes(level, oldSize);
            long now = hashes(level, newSize);
            if (before < now) {
                for (long index = before / FULL_WIDTH; index < now / FULL_WIDTH; index++) {
                    tiles.add(new Tile(level, index, FULL_WIDTH));
                }
                partial(level, newSize).ifPresent(tiles::add);
            }
        }
        return tiles;
    }

    /** The partial tile of a level in a tree, if it has one. */
    static Optional<Tile> partial(int level, long size) {
        long hashes = hashes(level, size);
        int width = (int) (hashes % FULL_WIDTH);
        return width == 0 ? Optional.empty() : Optional.of(new Tile(level, hashes / FULL_WIDTH, width));
    }

    /** The number of hashes in all tiles of a level of a tree. */
    static long hashes(int level, long size) {
        return level * HEIGHT >= Long.SIZE ? 0 : size >>> (level * HEIGHT);
    }
}
