package io.certrail.trail;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What may be opened. Whoever can write a trail's folder may put a pipe there, which an open would wait for until somebody
 * writes to it, or a symbolic link to a file that only another user, such as the one who reads or repairs the trail, may write.
 * Folders on the way may be links: an operator's choice.
 */
final class RegularFile {
    private static final String ADVICE =
            ". Certrail puts none there: somebody else did. Nothing was changed; find out who, keep a copy of the folder"
                    + " as evidence, and put the file itself back, or take the other away if there was none.";

    private RegularFile() {}

    /**
     * Checks that a file can be read; a symbolic link to one can.
     *
     * @throws NoSuchFileException if it is missing
     * @throws IOException if it is something else; tells the operator what to do
     */
    static void checkReadable(Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
            throw new IOException(file + " is a folder, a pipe or a device, and no file" + ADVICE);
        }
    }

    /**
     * Checks that a file can be written in its own place: it must be no symbolic link, either.
     *
     * @throws NoSuchFileException if it is missing
     * @throws IOException if it is something else; tells the operator what to do
     */
    static void checkWritable(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            throw new IOException(file + " is a symbolic link, through which nothing is written" + ADVICE);
        }
        checkReadable(file);
    }

    /** The same, of a file that is made if it is missing. */
    static void checkWritableIfThere(Path file) throws IOException {
        if (Files.exists(file, NOFOLLOW_LINKS)) {
            checkWritable(file);
        }
    }
}
