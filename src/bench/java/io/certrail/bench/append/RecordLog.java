package io.certrail.bench.append;

/** A way to keep records. Any number of threads append. */
interface RecordLog extends AutoCloseable {
    /** Returns once the record is on disk. */
    void append(byte[] line) throws Exception;
}
