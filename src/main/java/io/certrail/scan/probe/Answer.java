package io.certrail.scan.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");

    /**
     * Reads until the answer is complete, the server closes, or there are so many bytes. What came before a timeout or a
     * reset is kept: a server that accepts a hello answers it, and waits.
     */
    static Answer read(InputStream in, int max) {
        var incoming = new Incoming();
        byte[] buffer = new byte[8192];
        try {
            while (incoming.size() < max && !incoming.isComplete()) {
                int count = in.read(buffer, 0, Math.min(buffer.length, max - incoming.size()));
                if (count < 0) {
                    return new Answer(incoming.text(), true, null);
                }
                incoming.add(new String(buffer, 0, count, ISO_8859_1));
            }
            return new Answer(incoming.text(), false, null);
        } catch (IOException e) {
            return new Answer(incoming.text(), false, e);
        }
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
