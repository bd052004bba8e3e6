package io.certrail.server.wildfly;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an HTTP/1.1 answer: RFC 9112 section 4.
 *
 * @param isParsers whether it is the answer that Undertow's parser makes, word for word
 */
record StatusLine(int status, boolean isParsers) {
    private static final String VERSION = "HTTP/1.";
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final ByteBuffer PARSERS = ByteBuffer.wrap(
                    "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII))
            .asReadOnlyBuffer();
    private static final int SWITCHING_PROTOCOLS = 101;

    /** {@code null} if it is not the beginning of one. The buffer is left alone. */
    static @Nullable StatusLine read(ByteBuffer bytes) {
        if (bytes.remaining() < STATUS_AT + 3) {
            return null;
        }
        byte[] line = new byte[STATUS_AT + 3];
        bytes.get(bytes.position(), line);
        String text = new String(line, StandardCharsets.ISO_8859_1);
        String digits = text.substring(STATUS_AT);
        return text.startsWith(VERSION) && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                ? new StatusLine(Integer.parseInt(digits), isParsers(bytes))
                : null;
    }

    /** Whether this is all of the answer that Undertow's parser makes. The buffer is left alone. */
    static boolean isParsers(ByteBuffer bytes) {
        return PARSERS.equals(bytes);
    }

    /** Whether the final answer is still to come. */
    boolean isInterim() {
        return status < 200 && !isSwitch();
    }

    /** Whether the connection speaks another protocol from now on. */
    boolean isSwitch() {
        return status == SWITCHING_PROTOCOLS;
    }
}
