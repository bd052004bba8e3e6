package io.certrail.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.Cosignature;
import io.certrail.tlog.Flaw;
import io.certrail.tlog.KeyChain;
import io.certrail.tlog.Opened;
import io.certrail.tlog.SignedNote;
import io.certrail.tlog.TlogProof;
import io.certrail.tlog.TreeHasher;
import io.certrail.tlog.VerifierKey;
import io.certrail.trail.CheckpointHistory;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailKeys;
import io.certrail.trail.TrailReader;
import io.certrail.trail.TrailTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One record that can be checked by somebody who has only the log's key. As a file:
 *
 * <pre>
 * certrail-proof/1
 * rotation &lt;Base64 of the note&gt;      for each time that the key was replaced
 * record &lt;the line as it stands in the trail&gt;
 * c2sp.org/tlog-proof@v1              what follows is a C2SP tlog-proof, with the checkpoint
 * …
 * </pre>
 *
 * @param record the line's text, without its newline
 * @param rotations notes of key rotations, oldest first
 */
public record RecordProof(String record, List<byte[]> rotations, TlogProof proof) {
    private static final String FORM = "certrail-proof/1";
    private static final String ROTATION = "rotation ";
    private static final String RECORD = "record ";

    public RecordProof {
        rotations = List.copyOf(rotations);
    }

    /**
     * Proves a record by a trail's newest checkpoint.
     *
     * @throws IOException if the trail cannot be read, or the record is not there or not sealed; says which
     */
    public static RecordProof make(TrailFiles files, Path folder, long sequence) throws IOException {
        byte[] note = CheckpointHistory.of(files, folder)
                .newest()
                .orElseThrow(() -> new IOException(folder + " has no checkpoint: nothing can be proved"));
        return make(files, folder, sequence, note, "the newest checkpoint");
    }

    /**
     * Proves a record by the last checkpoint that a witness cosigned.
     *
     * @throws IOException as {@link #make(TrailFiles, Path, long)}, or if there is no cosigned one
     */
    public static RecordProof make(TrailFiles files, Path folder, long sequence, VerifierKey witness)
            throws IOException {
        byte[] note = CheckpointHistory.of(files, folder)
                .cosigned(witness.id())
                .orElseThrow(() -> new IOException(folder + " has no checkpoint that " + witness.id() + " cosigned"));
        if (Cosignature.of(note, List.of(witness)) instanceof Opened.Rejected<List<Cosignature>> rejected) {
            throw new IOException(CheckpointHistory.cosigned(folder, witness.id())
                    + " is not cosigned as it should be: " + rejected.detail());
        }
        return make(files, folder, sequence, note, "the last checkpoint that " + witness.id() + " cosigned");
    }

    private static RecordProof make(TrailFiles files, Path folder, long sequence, byte[] note, String which)
            throws IOException {
        long size = Checkpoints.toldSize(note).orElseThrow(() -> new IOException(folder + ": " + which + " is none"));
        if (sequence >= size) {
            throw new IOException("Record " + sequence + " is not sealed: " + which + " is of " + size + " records");
        }
        List<byte[]> rotations = new ArrayList<>();
        for (TrailKeys.RotationNote rotation : TrailKeys.of(files, folder).rotations()) {
            rotations.add(rotation.bytes());
        }
        TlogProof proof = new TlogProof(
                sequence,
                TrailTree.of(files, folder)
                        .prover(size)
                        .inclusion(sequence, size)
                        .path(),
                new String(note, UTF_8));
        return new RecordProof(line(files, folder, sequence), rotations, proof);
    }

    private static String line(TrailFiles files, Path folder, long sequence) throws IOException {
        try (TrailReader reader = TrailReader.open(files, folder, sequence)) {
            if (!reader.next() || reader.sequence() != sequence) {
                throw new IOException("Record " + sequence + " is not there: retention deleted it, or somebody did");
            }
            return new String(reader.line(), UTF_8);
        }
    }

    /** As a file. */
    public byte[] bytes() {
        StringBuilder text = new StringBuilder(FORM + "\n");
        for (byte[] note : rotations) {
            text.append(ROTATION)
                    .append(Base64.getEncoder().encodeToString(note))
                    .append('\n');
        }
        text.append(RECORD).append(record).append('\n');
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text.toString().getBytes(UTF_8));
        bytes.writeBytes(proof.bytes());
        return bytes.toByteArray();
    }

    /** The proof of a file that may come from anyone; empty if it is none. Nothing of it is checked yet. */
    public static Optional<RecordProof> parse(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        if (!Arrays.equals(text.getBytes(UTF_8), bytes) || !text.startsWith(FORM + "\n")) {
            return Optional.empty();
        }
        List<byte[]> rotations = new ArrayList<>();
        int at = FORM.length() + 1;
        try {
            while (text.startsWith(ROTATION, at)) {
                int end = text.indexOf('\n', at);
                rotations.add(Base64.getDecoder().decode(text.substring(at + ROTATION.length(), Math.max(at, end))));
                at = end + 1;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
        int end = text.indexOf('\n', at);
        if (!text.startsWith(RECORD, at) || end < 0) {
            return Optional.empty();
        }
        String record = text.substring(at + RECORD.length(), end);
        return TlogProof.parse(text.substring(end + 1).getBytes(UTF_8))
                .map(proof -> new RecordProof(record, rotations, proof));
    }

    /** What witnesses state of the proof's checkpoint; as {@link Cosignature#of}, if the proof itself {@link #check holds}. */
    public Opened<List<Cosignature>> cosignatures(List<VerifierKey> witnesses) {
        return Cosignature.of(proof.checkpoint().getBytes(UTF_8), witnesses);
    }

    /**
     * Checks that the record is in the log of a key, and opens the checkpoint that says so.
     *
     * @param key that the log began with, or one that replaced it
     */
    public Opened<Checkpoint> check(VerifierKey key) {
        KeyChain keys = KeyChain.of(key);
        for (byte[] note : rotations) {
            if (note.length <= SignedNote.MAX_LENGTH) {
                keys = keys.with(note).accepted().orElse(keys);
            }
        }
        byte[] line = record.getBytes(UTF_8);
        if (RecordScanner.sequence(line, 0, line.length) != proof.index()) {
            return new Opened.Rejected<>(Flaw.NOT_INCLUDED, "the record's number is not the proof's " + proof.index());
        }
        return proof.verify(new TreeHasher().leaf(line), keys::open);
    }
}
