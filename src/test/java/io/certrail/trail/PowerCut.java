package io.certrail.trail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a disk still has after a loss of power, as far as it was told to keep anything: of bytes that were not forced,
 * some blocks are there and some are not, in any order; a name whose folder was not forced is gone, or back.
 */
final class PowerCut {
    private static final int BLOCK = 512;

    /** By file: its bytes when it was last forced; null: it had no name that was forced. */
    private final Map<Path, byte @Nullable []> forced = new HashMap<>();

    private final Map<Path, byte[]> deleted = new HashMap<>();
    /** By file that took another's name since its folder was forced: what had the name before; null: nothing. */
    private final Map<Path, byte @Nullable []> replaced = new HashMap<>();

    private final Set<Path> unnamed = new HashSet<>();

    synchronized void created(Path file) {
        unnamed.add(file);
        forced.put(file, new byte[0]);
    }

    /** A file that was there before: all in it is on disk. */
    synchronized void opened(Path file) throws IOException {
        if (!forced.containsKey(file) && Files.exists(file)) {
            forced.put(file, Files.readAllBytes(file));
        }
    }

    synchronized void forced(Path file) throws IOException {
        if (Files.exists(file)) {
            forced.put(file, Files.readAllBytes(file));
        }
    }

    synchronized void deletes(Path file) throws IOException {
        if (Files.exists(file)) {
            byte[] bytes = forced.remove(file);
            if (!unnamed.remove(file)) {
                deleted.putIfAbsent(file, bytes == null ? Files.readAllBytes(file) : bytes);
            }
        }
    }

    synchronized void replaces(Path from, Path to) throws IOException {
        opened(to);
        if (!replaced.containsKey(to)) {
            replaced.put(to, unnamed.contains(to) ? null : forced.get(to));
        }
        unnamed.remove(from);
        unnamed.remove(to);
        forced.put(to, forced.remove(from));
    }

    synchronized void forcedFolder(Path folder) {
        replaced.keySet().removeIf(file -> folder.equals(file.getParent()));
        unnamed.removeIf(file -> folder.equals(file.getParent()));
        deleted.keySet().removeIf(file -> folder.equals(file.getParent()));
    }

    /** Leaves on disk what the power's loss leaves there. */
    synchronized void happens(long seed) throws IOException {
        Random random = new Random(seed);
        for (Path file : unnamed) {
            Files.deleteIfExists(file);
            forced.remove(file);
        }
        for (Map.Entry<Path, byte @Nullable []> each : forced.entrySet()) {
            if (Files.exists(each.getKey())) {
                byte[] before = each.getValue() == null ? new byte[0] : each.getValue();
                Files.write(each.getKey(), mixed(before, Files.readAllBytes(each.getKey()), random));
            }
        }
        for (Map.Entry<Path, byte @Nullable []> each : replaced.entrySet()) {
            if (random.nextBoolean()) {
                restore(each.getKey(), each.getValue());
            }
        }
        for (Map.Entry<Path, byte[]> each : deleted.entrySet()) {
            Files.write(each.getKey(), each.getValue());
        }
    }

    private static void restore(Path file, byte @Nullable [] before) throws IOException {
        if (before == null) {
            Files.deleteIfExists(file);
        } else {
            Files.write(file, before);
        }
    }

    /** Every block is the one that was forced or the one written since. One that was never forced is zero if missing. */
    private static byte[] mixed(byte[] before, byte[] after, Random random) {
        int least = Math.min(before.length, after.length);
        int most = Math.max(before.length, after.length);
        byte[] mixed = Arrays.copyOf(before, least + random.nextInt(most - least + 1));
        for (int at = 0; at < mixed.length; at += BLOCK) {
            boolean reached = random.nextBoolean();
            int end = Math.min(mixed.length, at + BLOCK);
            if (reached && at < after.length) {
                int count = Math.min(end, after.length) - at;
                System.arraycopy(after, at, mixed, at, count);
            }
        }
        return mixed;
    }
}
