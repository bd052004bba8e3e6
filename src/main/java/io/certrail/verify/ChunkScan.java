package io.certrail.verify;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.certrail.tlog.Hash;
import io.certrail.tlog.TreeHasher;
import io.certrail.trail.Newline;
import java.util.Arrays;

/** Hashes and scans the lines of pieces. For one thread at a time. */
final class ChunkScan {
    /** The most kinds of records, or boots, that are told apart in one piece; there are a dozen. */
    private static final int MOST = 1000;

    private static final byte[] HANDSHAKE = "tls.handshake".getBytes(US_ASCII);

    private final TreeHasher hasher = new TreeHasher();
    private final RecordScanner scanner = new RecordScanner();
    private final RecordFields fields = new RecordFields();
    private final byte[][] words = new byte[MOST][];
    private final byte[][] boots = new byte[MOST][];

    ScannedChunk scan(Chunk chunk) {
        ScannedChunk scanned = new ScannedChunk(chunk);
        byte[] buffer = chunk.buffer();
        for (int at = 0; at < chunk.length(); ) {
            int end = Newline.first(buffer, at, chunk.length());
            line(scanned, buffer, at, end);
            at = end + 1;
        }
        return scanned;
    }

    private void line(ScannedChunk scanned, byte[] buffer, int from, int to) {
        long sequence = buffer[from] == '{' ? RecordScanner.sequence(buffer, from, to) : ScannedChunk.NO_RECORD;
        int entry = scanned.add(from, to, sequence);
        if (sequence < 0) {
            return;
        }
        if (from > 0) {
            hasher.leafInPlace(buffer, from, to - from, scanned.hashes, entry * Hash.LENGTH);
        } else {
            hasher.leaf(buffer, from, to - from, scanned.hashes, entry * Hash.LENGTH);
        }
        if (scanner.scan(buffer, from, to, fields)) {
            scanned.times[entry] = fields.time;
            scanned.word[entry] = (short) word(scanned);
            scanned.boot[entry] = (short) boot(scanned);
            if (same(HANDSHAKE, fields.nameFrom, fields.nameTo)) {
                scanned.connections[entry] = fields.connectionNumber();
            }
        }
    }

    private int word(ScannedChunk scanned) {
        for (int i = 0; i < scanned.words.size(); i++) {
            if (same(words[i], fields.nameFrom, fields.outcomeTo)) {
                return i;
            }
        }
        String word =
                fields.text(fields.nameFrom, fields.nameTo) + ":" + fields.text(fields.outcomeFrom, fields.outcomeTo);
        int known = scanned.words.indexOf(word);
        if (known >= 0 || scanned.words.size() == MOST) {
            return known;
        }
        // name and outcome with what stands between them; where they stand the other way round, never found here again
        words[scanned.words.size()] =
                Arrays.copyOfRange(fields.array, fields.nameFrom, Math.max(fields.nameFrom, fields.outcomeTo));
        scanned.words.add(word);
        return scanned.words.size() - 1;
    }

    private int boot(ScannedChunk scanned) {
        for (int i = scanned.boots.size() - 1; i >= 0; i--) {
            if (same(boots[i], fields.bootFrom, fields.bootTo)) {
                return i;
            }
        }
        if (scanned.boots.size() == MOST) {
            return -1;
        }
        boots[scanned.boots.size()] = Arrays.copyOfRange(fields.array, fields.bootFrom, fields.bootTo);
        scanned.boots.add(fields.text(fields.bootFrom, fields.bootTo));
        return scanned.boots.size() - 1;
    }

    private boolean same(byte[] known, int from, int to) {
        return to > from && Arrays.equals(known, 0, known.length, fields.array, from, to);
    }
}
