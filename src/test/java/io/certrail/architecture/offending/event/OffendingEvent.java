package io.certrail.architecture.offending.event;

import io.certrail.architecture.offending.trail.OffendingTrail;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Breaks each rule once: to see that each rule catches it. */
public final class OffendingEvent {
    private static int counter;

    /** Touches a file, where only the trail may. */
    public long touchesChannels(FileChannel channel) throws IOException {
        return channel.size();
    }

    public boolean touchesFiles(Path path) {
        return Files.exists(path);
    }

    /** Imports what lies below it, which imports this: a cycle. */
    public OffendingTrail importsUpwards() {
        return new OffendingTrail();
    }

    /** Uses a class of the server's. */
    public Class<?> usesTheServer() {
        return org.glassfish.grizzly.Connection.class;
    }

    /** Prints. */
    public void prints() {
        System.out.println(counter++);
    }

    /** Ends the process. */
    public void exits() {
        System.exit(1);
    }

    /** Logs past System.Logger. */
    public void logs() {
        java.util.logging.Logger.getLogger("x").info("x");
    }
}
