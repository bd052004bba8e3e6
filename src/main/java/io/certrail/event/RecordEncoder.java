package io.certrail.event;

import java.util.Arrays;

/**
 * Encodes events to the bytes that JSON-B gives for their {@link AuditRecord}, without allocating: its buffer is kept
 * from one event to the next. The sequence is the trail's to give, so what is encoded ends where its digits begin.
 *
 * <p>Belongs to one thread.
 */
public final class RecordEncoder {
    /** What follows the sequence's digits in a record. */
    public static final String AFTER_SEQUENCE = "}}";

    private final RecordBytes out = new RecordBytes();

    /**
     * Encodes one event.
     *
     * @param bootId as in {@link AuditRecord#bootId()}
     */
    public Encoded encode(AuditEvent event, String bootId) {
        out.reset();
        event.describeAll(out);
        out.put("boot_id", bootId).put("sequence", 0);
        out.drop(2); // the digit and the comma after it
        return out;
    }

    /** Members of a connection, as they stand in each of its records, each with the comma after it. */
    static byte[] members(ConnectionFacts connection) {
        RecordBytes out = new RecordBytes();
        out.reset();
        connection.describe(out);
        return Arrays.copyOfRange(out.array(), 1, out.length());
    }

    /** The bytes encoded last; valid until the next call. */
    public interface Encoded {
        /** Holds the bytes from index 0; may be longer than they are. */
        byte[] array();

        /** How many bytes. */
        int length();

        /** A copy of its own. */
        default byte[] copy() {
            return Arrays.copyOf(array(), length());
        }
    }
}
