package io.certrail.tlog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Figures that others computed, from files beside this class. */
final class Figures {
    private Figures() {}

    /** The lines of a file, each split at its tabs; those that begin with # say where they come from. */
    static List<String[]> rows(String file) {
        try (InputStream in = Figures.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
