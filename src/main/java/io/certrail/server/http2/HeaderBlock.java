package io.certrail.server.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A header block that a server refused, to see what is wrong with its compression (RFC 7541) or with the fields that it has
 * (RFC 9113 section 8, in {@link HeaderFields}). Does not follow the dynamic table: what comes from there stays unknown, but in a
 * connection's first block, before which the table is empty.
 */
final class HeaderBlock {
    private static final List<String> STATIC_NAMES =
            List.of((":authority :method :method :path :path :scheme :scheme :status"
                            + " :status :status :status :status :status :status accept-charset accept-encoding accept-language"
                            + " accept-ranges accept access-control-allow-origin age allow authorization cache-control"
                            + " content-disposition content-encoding content-language content-length content-location content-range"
                            + " content-type cookie date etag expect expires from host if-match if-modified-since if-none-match"
                            + " if-range if-unmodified-since last-modified link location max-forwards proxy-authenticate"
                            + " proxy-authorization range referer refresh retry-after server set-cookie strict-transport-security"
                            + " transfer-encoding user-agent vary via www-authenticate")
                    .split(" "));

    /** Of the names from the second on; those behind it have none that matters. */
    private static final List<String> STATIC_VALUES = List.of(
            "GET", "POST", "/", "/index.html", "http", "https", "200", "204", "206", "304", "400", "404", "500");

    /** More than servers let a client have. */
    private static final int TABLE_SIZE = 1 << 12;

    private static final String BREAKS_OFF = "the header block breaks off";
    private static final String TOO_LARGE = "a number that is too large, in the header block";

    private final byte[] bytes;
    private final boolean first;
    private final BiConsumer<@Nullable String, @Nullable String> fields;
    private int at;
    private boolean entered;
    private @Nullable String broken;

    private HeaderBlock(byte[] bytes, boolean first, BiConsumer<@Nullable String, @Nullable String> fields) {
        this.bytes = bytes;
        this.first = first;
        this.fields = fields;
    }

    /**
     * Reads it as far as that goes.
     *
     * @param first whether it is its connection's first
     * @param fields takes each name and value, {@code null} what is not known
     * @return what is wrong with its compression, in words; {@code null}: nothing, as far as it shows
     */
    static @Nullable String read(byte[] bytes, boolean first, BiConsumer<@Nullable String, @Nullable String> fields) {
        HeaderBlock block = new HeaderBlock(bytes, first, fields);
        boolean begun = false;
        while (block.broken == null && block.at < bytes.length) {
            boolean resizes = bytes[block.at] >> 5 == 1;
            if (resizes) {
                block.resize(begun);
            } else {
                block.field();
            }
            begun |= !resizes;
        }
        return block.broken;
    }

    /** RFC 7541 sections 4.2 and 6.3. */
    private void resize(boolean late) {
        int size = number(5);
        if (late) {
            fail("the size of the dynamic table changes behind the beginning of the header block");
        } else if (size > TABLE_SIZE) {
            fail("a dynamic table of " + size + " bytes");
        }
    }

    private void field() {
        int octet = bytes[at];
        if (octet < 0) {
            indexed(number(7));
            return;
        }
        boolean enters = (octet & 0x40) != 0;
        int index = number(enters ? 6 : 4);
        String name = index == 0 ? text() : name(index);
        String value = broken == null ? text() : null;
        if (broken == null) {
            fields.accept(name, value);
            entered |= enters;
        }
    }

    private void indexed(int index) {
        if (index == 0) {
            fail("index 0 in the header block");
        }
        String name = broken == null ? name(index) : null;
        if (broken == null) {
            boolean valued = index >= 2 && index - 2 < STATIC_VALUES.size();
            String value = valued ? STATIC_VALUES.get(index - 2) : name == null ? null : "";
            fields.accept(name, value);
        }
    }

    private @Nullable String name(int index) {
        if (index <= STATIC_NAMES.size()) {
            return STATIC_NAMES.get(index - 1);
        }
        if (first && !entered) {
            fail("index " + index + " in the header block, which is in no table");
        }
        return null;
    }

    /** RFC 7541 section 5.1. */
    private int number(int prefix) {
        int most = (1 << prefix) - 1;
        long number = bytes[at++] & most;
        for (int shift = 0; number >= most && broken == null; shift += 7) {
            if (at == bytes.length || shift > 28) {
                fail(at == bytes.length ? BREAKS_OFF : TOO_LARGE);
                return 0;
            }
            int octet = bytes[at++];
            number += (long) (octet & 0x7F) << shift;
            if (octet >= 0) {
                break;
            }
        }
        if (number > Integer.MAX_VALUE) {
            fail(TOO_LARGE);
            return 0;
        }
        return (int) number;
    }

    /** RFC 7541 section 5.2. */
    private @Nullable String text() {
        if (broken != null || at == bytes.length) {
            fail(BREAKS_OFF);
            return null;
        }
        boolean huffman = bytes[at] < 0;
        int length = number(7);
        if (broken != null || length > bytes.length - at) {
            fail(BREAKS_OFF);
            return null;
        }
        String text = huffman ? HuffmanCode.decode(bytes, at, length) : new String(bytes, at, length, ISO_8859_1);
        at += length;
        if (text == null) {
            fail("a Huffman code in the header block that is none");
        }
        return text;
    }

    private void fail(String words) {
        broken = broken == null ? words : broken;
    }
}
