package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.Hash;
import io.certrail.tlog.InclusionProof;
import io.certrail.tlog.KeyChain;
import io.certrail.tlog.TlogProof;
import io.certrail.tlog.TreeHasher;
import io.certrail.tlog.VerifierKey;
import io.certrail.trail.CheckpointCounts;
import io.certrail.trail.CheckpointHistory;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailKeys;
import io.certrail.trail.TrailTree;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Proofs of this trail's newest checkpoint as it was when this was made. None leaves that was not verified here. Belongs to one
 * thread.
 */
final class Proofs {
    private static final Logger LOG = System.getLogger(Proofs.class.getName());
    private static final String NO_KEY = "certrail";

    private final TrailTree tree;
    private final Optional<Newest> newest;

    private Proofs(TrailTree tree, Optional<Newest> newest) {
        this.tree = tree;
        this.newest = newest;
    }

    /**
     * The newest checkpoint.
     *
     * @param note as it was written
     * @param key that signs this trail's checkpoints now
     */
    record Newest(Checkpoint checkpoint, String note, VerifierKey key) {
        Optional<CheckpointCounts> counts() {
            return CheckpointCounts.of(checkpoint);
        }
    }

    /** A record's proof. */
    record Proof(InclusionProof inclusion, Newest newest) {
        /** As a file (C2SP tlog-proof). */
        String text() {
            return new String(new TlogProof(inclusion.index(), inclusion.path(), newest.note).bytes(), UTF_8);
        }
    }

    /** Reads the newest checkpoint of the trail in a folder. */
    static Proofs open(TrailFiles files, Path folder) throws IOException {
        Optional<byte[]> note = CheckpointHistory.of(files, folder).newest();
        Optional<VerifierKey> first = TrailKeys.of(files, folder).first();
        Optional<Newest> newest =
                note.isPresent() && first.isPresent() ? open(files, folder, note.get(), first.get()) : Optional.empty();
        return new Proofs(TrailTree.of(files, folder), newest);
    }

    private static Optional<Newest> open(TrailFiles files, Path folder, byte[] note, VerifierKey first)
            throws IOException {
        Optional<KeyChain> chain = TrailKeys.of(files, folder).chain(first).accepted();
        Optional<Newest> opened = chain.flatMap(keys -> keys.open(note)
                .accepted()
                .map(checkpoint -> new Newest(checkpoint, new String(note, UTF_8), keys.current())));
        if (opened.isEmpty()) {
            LOG.log(
                    Level.ERROR,
                    "CTR0831 The trail's newest checkpoint is not signed by the trail's key: verify the trail");
        }
        return opened;
    }

    /** The name of the trail in a folder: its key's. */
    static String origin(TrailFiles files, Path folder) throws IOException {
        return TrailKeys.of(files, folder).first().map(VerifierKey::name).orElse(NO_KEY);
    }

    Optional<Newest> newest() {
        return newest;
    }

    static Hash leafHash(byte[] line) {
        return new TreeHasher().leaf(line);
    }

    /** That the newest checkpoint holds a line; empty if it does not yet. */
    Optional<Proof> of(long sequence, byte[] line) throws IOException {
        if (newest.isEmpty() || sequence >= newest.get().checkpoint.size()) {
            return Optional.empty();
        }
        Checkpoint checkpoint = newest.get().checkpoint;
        InclusionProof proof = tree.prover(checkpoint.size()).inclusion(sequence, checkpoint.size());
        if (!proof.verify(leafHash(line), checkpoint.root()).verified()) {
            LOG.log(Level.ERROR, "CTR0832 Record {0} is not what its checkpoint holds: verify the trail", sequence);
            return Optional.empty();
        }
        return Optional.of(new Proof(proof, newest.get()));
    }
}
