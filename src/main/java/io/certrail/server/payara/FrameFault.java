package io.certrail.server.payara;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.server.ConnectionFaults;
import io.certrail.server.http2.ErrorCode;
import io.certrail.server.http2.HeaderFault;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a client's HTTP/2, from what Grizzly's framing layer says (RFC 9113 sections 5, 6 and 8).
 *
 * @param ofStream whether it ends one stream only, not the connection
 * @param stream its number, 0 of the connection, -1 if unknown
 * @param ofHead whether it was found in a request's first header block, of which nothing else will ever hear
 * @param blamesClient whether it can only be the client's fault
 */
record FrameFault(Fault fault, boolean ofStream, int stream, boolean ofHead, boolean blamesClient) {
    private static final String STREAM_EXCEPTION = "Http2StreamException";
    private static final String SESSION_EXCEPTION = "Http2SessionException";
    private static final Pattern PSEUDO_HEADER = Pattern.compile(":(path|method|scheme|authority)|service header");
    private static final Pattern TOO_LARGE = Pattern.compile("exceed|too (large|long|many)");
    /** Not of a size, whatever else is said of it: HPACK (RFC 7541 sections 4.2 and 5.2). */
    private static final Pattern COMPRESSION = Pattern.compile("(?i)padding|capacity|^illegal character");

    private static final Pattern CLASS_NAME = Pattern.compile("^(?:[a-z][\\w$]*\\.)+[A-Z][\\w$]*(?:: ?|$)");
    /** What Grizzly says of a field with a character that may not be there: it repeats all of it, the name up to a colon. */
    private static final Pattern BAD_CHARACTER =
            Pattern.compile("(?s)^Invalid character .* found in header (name|value) \\[([^:]*).*");
    /** What Java says where Grizzly looks for such a character of a value in the name, which is not that long. */
    private static final Pattern BEYOND_NAME = Pattern.compile(
            "(?i)^(?:String )?index (?:out of range: )?\\d+(?:(?: out of bounds for|,) length (\\d+))?$");

    /** What Java says of a Content-Length, which Grizzly passes on, value and all. */
    private static final String NO_NUMBER = "For input string";

    private static final String NO_LENGTH = "Content-Length is not a number, or out of range";

    private static final Pattern UNSAFE = Pattern.compile("[^ -~]");
    private static final int SHOWN = 120;

    /** What a client's frames broke. */
    interface Rules {
        /** As {@link io.certrail.server.http2.FrameRules#broken}. */
        @Nullable
        String broken(int stream, String error);

        /** As {@link io.certrail.server.http2.FrameRules#headerBlock}. */
        default int headerBlock(int stream) {
            return 0;
        }

        /** As {@link io.certrail.server.http2.FrameRules#headerFault}. */
        default @Nullable HeaderFault headerFault(int stream) {
            return null;
        }

        /** As {@link io.certrail.server.http2.FrameRules#isOfTrailers}. */
        default boolean isOfTrailers(int stream) {
            return false;
        }

        /** The longest header block that the server takes, in bytes. */
        default int mostHeaderBytes() {
            return Integer.MAX_VALUE;
        }

        /** What such a fault of a header block is, {@code null} if it came with broken rules, or is of something else. */
        default @Nullable Fault ofHeaderBlock(int stream, String error) {
            return ConnectionFaults.ofHeaderBlock(
                    error, broken(stream, error), headerBlock(stream), mostHeaderBytes(), headerFault(stream));
        }
    }

    /**
     * Of what was thrown, {@code null} if it says nothing of the client's HTTP/2.
     *
     * @param rules what the client broke
     */
    static @Nullable FrameFault of(Throwable thrown, Rules rules) {
        String type = thrown.getClass().getSimpleName();
        if (!(type.equals(STREAM_EXCEPTION) || type.equals(SESSION_EXCEPTION))) {
            return null;
        }
        String said = words(thrown.getMessage());
        boolean stream = type.equals(STREAM_EXCEPTION);
        String error = called(thrown, "getErrorCode");
        boolean head = isOfHead(thrown, said, error);
        int reset = stream ? number(called(thrown, "getStreamId")) : 0;
        Fault block = said.isEmpty() ? rules.ofHeaderBlock(reset, error) : null;
        Fault fault = block != null
                ? block
                : head ? head(said) : ConnectionFaults.badFrame(error, frame(said, rules.broken(reset, error)));
        boolean first = head && !rules.isOfTrailers(reset);
        return new FrameFault(fault, stream, reset, first, ErrorCode.blamesClient(error));
    }

    /** Whether it is about a header block, of a request or of what was to become one. */
    boolean isOfHeaderBlock() {
        return ofHead || !fault.type().equals(Reason.BAD_FRAME.id());
    }

    /** What one of Grizzly's exceptions tells besides its message, empty if nothing. */
    private static String called(Throwable thrown, String getter) {
        try {
            return String.valueOf(thrown.getClass().getMethod(getter).invoke(thrown));
        } catch (ReflectiveOperationException e) {
            return "";
        }
    }

    private static int number(String digits) {
        return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
    }

    /** A second head of a stream, or one of a stream that has ended, is a frame out of place, whatever it says. */
    private static boolean isOfHead(Throwable thrown, String said, String error) {
        StackTraceElement[] stack = thrown.getStackTrace();
        return stack.length > 0
                && stack[0].getMethodName().equals("processInRequest")
                && !said.startsWith("Received second HEADERS")
                && !error.equals("STREAM_CLOSED");
    }

    private static Fault head(String said) {
        if (said.startsWith(NO_LENGTH)) {
            return Fault.of(Reason.AMBIGUOUS_LENGTH, said);
        }
        if (TOO_LARGE.matcher(said).find() && !COMPRESSION.matcher(said).find()) {
            return Fault.of(Reason.HEADER_TOO_LARGE, "the request's header is too large: " + said);
        }
        return PSEUDO_HEADER.matcher(said).find()
                ? Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: bad pseudo-header of HTTP/2: " + said)
                : Fault.of(Reason.BAD_HEADER, "malformed header or pseudo-header of HTTP/2" + after(said));
    }

    private static @Nullable String frame(String said, @Nullable String rule) {
        return rule == null && !said.isEmpty() ? said : rule;
    }

    private static String after(String said) {
        return said.isEmpty() ? "" : ": " + said;
    }

    /** Grizzly's words may repeat the client's: of a header's value none may be told. */
    private static String words(@Nullable String message) {
        String bare =
                message == null ? "" : withoutValue(CLASS_NAME.matcher(message).replaceFirst(""));
        String safe = UNSAFE.matcher(bare).replaceAll("?");
        return safe.length() > SHOWN ? safe.substring(0, SHOWN) : safe;
    }

    private static String withoutValue(String said) {
        Matcher character = BAD_CHARACTER.matcher(said);
        if (character.matches()) {
            return "illegal character in the " + character.group(1) + " of a header: " + character.group(2);
        }
        Matcher beyond = BEYOND_NAME.matcher(said);
        if (beyond.matches()) {
            return "0".equals(beyond.group(1))
                    ? "a header without a name"
                    : "illegal character in the value of a header";
        }
        return said.startsWith(NO_NUMBER) ? NO_LENGTH : said;
    }
}
