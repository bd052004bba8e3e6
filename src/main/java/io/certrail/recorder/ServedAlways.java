package io.certrail.recorder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Paths that are answered also while the trail cannot be written: who watches the server must be able to see that, and a
 * liveness that is refused would have it restarted.
 *
 * @param paths each beginning with a slash; what lies below one belongs to it
 */
public record ServedAlways(List<String> paths) {
    /** No path. */
    public static final ServedAlways NONE = new ServedAlways(List.of());

    public ServedAlways {
        paths = List.copyOf(paths);
        for (String path : paths) {
            if (!path.startsWith("/") || path.length() < 2 || path.endsWith("/")) {
                throw new IllegalArgumentException("expected a path such as /health, got " + path);
            }
        }
    }

    /** Whether a request's path, as the client wrote it, is one of these. One that needs decoding is none. */
    boolean includes(@Nullable String path) {
        if (path == null || path.contains("..") || path.contains("//") || path.indexOf('%') >= 0) {
            return false;
        }
        for (String always : paths) {
            if (path.startsWith(always)
                    && (path.length() == always.length() || path.charAt(always.length()) == '/')
                    && path.indexOf(';') < 0) {
                return true;
            }
        }
        return false;
    }
}
