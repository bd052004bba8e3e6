package io.certrail.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection that speaks HTTP/1.1 byte by byte as it is told to. For one thread. */
final class Connection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    private final Socket tcp;

    Connection(Socket socket) throws IOException {
        this(socket, socket);
    }

    /** @param tcp what lies below it */
    Connection(Socket socket, Socket tcp) throws IOException {
        this.socket = socket;
        this.tcp = tcp;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    int port() {
        return socket.getLocalPort();
    }

    Socket socket() {
        return socket;
    }

    /** Sends a request without a body, with these header lines, and reads its answer. */
    Answer get(String path, String... headers) throws IOException {
        send(head("GET", path, headers));
        return read();
    }

    Answer post(String path, String type, String body, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type: " + type;
        all[headers.length + 1] = "Content-Length: " + body.getBytes(UTF_8).length;
        send(head("POST", path, all));
        socket.getOutputStream().write(body.getBytes(UTF_8));
        socket.getOutputStream().flush();
        return read();
    }

    /** A request's head, whole. */
    static String head(String method, String path, String... headers) {
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** Tells how long to wait for an answer from now on. */
    void patience(Duration longest) throws IOException {
        socket.setSoTimeout((int) longest.toMillis());
    }

    /** Sends these characters, each as one byte. */
    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Reads the next answer. */
    Answer read() throws IOException {
        Answer head = readHead();
        boolean none = head.status() == 204 || head.status() == 304;
        return none ? head : new Answer(head.status(), head.headers(), body(head.headers()));
    }

    /** Reads the next answer, to HEAD. */
    Answer readHead() throws IOException {
        String[] status = line().split(" ", 3);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Answer(Integer.parseInt(status[1]), Map.copyOf(headers), "");
    }

    private String body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            return chunked();
        }
        String length = headers.get("content-length");
        byte[] body = length == null ? in.readAllBytes() : exactly(Integer.parseInt(length));
        return new String(body, UTF_8);
    }

    private String chunked() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(exactly(size));
            line();
        }
        line();
        return body.toString(UTF_8);
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";")[0].strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("after " + bytes.length + " of " + length + " bytes of a body");
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server closed the connection after \"" + line + '"');
            }
            line.append((char) b);
        }
        return line.toString().stripTrailing();
    }

    /** Closes it so that the server gets an RST. */
    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    /** Ends it as a client does that dies: by FIN, without a word of TLS. */
    void cut() throws IOException {
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /**
     * An answer.
     *
     * @param headers by name in lower case
     */
    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /** The id of its request, as the server says it. */
        String requestId() {
            return header("x-request-id");
        }
    }
}
