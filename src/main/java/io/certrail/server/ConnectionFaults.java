package io.certrail.server;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.server.http2.HeaderFault;
import io.certrail.tls.Ending;
import io.certrail.tls.HandshakeClassifier;
import io.certrail.tls.HandshakeFacts;
import org.jspecify.annotations.Nullable;

/** What goes wrong with connections and with requests on their way: in the same words on every server. */
public final class ConnectionFaults {
    public static final Fault RESET_STREAM =
            Fault.of(Reason.CLIENT_RESET, "the client reset the stream before its answer");
    public static final Fault NO_ANSWER = Fault.of(Reason.SERVER_ERROR, "the server sent no answer");
    public static final Fault NO_REQUEST =
            Fault.of(Reason.REQUEST_TIMEOUT, "no request came before the server's idle timeout");
    public static final Fault DROPPED = Fault.of(
            Reason.CLIENT_ABORTED,
            "the client ended TLS (close_notify) in the flight that brought the request, which the server dropped unread");
    public static final Fault DROPPED_FRAMES = Fault.of(
            Reason.CLIENT_ABORTED,
            "the client ended TLS (close_notify) in the flight that brought frames of HTTP/2, maybe of a request, which the"
                    + " server dropped unread");
    public static final Fault NO_PREFACE =
            Fault.of(Reason.BAD_REQUEST_LINE, "invalid request: HTTP/1.1 on a connection for which HTTP/2 was agreed");
    public static final Fault BAD_CHUNK = Fault.of(Reason.BAD_CHUNK, "the request's body cannot be parsed: bad chunk");
    private static final Fault UNTOLD = Fault.of(Reason.INTERNAL_ERROR, "TLS broke after the handshake");

    /** An error of HTTP/2: the server takes no more streams for now, whatever they bring (RFC 9113 section 7). */
    private static final String TOO_MANY_STREAMS = "REFUSED_STREAM";

    /** Longest header block, in bytes, that hardly decompresses to more than servers take. */
    private static final int UNSUSPICIOUS = 1024;

    private ConnectionFaults() {}

    /** What the end of its connection means for a request under way, if it was not the server that ended it. */
    public static Fault ofEnd(Ending ending) {
        return switch (ending) {
            case RESET_BY_CLIENT -> Fault.of(Reason.CLIENT_RESET, "connection reset by the client (RST)");
            case TIMED_OUT -> Fault.of(Reason.REQUEST_TIMEOUT, "the server timed out waiting for the client");
            default -> Fault.of(Reason.CLIENT_ABORTED, "the client closed the connection before the answer");
        };
    }

    /**
     * Frames of HTTP/2 for which the server ended the connection or reset a stream.
     *
     * @param error the name of the error, see {@code ErrorCode}; empty if unknown
     * @param broken what is wrong with them, {@code null} if that cannot be told
     */
    public static Fault badFrame(String error, @Nullable String broken) {
        if (error.equals(TOO_MANY_STREAMS)) {
            return Fault.of(Reason.BAD_FRAME, "HTTP/2: more streams at a time than the server takes");
        }
        String code = error.isEmpty() ? "" : " (" + error + ")";
        String what = broken == null ? "malformed or unexpected frame" : broken;
        return Fault.of(Reason.BAD_FRAME, "HTTP/2 protocol error" + code + ": " + what);
    }

    /**
     * A header block of HTTP/2 for which the server ended the connection or reset a stream, {@code null} if it was for something
     * else: for frames, say, that broke a rule.
     *
     * @param error the name of the error, see {@code ErrorCode}; empty if unknown
     * @param broken what is wrong with its frames, {@code null} if that is nothing, or cannot be told
     * @param bytes how many of it came; 0 if it was not for one, or unknown
     * @param most how many the server takes
     * @param why what is wrong inside of it, {@code null} if that does not show
     */
    public static @Nullable Fault ofHeaderBlock(
            String error, @Nullable String broken, int bytes, int most, @Nullable HeaderFault why) {
        boolean block = bytes > 0 || why != null || error.equals("COMPRESSION_ERROR");
        boolean tooMany = error.equals(TOO_MANY_STREAMS);
        return broken == null && block && !tooMany ? badHeaderBlock(error, bytes, most, why) : null;
    }

    /**
     * A header block of HTTP/2 that the server did not take, though nothing is wrong with its frames.
     *
     * @param error the name of the error, see {@code ErrorCode}; empty if unknown
     * @param bytes how many of it came; 0 if unknown
     * @param most how many the server takes
     * @param why what is wrong inside of it, {@code null} if that does not show
     */
    public static Fault badHeaderBlock(String error, int bytes, int most, @Nullable HeaderFault why) {
        String came = bytes <= UNSUSPICIOUS ? "" : ": a header block of " + bytes + " bytes";
        if (bytes > most) {
            return Fault.of(
                    Reason.HEADER_TOO_LARGE,
                    "the request's header is too large" + came + ", where the server takes " + most);
        }
        if (error.equals("ENHANCE_YOUR_CALM") || error.equals("FRAME_SIZE_ERROR")) {
            return Fault.of(
                    Reason.HEADER_TOO_LARGE, "the request's header is too large, or has too many fields" + came);
        }
        if (why != null) {
            return of(why);
        }
        String code = error.isEmpty() ? "" : " (" + error + ")";
        boolean squeezed = bytes > UNSUSPICIOUS && !error.equals("COMPRESSION_ERROR");
        return Fault.of(
                Reason.BAD_HEADER,
                "malformed header or pseudo-header of HTTP/2" + code + came
                        + (squeezed ? ", which may also be too large once it is decompressed" : ""));
    }

    private static Fault of(HeaderFault why) {
        String words = why.words();
        return switch (why.part()) {
            case PSEUDO_HEADER ->
                Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: bad pseudo-header of HTTP/2: " + words);
            case HEADER -> Fault.of(Reason.BAD_HEADER, "malformed header or pseudo-header of HTTP/2: " + words);
            case CONTENT_LENGTH -> Fault.of(Reason.AMBIGUOUS_LENGTH, words);
            case FIELDS -> Fault.of(Reason.HEADER_TOO_LARGE, "the request's header is too large: " + words);
        };
    }

    /** TLS that broke on an established connection. */
    public static Fault afterHandshake(@Nullable Throwable failure) {
        return failure == null
                ? UNTOLD
                : ofTls(HandshakeFacts.ending(Ending.FAILED).failure(failure).build());
    }

    /** The same from all that was captured. Verifies no signatures, for who tells of it is on the connection's own thread. */
    public static Fault ofTls(HandshakeFacts facts) {
        Fault fault = HandshakeClassifier.brief().classify(facts).fault();
        return fault == null ? UNTOLD : new Fault(fault.type(), "after the handshake: " + fault.message());
    }
}
