package io.certrail.event;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes members as UTF-8 bytes into a buffer that grows and is kept. Each member is followed by a comma, which the
 * end of its object overwrites; so nothing needs to remember whether one comes before.
 */
final class RecordBytes implements RecordWriter, RecordEncoder.Encoded {
    private static final int MAX_DEPTH = 8;
    /** Room for a number, a time, or a name and what stands around it. */
    private static final int SMALL = 48;
    /** A character takes at most this: an escape, or half the two of a supplementary one. */
    private static final int MAX_ESCAPE = 6;

    private final MemberNames names = new MemberNames();
    private final TimeBytes time = new TimeBytes();
    /** Where each open object begins, to take it back if nothing was put in. */
    private final int[] begins = new int[MAX_DEPTH];

    /** By place, the text that was last seen there to need no escape: most are the same again. */
    private final @Nullable String[] plain = new @Nullable String[MemberPath.values().length + 1];

    private byte[] bytes = new byte[2048];
    private int length;
    private int depth;
    /** Of the member told by its path last, whose objects are open. */
    private int place;

    /** Begins a record anew. */
    void reset() {
        bytes[0] = '{';
        length = 1;
        depth = 0;
        place = MemberPath.TOP;
    }

    /** Takes back what was written last. */
    void drop(int count) {
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
        leavePaths();
        begins[depth++] = length;
        name(name);
        bytes[length++] = '{';
        return this;
    }

    @Override
    public RecordWriter end() {
        depth--;
        if (bytes[length - 1] == ',') {
            bytes[length - 1] = '}';
            comma();
        } else {
            length = begins[depth];
        }
        return this;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same object is known without a look
    public RecordWriter put(String name, @Nullable String value) {
        if (value == null) {
            return this;
        }
        MemberNames.Member member = name(name);
        if (member == null) {
            text(value);
        } else if (value == member.plain) {
            plain(value);
        } else if (text(value)) {
            member.plain = value;
        }
        comma();
        return this;
    }

    @Override
    public RecordWriter put(MemberPath path, @Nullable String value) {
        if (value == null) {
            return this;
        }
        step(path);
        if (value.equals(plain[path.place()])) {
            plain(value);
        } else if (text(value)) {
            plain[path.place()] = value;
        }
        comma();
        return this;
    }

    @Override
    public RecordWriter put(String name, long value) {
        if (value >= 0) {
            name(name);
            number(value);
        }
        return this;
    }

    @Override
    public RecordWriter put(MemberPath path, long value) {
        if (value >= 0) {
            step(path);
            number(value);
        }
        return this;
    }

    private void number(long value) {
        room(SMALL);
        length = Digits.put(value, bytes, length);
        bytes[length++] = ',';
    }

    @Override
    public RecordWriter put(String name, boolean value) {
        name(name);
        ascii(value ? "true" : "false");
        comma();
        return this;
    }

    @Override
    public RecordWriter put(String name, List<String> values) {
        if (!values.isEmpty()) {
            name(name);
            texts(values);
        }
        return this;
    }

    @Override
    public RecordWriter put(MemberPath path, List<String> values) {
        if (!values.isEmpty()) {
            step(path);
            texts(values);
        }
        return this;
    }

    private void texts(List<String> values) {
        bytes[length++] = '[';
        for (int i = 0; i < values.size(); i++) {
            text(values.get(i));
            comma();
        }
        bytes[length - 1] = ']';
        comma();
    }

    @Override
    public RecordWriter put(String name, @Nullable Instant value) {
        if (value != null && Rfc3339.has(value)) {
            name(name);
            time(value);
        }
        return this;
    }

    @Override
    public RecordWriter put(MemberPath path, @Nullable Instant value) {
        if (value != null && Rfc3339.has(value)) {
            step(path);
            time(value);
        }
        return this;
    }

    private void time(Instant value) {
        room(SMALL);
        length = time.put(value, bytes, length);
        bytes[length++] = ',';
    }

    @Override
    public RecordWriter connection(ConnectionFacts connection) {
        leavePaths();
        byte[] encoded = connection.encoded();
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
        return this;
    }

    private void step(MemberPath path) {
        room(MemberPath.Step.ROOM);
        length = path.step(place).put(bytes, length);
        place = path.place();
    }

    /** Ends the objects that paths have opened. */
    private void leavePaths() {
        int open = MemberPath.depth(place);
        place = MemberPath.TOP;
        if (open > 0) {
            room(open);
            length--; // the comma
            for (int i = 0; i < open; i++) {
                bytes[length++] = '}';
            }
            bytes[length++] = ',';
        }
    }

    private void comma() {
        room(1);
        bytes[length++] = ',';
    }

    /** Room for what is to come, and for a character more. */
    private void room(int more) {
        if (bytes.length - length <= more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more + 1));
        }
    }

    private MemberNames.@Nullable Member name(String name) {
        leavePaths();
        MemberNames.Member member = names.find(name);
        if (member != null) {
            room(SMALL);
            length = member.copyTo(bytes, length);
        } else {
            text(name);
            room(SMALL);
            bytes[length++] = ':';
        }
        return member;
    }

    @SuppressWarnings("deprecation") // the only copy of ASCII text that neither allocates nor decodes
    private void ascii(String text) {
        int count = text.length();
        room(count);
        text.getBytes(0, count, bytes, length);
        length += count;
    }

    /** A text that is known to need no escape. */
    private void plain(String text) {
        room(text.length() + 2);
        bytes[length++] = '"';
        ascii(text);
        bytes[length++] = '"';
    }

    /** Whether the text needed no escape. */
    private boolean text(String text) {
        room(text.length() + SMALL);
        int end = AsciiText.put(text, bytes, length + 1);
        if (end < 0) {
            escaped(text);
            return false;
        }
        bytes[length] = '"';
        bytes[end] = '"';
        length = end + 1;
        return true;
    }

    private void escaped(String text) {
        room(text.length() * MAX_ESCAPE + 2);
        bytes[length++] = '"';
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
        bytes[length++] = '"';
    }

    /** RFC 3629 section 3. */
    private void utf8(int c) {
        if (c < 0x80) {
            bytes[length++] = (byte) c;
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xC0 | (c >> 6));
            tail(c);
        } else if (c < 0x10000) {
            bytes[length++] = (byte) (0xE0 | (c >> 12));
            tail(c >> 6);
            tail(c);
        } else {
            bytes[length++] = (byte) (0xF0 | (c >> 18));
            tail(c >> 12);
            tail(c >> 6);
            tail(c);
        }
    }

    private void tail(int c) {
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
    }
}
