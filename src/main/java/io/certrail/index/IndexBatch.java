package io.certrail.index;

import java.time.Instant;
import java.util.List;

/**
 * What goes into the index in one transaction.
 *
 * @param origin of the trail
 * @param lines in their order
 * @param skipped the lines between them, before or after that are no records
 * @param certificates as they are after these lines
 * @param next the first sequence after them: the cursor
 * @param last SHA-256 of the line before the cursor, lower-case hexadecimal
 * @param retired the first sequence that retention has left; what is below is to be forgotten. 0: nothing is
 * @param at when the lines were read
 */
public record IndexBatch(
        String origin,
        List<Line> lines,
        Skipped skipped,
        List<SeenCertificate> certificates,
        long next,
        String last,
        long retired,
        Instant at) {
    public IndexBatch {
        lines = List.copyOf(lines);
        certificates = List.copyOf(certificates);
    }

    /** A record and its line. */
    @SuppressWarnings("ArrayRecordComponent") // on their way from the trail to the engine
    public record Line(IndexedRecord record, byte[] bytes) {}
}
