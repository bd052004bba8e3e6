package io.certrail.trail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that can be seen of a folder: names, bytes and times of what is in it. Two that are equal show that nobody touched it. */
public record FolderSnapshot(SortedMap<String, String> files) {
    public static FolderSnapshot of(Path folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.toList()) {
                files.put(folder.relativize(file).toString(), describe(file));
            }
        }
        return new FolderSnapshot(files);
    }

    private static String describe(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        FileTime changed = attributes.lastModifiedTime();
        return attributes.isDirectory()
                ? "folder of " + changed
                : Arrays.hashCode(Files.readAllBytes(file)) + ", " + attributes.size() + " bytes of " + changed;
    }

    /** Copies a folder with all that is in it. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path file : walk.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
