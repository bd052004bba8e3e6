package io.certrail.dev;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A server as it is downloaded: how one is started with mutual TLS, and how its output is read. Immutable. */
public interface Product {
    /** As people call it, such as {@code Payara Micro}. */
    String title();

    /** The ports that it opens besides that of mutual TLS, on the same address. */
    default List<Integer> otherPorts() {
        return List.of();
    }

    /**
     * The words of the command that starts one. Its folder is prepared: what an earlier server left there must not
     * configure this one.
     *
     * @param watch the agent that stops the server when its parent is gone
     * @throws StartException if the operator has to put something right
     */
    List<String> command(ServerOptions options, Path watch) throws StartException, IOException, InterruptedException;

    /** How to understand what it prints. */
    Speech speech();
}
