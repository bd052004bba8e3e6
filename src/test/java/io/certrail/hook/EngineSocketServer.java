package io.certrail.hook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A server on loopback that drives the engines of an SSL context as servers do, one thread for each connection. What it
 * answers to plaintext is a function's to say.
 */
public final class EngineSocketServer implements AutoCloseable {
    /** Answers every request head with two bytes. */
    public static final BiFunction<SSLEngine, String, String> OK =
            (engine, text) -> text.endsWith("\r\n\r\n") ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" : "";

    private final ServerSocket listening;
    private final SSLContext context;
    private final List<SSLEngine> engines = new CopyOnWriteArrayList<>();
    private Consumer<SSLEngine> setting = engine -> engine.setNeedClientAuth(true);
    private BiFunction<SSLEngine, String, String> application = OK;

    public EngineSocketServer(SSLContext context) throws IOException {
        this.context = context;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(this::accept, "test-acceptor");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    public EngineSocketServer with(Consumer<SSLEngine> engineSetting) {
        setting = setting.andThen(engineSetting);
        return this;
    }

    public EngineSocketServer answering(BiFunction<SSLEngine, String, String> newApplication) {
        application = newApplication;
        return this;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** The engines of all connections so far. */
    public List<SSLEngine> engines() {
        return engines;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                SSLEngine engine = engine(socket);
                Thread thread = new Thread(() -> serve(socket, engine), "test-connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            // closed
        }
    }

    private SSLEngine engine(Socket socket) {
        InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
        SSLEngine engine = context.createSSLEngine(peer.getAddress().getHostAddress(), peer.getPort());
        engine.setUseClientMode(false);
        setting.accept(engine);
        engines.add(engine);
        return engine;
    }

    private void serve(Socket socket, SSLEngine engine) {
        try (socket) {
            new Loop(socket, engine).run();
        } catch (IOException e) {
            // the hook has seen it
        }
    }

    private final class Loop {
        private final Socket socket;
        private final SSLEngine engine;
        private ByteBuffer in = ByteBuffer.allocate(40_000).flip();
        private final ByteBuffer plain = ByteBuffer.allocate(40_000);
        private final StringBuilder text = new StringBuilder();

        Loop(Socket socket, SSLEngine engine) {
            this.socket = socket;
            this.engine = engine;
        }

        void run() throws IOException {
            try {
                while (!engine.isInboundDone() && read()) {
                    process();
                }
                engine.closeOutbound();
                wrap("");
            } catch (SSLException e) {
                alert();
                throw e;
            }
        }

        private boolean read() throws IOException {
            int count;
            byte[] bytes = new byte[16_384];
            try {
                count = socket.getInputStream().read(bytes);
            } catch (IOException e) {
                count = -1;
            }
            if (count < 0) {
                engine.closeInbound();
                return false;
            }
            in = ByteBuffer.allocate(in.remaining() + count)
                    .put(in)
                    .put(bytes, 0, count)
                    .flip();
            return true;
        }

        private void process() throws IOException {
            while (true) {
                HandshakeStatus status = engine.getHandshakeStatus();
                if (status == HandshakeStatus.NEED_TASK) {
                    engine.getDelegatedTask().run();
                } else if (status == HandshakeStatus.NEED_WRAP) {
                    wrap("");
                } else if (!unwrap()) {
                    return;
                }
            }
        }

        private boolean unwrap() throws IOException {
            plain.clear();
            SSLEngineResult result = engine.unwrap(in, plain);
            if (result.bytesProduced() > 0) {
                text.append(StandardCharsets.ISO_8859_1.decode(plain.flip()));
                String answer = application.apply(engine, text.toString());
                if (!answer.isEmpty()) {
                    text.setLength(0);
                    wrap(answer);
                }
            }
            return result.getStatus() == SSLEngineResult.Status.OK
                    && (in.hasRemaining() || engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING);
        }

        private void wrap(String answer) throws IOException {
            ByteBuffer source = ByteBuffer.wrap(answer.getBytes(StandardCharsets.ISO_8859_1));
            ByteBuffer record = ByteBuffer.allocate(40_000);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            do {
                record.clear();
                engine.wrap(source, record);
                out.write(record.array(), 0, record.position());
            } while (source.hasRemaining());
            socket.getOutputStream().write(out.toByteArray());
        }

        private void alert() {
            try {
                while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                    wrap("");
                }
            } catch (IOException e) {
                // said as far as possible
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
