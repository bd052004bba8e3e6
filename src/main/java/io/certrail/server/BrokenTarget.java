package io.certrail.server;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Why a container refuses a request's target that its parser took: servers say no more than that it is invalid. RFC 3986
 * sections 2.1 and 5.2.4, RFC 9112 section 3.2.
 */
public final class BrokenTarget {
    private BrokenTarget() {}

    /**
     * What is wrong with a target.
     *
     * @param path as the client wrote it, without the query
     * @return {@code null} if nothing is found: what is good for one server another one refuses
     */
    public static @Nullable Fault fault(String path) {
        if (!path.startsWith("/")) {
            return noPath();
        }
        byte[] decoded = HttpSyntax.decoded(path);
        if (contains(decoded, 0)) {
            return invalid("the path holds a NUL");
        }
        if (contains(decoded, '\\')) {
            return invalid("the path holds a backslash");
        }
        String text = utf8(decoded);
        if (text == null) {
            return invalid("the path is not UTF-8");
        }
        return leadsAboveRoot(text) ? invalid("the path leads above the root") : null;
    }

    /** What is wrong with a target that is no path: {@code *}, or an authority as CONNECT has it. */
    public static Fault noPath() {
        return invalid("the target is no path");
    }

    private static Fault invalid(String what) {
        return Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: " + what);
    }

    private static boolean contains(byte[] bytes, int wanted) {
        for (byte each : bytes) {
            if (each == wanted) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean leadsAboveRoot(String path) {
        int depth = 0;
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                depth--;
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }
}
