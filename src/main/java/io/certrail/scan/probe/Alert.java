package io.certrail.scan.probe;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An alert of the server's, by its name in RFC 8446 section 6. */
final class Alert {
    private static final Pattern JDK = Pattern.compile("fatal alert: ([a-z_]+)");
    private static final char RECORD = 21;
    /** Those that are sent before anything is encrypted. */
    private static final Map<Integer, String> IN_CLEAR = Map.of(
            10, "unexpected_message",
            22, "record_overflow",
            40, "handshake_failure",
            47, "illegal_parameter",
            50, "decode_error",
            70, "protocol_version",
            71, "insufficient_security",
            80, "internal_error");

    private Alert() {}

    /** That an exception of the JDK speaks of; empty if it speaks of none. */
    static String in(String message) {
        Matcher alert = JDK.matcher(message);
        return alert.find() ? alert.group(1) : "";
    }

    /** That a server sent before it encrypted, each byte a character; empty if it sent none. */
    static String inClear(String bytes) {
        if (bytes.length() < 7 || bytes.charAt(0) != RECORD || bytes.charAt(1) != 3) {
            return "";
        }
        int code = bytes.charAt(6);
        return IN_CLEAR.getOrDefault(code, "number " + code);
    }
}
