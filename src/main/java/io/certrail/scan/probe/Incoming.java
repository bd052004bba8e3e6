package io.certrail.scan.probe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer while it comes, in however small pieces: knows whether all of it is there. */
final class Incoming {
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:\\s*(\\d{1,9})\\s*$");
    private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding:\\s*chunked\\s*$");
    private static final String HEAD_END = "\r\n\r\n";
    private static final String LAST_CHUNK = "0\r\n\r\n";
    private static final char HANDSHAKE = 22;
    private static final int RECORD_HEAD = 5;

    private final StringBuilder text = new StringBuilder();
    private boolean hasHead;
    private boolean chunked;
    /** Of head and body; the greatest of all while it is not known. */
    private long whole = Long.MAX_VALUE;

    void add(String piece) {
        int before = text.length();
        text.append(piece);
        if (!hasHead) {
            int end = text.indexOf(HEAD_END, Math.max(0, before - HEAD_END.length()));
            if (end >= 0) {
                head(text.substring(0, end));
            }
        }
    }

    private void head(String lines) {
        hasHead = true;
        chunked = CHUNKED.matcher(lines).find();
        Matcher length = LENGTH.matcher(lines);
        if (length.find()) {
            whole = lines.length() + HEAD_END.length() + Long.parseLong(length.group(1));
        } else if (lines.startsWith("HTTP/1.1 204") || lines.startsWith("HTTP/1.1 304")) {
            whole = 0;
        }
    }

    int size() {
        return text.length();
    }

    boolean isComplete() {
        if (isHandshake()) {
            return true;
        }
        return chunked ? text.indexOf(LAST_CHUNK, size() - LAST_CHUNK.length()) >= 0 : size() >= whole;
    }

    /** One whole record of RFC 5246 section 6.2.1: the answer to a hello made by hand. */
    private boolean isHandshake() {
        return size() >= RECORD_HEAD
                && text.charAt(0) == HANDSHAKE
                && size() >= RECORD_HEAD + (text.charAt(3) << 8) + text.charAt(4);
    }

    /** Each byte a character. */
    String text() {
        return text.toString();
    }
}
