package io.certrail.event;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        out.beginRecord();
        event.describeAll(out);
        out.put("boot_id", bootId).put("sequence", 0);
        out.dropLast(1);
        return out;
    }

    /** Members of a connection, as they stand in each of its records, without a comma before or after. */
    static byte[] members(ConnectionFacts connection) {
        RecordBytes out = new RecordBytes();
        connection.describe(out);
        return out.copy();
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

    /** Writes members as UTF-8 bytes into a buffer that grows. */
    private static final class RecordBytes implements RecordWriter, Encoded {
        private static final int MAX_DEPTH = 8;

        private byte[] bytes = new byte[2048];
        private int length;
        /** Whether the next member needs a comma before it. */
        private boolean comma;
        /** Where each open object begins, to take it back if nothing was put in. */
        private final int[] begins = new int[MAX_DEPTH];

        private final boolean[] commas = new boolean[MAX_DEPTH];
        private int depth;

        void reset() {
            length = 0;
            depth = 0;
            comma = false;
        }

        void beginRecord() {
            room(1);
            bytes[length++] = '{';
        }

        void dropLast(int count) {
            length -= count;
        }

        @Override
        public byte[] array() {
            return bytes;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public RecordWriter begin(String name) {
            begins[depth] = length;
            commas[depth++] = comma;
            name(name);
            bytes[length++] = '{';
            comma = false;
            return this;
        }

        @Override
        public RecordWriter end() {
            depth--;
            if (comma) {
                room(1);
                bytes[length++] = '}';
            } else {
                length = begins[depth];
                comma = commas[depth];
            }
            return this;
        }

        @Override
        public RecordWriter put(String name, @Nullable String value) {
            if (value != null) {
                name(name);
                text(value);
            }
            return this;
        }

        @Override
        public RecordWriter put(String name, long value) {
            if (value >= 0) {
                name(name);
                digits(value);
            }
            return this;
        }

        @Override
        public RecordWriter put(String name, boolean value) {
            name(name);
            ascii(value ? "true" : "false");
            return this;
        }

        @Override
        public RecordWriter put(String name, List<String> values) {
            if (!values.isEmpty()) {
                name(name);
                room(1);
                bytes[length++] = '[';
                for (int i = 0; i < values.size(); i++) {
                    if (i > 0) {
                        room(1);
                        bytes[length++] = ',';
                    }
                    text(values.get(i));
                }
                room(1);
                bytes[length++] = ']';
            }
            return this;
        }

        @Override
        public RecordWriter put(String name, @Nullable Instant value) {
            if (value != null) {
                name(name);
                time(value);
            }
            return this;
        }

        @Override
        public RecordWriter connection(ConnectionFacts connection) {
            byte[] members = connection.encoded();
            if (members.length > 0) {
                room(members.length + 1);
                if (comma) {
                    bytes[length++] = ',';
                }
                System.arraycopy(members, 0, bytes, length, members.length);
                length += members.length;
                comma = true;
            }
            return this;
        }

        private void room(int more) {
            if (bytes.length - length < more) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
            }
        }

        private void name(String name) {
            room(name.length() * 6 + 5);
            if (comma) {
                bytes[length++] = ',';
            }
            comma = true;
            text(name);
            bytes[length++] = ':';
        }

        @SuppressWarnings("deprecation") // the only copy of ASCII text that neither allocates nor decodes
        private void ascii(String text) {
            int count = text.length();
            room(count);
            text.getBytes(0, count, bytes, length);
            length += count;
        }

        private void text(String text) {
            room(text.length() + 4);
            bytes[length++] = '"';
            if (Escapes.plain(text)) {
                ascii(text);
            } else {
                escaped(text);
            }
            room(2);
            bytes[length++] = '"';
        }

        private void escaped(String text) {
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                i += Character.charCount(c);
                String escape = Escapes.of(c);
                if (escape != null) {
                    ascii(escape);
                } else {
                    utf8(c);
                }
            }
        }

        /** RFC 3629 section 3. */
        private void utf8(int c) {
            room(4);
            if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else if (c < 0x800) {
                bytes[length++] = (byte) (0xC0 | (c >> 6));
                bytes[length++] = (byte) (0x80 | (c & 0x3F));
            } else if (c < 0x10000) {
                bytes[length++] = (byte) (0xE0 | (c >> 12));
                bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                bytes[length++] = (byte) (0x80 | (c & 0x3F));
            } else {
                bytes[length++] = (byte) (0xF0 | (c >> 18));
                bytes[length++] = (byte) (0x80 | ((c >> 12) & 0x3F));
                bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                bytes[length++] = (byte) (0x80 | (c & 0x3F));
            }
        }

        private void digits(long value) {
            room(20);
            int count = 1;
            for (long rest = value; rest >= 10; rest /= 10) {
                count++;
            }
            number(value, count);
        }

        private void number(long value, int count) {
            long rest = value;
            for (int i = length + count - 1; i >= length; i--) {
                bytes[i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            length += count;
        }

        private void time(Instant time) {
            room(32);
            bytes[length++] = '"';
            long days = Math.floorDiv(time.getEpochSecond(), 86_400L);
            int second = (int) Math.floorMod(time.getEpochSecond(), 86_400L);
            date(days);
            part('T', second / 3600, 2);
            part(':', second / 60 % 60, 2);
            part(':', second % 60, 2);
            part('.', time.getNano() / 1000, 6);
            bytes[length++] = 'Z';
            bytes[length++] = '"';
        }

        private void part(char before, int value, int digits) {
            bytes[length++] = (byte) before;
            number(value, digits);
        }

        /** Civil date of a day since 1970-01-01, after H. Hinnant, "chrono-compatible low-level date algorithms". */
        private void date(long days) {
            long shifted = days + 719_468;
            long era = Math.floorDiv(shifted, 146_097L);
            int dayOfEra = (int) (shifted - era * 146_097);
            int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
            int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
            int shiftedMonth = (5 * dayOfYear + 2) / 153;
            int day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
            int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
            number(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4);
            part('-', month, 2);
            part('-', day, 2);
        }
    }
}
