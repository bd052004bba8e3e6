package io.certrail.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/** A proxy's connection, of AJP 1.3, on which requests of a client come that the proxy says to be 192.0.2.7. */
final class AjpConnection implements Closeable {
    private static final int FORWARD_REQUEST = 2;
    private static final int GET = 2;
    private static final int HOST = 0xA00B;
    private static final int SEND_HEADERS = 4;
    private static final int END_RESPONSE = 5;

    private final Socket socket;

    AjpConnection(Socket socket) {
        this.socket = socket;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The status of the answer to a request without a body; the answer is read to its end. */
    int get(String path) throws IOException {
        socket.getOutputStream().write(forward(path));
        var in = new DataInputStream(socket.getInputStream());
        int status = 0;
        int type = 0;
        while (type != END_RESPONSE) {
            in.readShort();
            byte[] message = in.readNBytes(in.readUnsignedShort());
            type = message[0];
            if (type == SEND_HEADERS) {
                status = (message[1] & 0xFF) << 8 | message[2] & 0xFF;
            }
        }
        return status;
    }

    private static byte[] forward(String path) throws IOException {
        var body = new ByteArrayOutputStream();
        var out = new DataOutputStream(body);
        out.writeByte(FORWARD_REQUEST);
        out.writeByte(GET);
        string(out, "HTTP/1.1");
        string(out, path);
        string(out, "192.0.2.7");
        string(out, "client.example");
        string(out, "localhost");
        out.writeShort(443);
        out.writeBoolean(true);
        out.writeShort(1);
        out.writeShort(HOST);
        string(out, "localhost");
        out.writeByte(0xFF);
        var packet = new ByteArrayOutputStream();
        var all = new DataOutputStream(packet);
        all.writeShort(0x1234);
        all.writeShort(body.size());
        body.writeTo(all);
        return packet.toByteArray();
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        out.writeShort(text.length());
        out.write(text.getBytes(ISO_8859_1));
        out.writeByte(0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
