package io.certrail.trail;

import io.certrail.tlog.FixedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A small trail that comes out the same in every run: two lives, several segments, one key. What was made when its format was
 * new lies in the tests' resources for ever.
 */
final class GoldenTrail {
    static final String ORIGIN = "golden.example/log";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T16:00:00.123456Z"), ZoneOffset.UTC);

    private GoldenTrail() {}

    /** The trail of a folder, with the golden trail's clock and key; checkpoints are made at starts, stops and rotations. */
    static EvidenceFixture in(Path folder) throws IOException {
        Path key = folder.resolveSibling(folder.getFileName() + ".key");
        if (Files.notExists(key)) {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            Files.writeString(key, FixedKeys.of(ORIGIN, 7).secretText() + "\n");
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        }
        return new EvidenceFixture(folder)
                .clock(CLOCK)
                .segmentBytes(20_000)
                .checkpoints(new CheckpointOptions(Duration.ofHours(1), Duration.ofDays(7), key, ORIGIN));
    }

    /** Makes it. */
    static void make(Path folder) throws IOException {
        in(folder).live("boot-1", 300);
        in(folder).live("boot-2", 40);
    }

    /** The files that count, by their paths: not the lock, and not what only a crash needs. */
    static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (!name.equals("lock") && !name.startsWith("wal/")) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    /** Copies files to a folder. */
    static void copy(Map<String, byte[]> files, Path to) {
        files.forEach((name, bytes) -> {
            try {
                Path file = to.resolve(name);
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Makes it in a folder, for the resources of a format that is new. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("golden").resolve("trail");
        make(folder);
        copy(files(folder), Path.of(arguments[0]));
    }
}
