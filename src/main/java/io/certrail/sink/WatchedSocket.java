package io.certrail.sink;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection below TLS that remembers a failed write, and its end. The JDK's TLS keeps quiet about a failed write of its
 * close_notify, and the system tells of a reset only once: what is read afterwards looks like an orderly end. So does an end of TCP
 * without a close_notify. For one thread.
 */
final class WatchedSocket extends Socket {
    private @Nullable IOException failure;
    private boolean ended;

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                return watched(in.read());
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return watched(in.read(bytes, offset, length));
            }

            private int watched(int read) {
                ended |= read < 0;
                return read;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    failure = e;
                    throw e;
                }
            }
        };
    }

    /** @throws IOException if something that was written did not leave */
    void check() throws IOException {
        if (failure != null) {
            throw new IOException("the connection broke before its orderly end: " + failure.getMessage(), failure);
        }
    }

    /** Whether TCP ended while TLS was still reading: it reads no further than a close_notify. */
    boolean hasEnded() {
        return ended;
    }
}
