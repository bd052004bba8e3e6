package io.certrail.cli;

import io.certrail.tlog.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What commands are given: folders of trails, and keys. */
final class TrailFolder {
    private TrailFolder() {}

    /** @throws IOException if there is no trail in the folder */
    static Path check(Path folder) throws IOException {
        if (!Files.isDirectory(folder.resolve("entries"))) {
            throw new IOException(
                    folder + " holds no trail: expected a folder with entries/ in it, as certrail.trail.folder names");
        }
        return folder;
    }

    /**
     * A key as it is given: its text, or a file that holds it.
     *
     * @throws IllegalArgumentException if it is neither; tell the user
     */
    static VerifierKey key(String given) throws IOException {
        if (VerifierKey.read(given).isPresent()) {
            return VerifierKey.parse(given);
        }
        Path file = Path.of(given);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "--key: neither a file nor a verifier key (<name>+<8 hexadecimal digits>+<Base64>): " + given);
        }
        try {
            return VerifierKey.parse(Files.readString(file).strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--key: " + file + ": " + e.getMessage(), e);
        }
    }
}
