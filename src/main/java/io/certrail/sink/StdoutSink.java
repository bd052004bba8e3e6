package io.certrail.sink;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * The process' standard output, one line of JSON each: what runs containers collects it. The descriptor itself, for servers
 * put an output of their own in the place of {@code System.out}, which adds to each line or leads elsewhere.
 */
final class StdoutSink implements Sink<PublishedCheckpoint> {
    private final OutputStream out;
    private final Clock clock;

    StdoutSink(Clock clock) {
        this(new FileOutputStream(FileDescriptor.out), clock); // never closed: it is the process'
    }

    StdoutSink(OutputStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public SinkKind kind() {
        return SinkKind.STDOUT;
    }

    @Override
    public String target() {
        return "stdout";
    }

    @Override
    public void deliver(PublishedCheckpoint checkpoint) throws IOException {
        out.write(CheckpointLine.of(checkpoint, clock.instant()).getBytes(StandardCharsets.US_ASCII)); // in one call
        out.flush();
    }
}
