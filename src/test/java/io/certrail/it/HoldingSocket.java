package io.certrail.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A TCP connection that can keep back what is sent, and then send all of it at once. For one thread. */
final class HoldingSocket extends Socket {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int writes;
    private int held = Integer.MAX_VALUE;

    HoldingSocket(int port) throws IOException {
        super(InetAddress.getLoopbackAddress(), port);
        setTcpNoDelay(true);
    }

    /** So many writes leave at once, counted from the first of all; what is written then is kept back. */
    void holdFrom(int count) {
        held = count;
    }

    /** What was kept back leaves in one piece. */
    void release() throws IOException {
        held = Integer.MAX_VALUE;
        OutputStream out = super.getOutputStream();
        out.write(kept.toByteArray());
        out.flush();
        kept.reset();
    }

    /** TLS ends, TCP goes on: there is something to release yet. */
    @Override
    public void shutdownOutput() {}

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream out = super.getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (writes++ >= held) {
                    kept.write(bytes, offset, length);
                } else {
                    out.write(bytes, offset, length);
                }
            }
        };
    }
}
