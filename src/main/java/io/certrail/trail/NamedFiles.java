package io.certrail.trail;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The files of a folder whose names have a form; others are not the trail's and are left alone. */
final class NamedFiles {
    private NamedFiles() {}

    /** In the order of their names; none if there is no such folder. */
    static List<Path> list(TrailFiles files, Path folder, Pattern form) throws IOException {
        try {
            return files.list(folder).stream()
                    .map(TrailFiles.Listed::file)
                    .filter(file ->
                            form.matcher(String.valueOf(file.getFileName())).matches())
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }
}
