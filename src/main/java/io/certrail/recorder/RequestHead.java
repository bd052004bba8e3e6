package io.certrail.recorder;

import org.jspecify.annotations.Nullable;

/** The head of a request as a server or the servlet API shows it. */
public interface RequestHead {
    @Nullable
    String method();

    /** As the client wrote it, without the query. */
    @Nullable
    String path();

    /** {@code 1.0}, {@code 1.1} or {@code 2}. */
    @Nullable
    String protocolVersion();

    /** The first header of this name, whatever its case. */
    @Nullable
    String header(String name);

    /** A path without its fragment: that does not belong there, and may hold anything. */
    static @Nullable String withoutFragment(@Nullable String path) {
        int fragment = path == null ? -1 : path.indexOf('#');
        return path == null || fragment < 0 ? path : path.substring(0, fragment);
    }

    /** The version in a protocol's name, such as {@code HTTP/1.1}; {@code null} if it is not HTTP. */
    static @Nullable String version(@Nullable String protocol) {
        if (protocol == null || !protocol.startsWith("HTTP/")) {
            return null;
        }
        String version = protocol.substring("HTTP/".length());
        return version.equals("2.0") ? "2" : version;
    }
}
