package io.certrail.scan.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 answer as it comes, up to a bound: whatever is no answer is kept, too.
 *
 * @param text head and body, each byte a character
 * @param atEnd whether the server has closed
 * @param trouble what ended the reading; null: nothing did
 */
record Answer(String text, boolean atEnd, @Nullable IOException trouble) {
    private static final char HANDSHAKE = 22;
    private static final int RECORD_HEAD = 5;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:\\s*(\\d{1,9})\\s*$");
    private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding:\\s*chunked\\s*$");

    /**
     * Reads until the answer is complete, the server closes, or there are so many bytes. What came before a timeout or a
     * reset is kept: a server that accepts a hello answers it, and waits.
     */
    static Answer read(InputStream in, int max) {
        var bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            while (bytes.size() < max && !isComplete(bytes.toString(ISO_8859_1))) {
                int count = in.read(buffer);
                if (count < 0) {
                    return new Answer(bytes.toString(ISO_8859_1), true, null);
                }
                bytes.write(buffer, 0, Math.min(count, max - bytes.size()));
            }
            return new Answer(bytes.toString(ISO_8859_1), false, null);
        } catch (IOException e) {
            return new Answer(bytes.toString(ISO_8859_1), false, e);
        }
    }

    private static boolean isComplete(String text) {
        int head = text.indexOf("\r\n\r\n");
        if (isHandshake(text) || head < 0) {
            return isHandshake(text);
        }
        String lines = text.substring(0, head);
        if (CHUNKED.matcher(lines).find()) {
            return text.endsWith("0\r\n\r\n");
        }
        Matcher length = LENGTH.matcher(lines);
        return length.find() ? text.length() - head - 4 >= Integer.parseInt(length.group(1)) : hasNoBody(lines);
    }

    /** One whole record of RFC 5246 section 6.2.1: the answer to a hello made by hand. */
    private static boolean isHandshake(String text) {
        return text.length() >= RECORD_HEAD
                && text.charAt(0) == HANDSHAKE
                && text.length() >= RECORD_HEAD + (text.charAt(3) << 8) + text.charAt(4);
    }

    private static boolean hasNoBody(String head) {
        return head.startsWith("HTTP/1.1 204") || head.startsWith("HTTP/1.1 304");
    }

    /** 0 if it is no answer. */
    int status() {
        Matcher status = STATUS.matcher(text);
        return status.lookingAt() ? Integer.parseInt(status.group(1)) : 0;
    }

    Optional<String> header(String name) {
        Matcher header = Pattern.compile("(?im)^" + Pattern.quote(name) + ":[ \\t]*(\\S+)[ \\t]*\\r?$")
                .matcher(text);
        return header.find() ? Optional.of(header.group(1)) : Optional.empty();
    }
}
