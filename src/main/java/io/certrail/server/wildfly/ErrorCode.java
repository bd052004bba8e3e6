package io.certrail.server.wildfly;

import java.util.List;
import java.util.Set;

/** The error codes of HTTP/2 (RFC 9113 section 7). */
final class ErrorCode {
    static final int REFUSED_STREAM = 7;
    static final int COMPRESSION_ERROR = 9;
    static final int ENHANCE_YOUR_CALM = 11;

    /** PROTOCOL_ERROR, FLOW_CONTROL_ERROR, FRAME_SIZE_ERROR, and those above. */
    private static final Set<Integer> BLAMING = Set.of(1, 3, 6, COMPRESSION_ERROR, ENHANCE_YOUR_CALM);

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
     */
    static boolean blamesClient(int code) {
        return BLAMING.contains(code);
    }

    /** Its name, or its number where it has none. */
    static String of(int code) {
        return code >= 0 && code < NAMES.size() ? NAMES.get(code) : "error " + Integer.toUnsignedString(code);
    }
}
