package io.certrail.hook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The head of an HTTP/1.1 message as it comes in, its beginning kept (RFC 9112 sections 2 and 6). Guarded by its owner.
 */
final class MessageHead {
    /** Most bytes kept. */
    static final int MAX_KEPT = 16 * 1024;

    /** How long the body is, where the head says so. */
    static final long NONE = -1;
    /** The body comes in chunks. */
    static final long CHUNKED = -2;

    private static final int INITIAL = 512;

    private final int keep;
    private byte[] bytes = new byte[INITIAL];
    private int kept;
    private long length;
    private long firstNanos;
    private boolean complete;
    private int newlines;

    MessageHead(int keep) {
        this.keep = keep;
    }

    /** Takes bytes until the empty line; empty lines before the first do not count (RFC 9112 section 2.2). */
    void take(ByteBuffer source) {
        while (!complete && source.hasRemaining()) {
            byte b = source.get();
            if (length == 0 && (b == '\r' || b == '\n')) {
                continue;
            }
            append(b);
            if (b == '\n') {
                newlines++;
                complete = newlines == 2;
            } else if (b != '\r') {
                newlines = 0;
            }
        }
    }

    private void append(byte b) {
        if (length == 0) {
            firstNanos = System.nanoTime();
        }
        length++;
        if (kept < keep) {
            if (kept == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(keep, 2 * kept));
            }
            bytes[kept] = b;
            kept++;
        }
    }

    boolean isComplete() {
        return complete;
    }

    boolean isEmpty() {
        return length == 0;
    }

    long length() {
        return length;
    }

    /** Whether not all of it was kept. */
    boolean isCut() {
        return length > kept;
    }

    long firstNanos() {
        return firstNanos;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, kept);
    }

    int kept() {
        return kept;
    }

    /** Whether it begins with these letters. */
    boolean startsWith(String prefix) {
        return kept >= prefix.length()
                && new String(bytes, 0, prefix.length(), StandardCharsets.ISO_8859_1).equals(prefix);
    }

    /** The status that a status line states, 0 where it is none. */
    int status() {
        if (!startsWith("HTTP/1.") || kept < "HTTP/1.1 200".length()) {
            return 0;
        }
        int status = 0;
        for (int i = "HTTP/1.1 ".length(); i < "HTTP/1.1 200".length(); i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            status = 10 * status + digit;
        }
        return status;
    }

    /** The length of the body that the head announces: bytes, {@link #CHUNKED}, or {@link #NONE} if it says nothing. */
    long bodyLength() {
        long announced = NONE;
        for (String line : new String(bytes, 0, kept, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
                return CHUNKED;
            }
            if (lower.startsWith("content-length:")) {
                announced = number(lower.substring("content-length:".length()).strip());
            }
        }
        return announced;
    }

    private static long number(String text) {
        try {
            return Math.max(NONE, Long.parseLong(text));
        } catch (NumberFormatException e) {
            return NONE;
        }
    }
}
