package io.certrail.server.payara;

import java.lang.reflect.Field;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.http.io.OutputBuffer;
import org.glassfish.grizzly.http.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * What Grizzly holds of an answer's body. Text in it waits to be encoded, and Grizzly counts two bytes for each character of
 * that. Needs no class that may not be loaded yet: the application's end, with answers on their way, may have come.
 */
final class BufferedBody {
    private static final @Nullable Field TEXT = field("charsArray");
    private static final @Nullable Field LENGTH = field("charsArrayLength");
    private static final Charset UTF_8 = StandardCharsets.UTF_8;
    private static final Charset LATIN_1 = StandardCharsets.ISO_8859_1;
    private static final Charset ASCII = StandardCharsets.US_ASCII;
    private static final int UNKNOWN = -1;

    private BufferedBody() {}

    private static @Nullable Field field(String name) {
        try {
            Field field = OutputBuffer.class.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException | RuntimeException e) {
            return null; // an answer's size is not worth a deployment
        }
    }

    /** Its size in bytes, once it is encoded; -1 if that is not known. */
    static long size(Response response) {
        OutputBuffer output = response.getOutputBuffer();
        long counted = output.getBufferedDataSize();
        try {
            int length = LENGTH == null ? 0 : LENGTH.getInt(output);
            if (length == 0 || TEXT == null) {
                return counted;
            }
            int encoded = encodedSize((char[]) TEXT.get(output), length, response.getCharacterEncoding());
            return encoded == UNKNOWN ? UNKNOWN : counted - 2L * length + encoded;
        } catch (IllegalAccessException e) {
            return UNKNOWN;
        }
    }

    /** @param name the charset's, or another one that it has; Grizzly's is ISO 8859-1 where none is told */
    static int encodedSize(char[] text, int length, @Nullable String name) {
        try {
            Charset charset = name == null ? LATIN_1 : Charset.forName(name);
            if (charset.equals(UTF_8)) {
                return utf8Size(text, length);
            }
            return charset.equals(LATIN_1) || charset.equals(ASCII)
                    ? length
                    : new String(text, 0, length).getBytes(charset).length;
        } catch (RuntimeException e) {
            return UNKNOWN; // no such charset, or none to write in
        }
    }

    private static int utf8Size(char[] text, int length) {
        int size = 0;
        for (int i = 0; i < length; i++) {
            char c = text[i];
            if (isHigh(c) && i + 1 < length && isLow(text[i + 1])) {
                size += 4;
                i++;
            } else if (c < 0x80 || isHigh(c) || isLow(c)) { // half a pair becomes a question mark
                size++;
            } else {
                size += c < 0x800 ? 2 : 3;
            }
        }
        return size;
    }

    private static boolean isHigh(char surrogate) {
        return surrogate >= 0xD800 && surrogate < 0xDC00;
    }

    private static boolean isLow(char surrogate) {
        return surrogate >= 0xDC00 && surrogate < 0xE000;
    }
}
