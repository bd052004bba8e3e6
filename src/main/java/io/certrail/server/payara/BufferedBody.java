package io.certrail.server.payara;

import java.lang.reflect.Field;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.http.io.OutputBuffer;
import org.glassfish.grizzly.http.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * What Grizzly holds of an answer's body. Text in it waits to be encoded, and Grizzly counts two bytes for each character of
 * that.
 */
final class BufferedBody {
    private static final @Nullable Field TEXT = field("charsArray");
    private static final @Nullable Field LENGTH = field("charsArrayLength");

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
        try {
            return output.getBufferedDataSize() + excess(response, output);
        } catch (IllegalAccessException | IllegalArgumentException e) { // also what a charset of no known name is
            return -1;
        }
    }

    /** What text that waits has more than Grizzly says. */
    private static long excess(Response response, OutputBuffer output) throws IllegalAccessException {
        if (TEXT == null || LENGTH == null) {
            return 0;
        }
        int length = LENGTH.getInt(output);
        return length == 0 ? 0 : encodedSize((char[]) TEXT.get(output), length, charset(response)) - 2L * length;
    }

    private static int encodedSize(char[] text, int length, Charset charset) {
        return new String(text, 0, length).getBytes(charset).length;
    }

    private static Charset charset(Response response) {
        String name = response.getResponse().getCharacterEncoding();
        return name == null ? StandardCharsets.ISO_8859_1 : Charset.forName(name);
    }
}
