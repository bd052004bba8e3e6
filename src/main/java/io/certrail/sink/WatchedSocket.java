package io.certrail.sink;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection below TLS that remembers a failed write. The JDK's TLS keeps quiet about one of its close_notify, and the system
 * tells of a reset only once: what is read afterwards looks like an orderly end. For one thread.
 */
final class WatchedSocket extends Socket {
    private @Nullable IOException failure;

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
}
