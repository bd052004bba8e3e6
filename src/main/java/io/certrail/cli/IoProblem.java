package io.certrail.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** What went wrong with a file, in words: the JDK's exceptions say it with their type, and their text is the file alone. */
final class IoProblem {
    private IoProblem() {}

    static String words(IOException problem) {
        String what = problem.getMessage();
        if (problem instanceof NoSuchFileException gone) {
            return gone.getFile() + " " + Objects.requireNonNullElse(gone.getReason(), "does not exist");
        } else if (problem instanceof AccessDeniedException) {
            return what + " may not be read or written by this user";
        } else if (problem instanceof FileAlreadyExistsException) {
            return what + " exists already";
        } else if (problem instanceof NotDirectoryException) {
            return what + " is no folder";
        }
        return what == null ? problem.getClass().getSimpleName() : what;
    }
}
