package io.certrail.server.payara;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.server.ErrorCode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a client's HTTP/2, from what Grizzly's framing layer says (RFC 9113 sections 5, 6 and 8).
 *
 * @param ofStream whether it ends one stream only, not the connection
 * @param ofHead whether it was found in a request's header block, of which nothing else will ever hear
 * @param blamesClient whether it can only be the client's fault
 */
record FrameFault(Fault fault, boolean ofStream, boolean ofHead, boolean blamesClient) {
    private static final String STREAM_EXCEPTION = "Http2StreamException";
    private static final String SESSION_EXCEPTION = "Http2SessionException";
    private static final Pattern PSEUDO_HEADER = Pattern.compile(":(path|method|scheme|authority)|service header");
    private static final Pattern TOO_LARGE = Pattern.compile("exceed|too (large|long|many)");
    /** Not of a size, whatever else is said of it: HPACK (RFC 7541 sections 4.2 and 5.2). */
    private static final Pattern COMPRESSION = Pattern.compile("(?i)padding|capacity");

    private static final Pattern CLASS_NAME = Pattern.compile("^(?:[a-z][\\w$]*\\.)+[A-Z][\\w$]*(?:: ?|$)");
    private static final Pattern UNSAFE = Pattern.compile("[^ -~]");
    private static final int SHOWN = 120;

    /** Of what was thrown, {@code null} if it says nothing of the client's HTTP/2. */
    static @Nullable FrameFault of(@Nullable Throwable thrown) {
        String type = thrown == null ? "" : thrown.getClass().getSimpleName();
        if (thrown == null || !(type.equals(STREAM_EXCEPTION) || type.equals(SESSION_EXCEPTION))) {
            return null;
        }
        String said = words(thrown.getMessage());
        boolean stream = type.equals(STREAM_EXCEPTION);
        boolean head = isOfHead(thrown) && !said.startsWith("Received second HEADERS");
        return new FrameFault(head ? head(said) : frame(said), stream, head, ErrorCode.blamesClient(errorCode(thrown)));
    }

    /** The name of HTTP/2's error code, empty if unknown. */
    private static String errorCode(Throwable thrown) {
        try {
            return String.valueOf(thrown.getClass().getMethod("getErrorCode").invoke(thrown));
        } catch (ReflectiveOperationException e) {
            return "";
        }
    }

    private static boolean isOfHead(Throwable thrown) {
        StackTraceElement[] stack = thrown.getStackTrace();
        return stack.length > 0 && stack[0].getMethodName().equals("processInRequest");
    }

    private static Fault head(String said) {
        if (TOO_LARGE.matcher(said).find() && !COMPRESSION.matcher(said).find()) {
            return Fault.of(Reason.HEADER_TOO_LARGE, "the request's header is too large: " + said);
        }
        return PSEUDO_HEADER.matcher(said).find()
                ? Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: bad pseudo-header of HTTP/2: " + said)
                : Fault.of(Reason.BAD_HEADER, "malformed header or pseudo-header of HTTP/2" + after(said));
    }

    private static Fault frame(String said) {
        return Fault.of(Reason.BAD_FRAME, "HTTP/2 protocol error: unexpected or malformed frame" + after(said));
    }

    private static String after(String said) {
        return said.isEmpty() ? "" : ": " + said;
    }

    /** Grizzly's words may repeat the client's. */
    private static String words(@Nullable String message) {
        String bare = message == null ? "" : CLASS_NAME.matcher(message).replaceFirst("");
        String safe = UNSAFE.matcher(bare).replaceAll("?");
        return safe.length() > SHOWN ? safe.substring(0, SHOWN) : safe;
    }
}
