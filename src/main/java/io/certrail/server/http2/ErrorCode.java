package io.certrail.server.http2;

import java.util.List;
import java.util.Set;

/** The error codes of HTTP/2 (RFC 9113 section 7). */
public final class ErrorCode {
    public static final int REFUSED_STREAM = 7;
    public static final int COMPRESSION_ERROR = 9;
    public static final int ENHANCE_YOUR_CALM = 11;

    private static final Set<String> BLAMING = Set.of(
            "PROTOCOL_ERROR", "FLOW_CONTROL_ERROR", "FRAME_SIZE_ERROR", "COMPRESSION_ERROR", "ENHANCE_YOUR_CALM");

    private static final List<String> NAMES = List.of(
            "NO_ERROR",
            "PROTOCOL_ERROR",
            "INTERNAL_ERROR",
            "FLOW_CONTROL_ERROR",
            "SETTINGS_TIMEOUT",
            "STREAM_CLOSED",
            "FRAME_SIZE_ERROR",
            "REFUSED_STREAM",
            "CANCEL",
            "COMPRESSION_ERROR",
            "CONNECT_ERROR",
            "ENHANCE_YOUR_CALM",
            "INADEQUATE_SECURITY",
            "HTTP_1_1_REQUIRED");

    private ErrorCode() {}

    /**
     * Whether it can only be the client's fault. STREAM_CLOSED is not among them: what a client sent before it heard of
     * an early answer comes too late, and is told so.
     *
     * @param name the error's
     */
    public static boolean blamesClient(String name) {
        return BLAMING.contains(name);
    }

    /** Its name, or its number where it has none. */
    public static String of(int code) {
        return code >= 0 && code < NAMES.size() ? NAMES.get(code) : "error " + Integer.toUnsignedString(code);
    }
}
