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
}
