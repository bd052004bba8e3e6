package io.certrail.server.wildfly;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitWritableByteChannel;
import org.xnio.conduits.StreamSinkConduit;

/** Swallows the body of an answer that must not go out; what goes out instead has none. */
final class DiscardedBody extends AbstractStreamSinkConduit<StreamSinkConduit> {
    DiscardedBody(StreamSinkConduit next) {
        super(next);
    }

    @Override
    public int write(ByteBuffer from) {
        int discarded = from.remaining();
        from.position(from.limit());
        return discarded;
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        long discarded = 0;
        for (int i = offset; i < offset + length; i++) {
            discarded += write(from[i]);
        }
        return discarded;
    }

    @Override
    public int writeFinal(ByteBuffer from) throws IOException {
        int discarded = write(from);
        terminateWrites();
        return discarded;
    }

    @Override
    public long writeFinal(ByteBuffer[] from, int offset, int length) throws IOException {
        long discarded = write(from, offset, length);
        terminateWrites();
        return discarded;
    }

    @Override
    public long transferFrom(FileChannel from, long position, long count) throws IOException {
        return from.transferTo(position, count, new ConduitWritableByteChannel(this));
    }

    @Override
    public long transferFrom(StreamSourceChannel from, long count, ByteBuffer through) throws IOException {
        return IoUtils.transfer(from, count, through, new ConduitWritableByteChannel(this));
    }
}
