package io.certrail.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.tlog.SignatureType;
import io.certrail.tlog.VerifierKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What commands are given: folders of trails, and keys. */
final class TrailFolder {
    private static final int MAX_BYTES = 8192;

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
     * A key of the log as it is given with {@code --key}: its text, or a file that holds it.
     *
     * @throws IllegalArgumentException if it is neither; tell the user
     */
    static VerifierKey key(String given) throws IOException {
        return key("--key", given);
    }

    /**
     * Keys of witnesses, as they are given with {@code --witness}.
     *
     * @throws IllegalArgumentException if one is none; tell the user
     */
    static List<VerifierKey> witnesses(List<String> given) throws IOException {
        Set<VerifierKey> keys = new LinkedHashSet<>();
        for (String each : given) {
            keys.add(witness(each));
        }
        return List.copyOf(keys);
    }

    /** One of {@link #witnesses}. */
    static VerifierKey witness(String given) throws IOException {
        VerifierKey key = key("--witness", given);
        if (key.type() != SignatureType.COSIGNATURE) {
            throw new IllegalArgumentException("--witness: " + key.id() + " is the key of a log, not of a witness");
        }
        return key;
    }

    private static VerifierKey key(String option, String given) throws IOException {
        if (VerifierKey.read(given).isPresent()) {
            return VerifierKey.parse(given);
        }
        Path file = Path.of(given);
        if (!Files.exists(file) || Files.isDirectory(file)) { // a pipe is good, too
            throw new IllegalArgumentException(
                    option + ": neither a file nor a verifier key (<name>+<8 hexadecimal digits>+<Base64>): " + given);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return VerifierKey.parse(new String(in.readNBytes(MAX_BYTES), UTF_8).strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + file + ": " + e.getMessage(), e);
        }
    }
}
