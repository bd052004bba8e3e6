package io.certrail.server.wildfly;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/** A source that shows what reading from it throws. */
abstract class WatchedSource extends AbstractStreamSourceConduit<StreamSourceConduit> {
    WatchedSource(StreamSourceConduit next) {
        super(next);
    }

    abstract void failed(Exception failure);

    private interface Reading {
        long run() throws IOException;
    }

    private long watched(Reading reading) throws IOException {
        try {
            return reading.run();
        } catch (IOException | RuntimeException e) {
            failed(e);
            throw e;
        }
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        return (int) watched(() -> super.read(to));
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) throws IOException {
        return watched(() -> super.read(to, offset, length));
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return watched(() -> super.transferTo(position, count, target));
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        return watched(() -> super.transferTo(count, through, target));
    }
}
