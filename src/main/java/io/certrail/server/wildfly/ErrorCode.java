package io.certrail.server.wildfly;

import java.util.List;

/** The error codes of HTTP/2 (RFC 9113 section 7). */
final class ErrorCode {
    static final int REFUSED_STREAM = 7;
    static final int COMPRESSION_ERROR = 9;
    static final int ENHANCE_YOUR_CALM = 11;

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

    /** Its name, or its number where it has none. */
    static String of(int code) {
        return code >= 0 && code < NAMES.size() ? NAMES.get(code) : "error " + Integer.toUnsignedString(code);
    }
}
