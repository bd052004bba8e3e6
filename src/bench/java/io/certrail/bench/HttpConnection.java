package io.certrail.bench;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLSocket;

/** An HTTP/1.1 connection (RFC 9112) that sends one GET after another and reads each answer to its end. */
final class HttpConnection implements Closeable {
    private static final int BUFFER = 32 * 1024;

    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] request;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private boolean reusable = true;

    HttpConnection(SSLSocket socket, String path) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: certrail-load\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether the server will take another request. */
    boolean reusable() {
        return reusable;
    }

    /**
     * Sends the request and reads the whole answer.
     *
     * @return its status
     * @throws IOException if the connection ended before the answer did
     */
    int get() throws IOException {
        out.write(request);
        String statusLine = line();
        int status = Integer.parseInt(statusLine.substring(9, 12));
        long length = -1;
        boolean chunked = false;
        for (String field = line(); !field.isEmpty(); field = line()) {
            String lower = field.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.endsWith("chunked");
            } else if (lower.startsWith("connection:") && lower.endsWith("close")) {
                reusable = false;
            }
        }
        body(status, length, chunked);
        return status;
    }

    /** RFC 9112 section 6.3. */
    private void body(int status, long length, boolean chunked) throws IOException {
        if (chunked) {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                skip(size + 2L);
            }
            while (!line().isEmpty()) {
                // trailer fields
            }
        } else if (length >= 0) {
            skip(length);
        } else if (status != 204 && status != 304) {
            reusable = false;
            in.readAllBytes();
        }
    }

    private int chunkSize() throws IOException {
        String line = line();
        int extension = line.indexOf(';');
        return Integer.parseInt((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
    }

    @SuppressWarnings("deprecation") // a head is bytes, not text
    private String line() throws IOException {
        int searched = from;
        while (true) {
            for (; searched < to; searched++) {
                if (buffer[searched] == '\n') {
                    String line = new String(buffer, 0, from, searched - from - 1);
                    from = searched + 1;
                    return line;
                }
            }
            int kept = from;
            fill();
            searched -= kept - from;
        }
    }

    private void skip(long count) throws IOException {
        long left = count;
        while (left > to - from) {
            left -= to - from;
            from = to;
            fill();
        }
        from += (int) left;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        int count = to == buffer.length ? -1 : in.read(buffer, to, buffer.length - to);
        if (count < 0) {
            throw new EOFException("the connection ended within an answer");
        }
        to += count;
    }

    /** Says goodbye and reads what still comes: closing over unread bytes would reset the connection. */
    void finish() throws IOException {
        socket.shutdownOutput();
        while (in.read(buffer) >= 0) {
            // such as session tickets
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
