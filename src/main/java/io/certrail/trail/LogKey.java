package io.certrail.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.KeyChain;
import io.certrail.tlog.KeyRotation;
import io.certrail.tlog.Opened;
import io.certrail.tlog.SignerKey;
import io.certrail.tlog.VerifierKey;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key that signs a trail's checkpoints, in its file; made with the trail. Whatever does not fit is an {@link IOException}
 * whose message tells the operator what was found and what to do; nothing is then changed.
 */
final class LogKey {
    private static final int MAX_BYTES = 8192;

    private final TrailFiles files;
    private final TrailLayout layout;
    private final TrailKeys keys;
    private final Replacement replacement;
    private final Path file;
    private final @Nullable String origin;

    LogKey(TrailFiles files, TrailLayout layout, CheckpointOptions options) {
        this.files = files;
        this.layout = layout;
        this.keys = TrailKeys.of(files, layout.folder());
        this.replacement = new Replacement(files);
        Path elsewhere = options.key();
        this.file = elsewhere == null ? layout.key() : elsewhere;
        this.origin = options.origin();
    }

    /**
     * The key and those before it.
     *
     * @param chain from {@code key.pub} to this key
     */
    record Loaded(SignerKey key, KeyChain chain) {
        /** Opens the newest checkpoint, which must be by a key of the chain that was in force. */
        Checkpoint open(byte[] newest, TrailLayout layout) throws IOException {
            Opened<Checkpoint> opened = chain.open(newest);
            if (opened instanceof Opened.Rejected<Checkpoint> rejected) {
                throw new IOException("The checkpoint " + layout.checkpoint() + " is not one of the trail's key: "
                        + rejected.detail()
                        + ". Checkpoint or key were changed or replaced. Nothing was changed now; keep a"
                        + " copy of the folder as evidence, see `certrail verify " + layout.folder()
                        + "`, then restore it from a backup or move it away to begin a new trail.");
            }
            return opened.accepted().orElseThrow();
        }
    }

    /**
     * Loads the key, or makes one if the trail is new.
     *
     * @param isNew whether the trail has no checkpoint
     */
    Loaded load(boolean isNew) throws IOException {
        VerifierKey first = keys.first().orElse(null);
        if (first == null && !isNew) {
            throw new IOException(
                    layout.publicKey() + " is missing, but the trail has checkpoints. Put the public key back"
                            + " that the trail began with: whoever verifies has a copy.");
        }
        SignerKey key = read(file).orElse(null);
        if (key == null) {
            if (first != null) {
                throw new IOException(
                        "The private key " + file + " is missing, but the trail has begun to use it. Put it back from"
                                + " your copy, or tell its place (certrail.key; --private-key of a command);"
                                + " without it this"
                                + " trail can not go on: move the folder away to begin a new one.");
            }
            key = make();
        }
        checkOrigin(key);
        if (first == null) {
            first = key.verifierKey();
            replacement.durable(layout.publicKey(), (first.text() + "\n").getBytes(UTF_8));
        }
        return fit(key, chain(first));
    }

    private SignerKey make() throws IOException {
        SignerKey key = SignerKey.generate(origin == null ? Origin.make() : origin);
        try {
            write(file, key);
        } catch (IOException e) {
            throw new IOException(
                    "The private key of the trail's checkpoints can not be made: expected that " + file
                            + " can be written by this process (" + e + ")",
                    e);
        }
        return key;
    }

    private void write(Path to, SignerKey key) throws IOException {
        files.createFolder(Replacement.parent(to));
        replacement.secret(to, (key.secretText() + "\n").getBytes(UTF_8));
    }

    private Optional<SignerKey> read(Path from) throws IOException {
        Optional<byte[]> bytes = SmallFile.read(files, from, MAX_BYTES);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        if (!files.isPrivate(from)) {
            throw new IOException("Others than its owner may read or write the private key " + from
                    + ". Expected mode 0600: `chmod 600 " + from
                    + "`, and if somebody may have read it, replace the key.");
        }
        try {
            return Optional.of(SignerKey.parse(new String(bytes.get(), UTF_8).strip()));
        } catch (IllegalArgumentException e) {
            throw new IOException("The private key " + from + " can not be read: " + e.getMessage(), e);
        }
    }

    private void checkOrigin(SignerKey key) throws IOException {
        String name = key.verifierKey().name();
        if (origin != null && !origin.equals(name)) {
            throw new IOException("The private key " + file + " is of the log " + name + ", but certrail.origin is "
                    + origin + ". A log keeps its name: set certrail.origin to that of the key, or leave it out.");
        }
    }

    private KeyChain chain(VerifierKey first) throws IOException {
        Opened<KeyChain> chain = keys.chain(first);
        if (chain instanceof Opened.Rejected<KeyChain> rejected) {
            throw new IOException(
                    "The key rotations in " + layout.rotations() + " do not follow from " + layout.publicKey() + ": "
                            + rejected.detail() + ". One of them was changed or replaced: restore both.");
        }
        return chain.accepted().orElseThrow();
    }

    /** A rotation that was cut short is finished: its note is the word that counts. */
    private Loaded fit(SignerKey key, KeyChain chain) throws IOException {
        if (chain.current().equals(key.verifierKey())) {
            return new Loaded(key, chain);
        }
        SignerKey next = read(next()).orElse(null);
        if (next == null || !chain.current().equals(next.verifierKey())) {
            throw new IOException("The private key " + file + " is " + key + ", but the trail's key is "
                    + chain.current().id() + " as " + layout.publicKey() + " and " + layout.rotations()
                    + " say. Put the right private key in its place; nothing can be signed with another.");
        }
        use(next);
        return new Loaded(next, chain);
    }

    private Path next() {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    private void use(SignerKey next) throws IOException {
        files.replace(next(), file);
        files.forceFolder(Replacement.parent(file));
        GuardedLog.log(Level.INFO, "CTR0314 Checkpoints are signed by {0} from now on", next);
    }

    /**
     * Makes a new key and hands over to it. The old one is deleted; where the file system keeps copies, so does it.
     *
     * @param last the newest checkpoint, signed by the old key
     * @throws IOException if it did not succeed, or this process makes files of another user than the old key's
     */
    Loaded rotate(Loaded old, Checkpoint last) throws IOException {
        SignerKey next = SignerKey.generate(last.origin());
        write(next(), next);
        checkOwner();
        byte[] note = KeyRotation.sign(last, old.key(), next).bytes();
        files.createFolder(layout.rotations());
        files.forceFolder(layout.folder());
        String name = String.format(Locale.ROOT, "%06d.note", keys.rotations().size() + 1);
        replacement.durable(layout.rotations().resolve(name), note);
        KeyChain chain = old.chain().with(note).accepted().orElseThrow();
        use(next);
        return new Loaded(next, chain);
    }

    /** A server whose user is another could not read the new key, which has the mode 0600. */
    private void checkOwner() throws IOException {
        String owner = files.owner(file);
        String own = files.owner(next());
        if (!owner.equals(own)) {
            files.delete(next());
            throw new IOException(
                    "The private key " + file + " is " + owner + "'s, and what this process makes is " + own
                            + "'s: the server could not read a new key. It was not replaced. Run it as the user that the server"
                            + " runs as, such as `sudo -u " + owner + "`.");
        }
    }
}
