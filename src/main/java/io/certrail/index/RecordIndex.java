package io.certrail.index;

import java.io.IOException;
import java.util.Optional;

/**
 * An engine that holds the projection. One thread feeds it; any number of threads ask. What was fed is found as soon as {@link #apply}
 * returned, and survives the end of the process if {@link #commit} returned.
 */
public interface RecordIndex extends AutoCloseable {
    /** What engine it is, as the API tells it. */
    String engine();

    /** The first sequence of a trail that is not in the index: where feeding goes on. */
    long next(String origin) throws IOException;

    /** The hash of the line before {@link #next}, as {@link IndexBatch#last} told it; empty if the index does not know it. */
    Optional<String> last(String origin) throws IOException;

    /**
     * Takes a batch: all of it, with its cursor, or nothing.
     *
     * @throws IOException if it could not be taken: try again later, from {@link #next}
     */
    void apply(IndexBatch batch) throws IOException;

    /** Makes what was applied survive the end of the process; does nothing if it does already. */
    void commit() throws IOException;

    /** Forgets all of a trail, so that it is fed anew. */
    void clear(String origin) throws IOException;

    /**
     * Forgets the records of a trail if another version brought them in, so that they are fed anew. What is known of its
     * certificates stays: it may be of records that retention deleted.
     *
     * @return whether it forgot them
     */
    boolean forgetOutdated(String origin) throws IOException;

    /**
     * Finds records.
     *
     * @throws BadCursorException if the query's cursor is none of this index
     * @throws SlowSearchException if it took too long
     */
    RecordPage search(RecordQuery query) throws IOException;

    /** One record of one trail. */
    Optional<RecordPage.Found> record(String origin, long sequence) throws IOException;

    /** The record of a trail with the lowest sequence: what came before it is gone. */
    Optional<RecordPage.Found> oldest(String origin) throws IOException;

    /** Finds certificates. */
    CertificatePage certificates(CertificateQuery query) throws IOException;

    /** One certificate of one trail. */
    Optional<SeenCertificate> certificate(String origin, String sha256) throws IOException;

    /** Counts. */
    Summary summarise(SummaryQuery query) throws IOException;

    /** How far it has come, with all trails that feed it. */
    Coverage coverage() throws IOException;

    @Override
    void close() throws IOException;
}
