package io.certrail.server.wildfly;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.recorder.Durability;
import io.certrail.servlet.RecordingFixture;
import io.undertow.server.HttpServerExchange;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body of many pieces, each of which begins like the head of an answer, to a client that reads later. */
class HeadInABodyTest {
    private static final int PIECE = 16 * 1024;
    private static final int PIECES = 1500;

    private final CountDownLatch full = new CountDownLatch(1);

    @TempDir
    Path folder;

    private void send(HttpServerExchange exchange) {
        byte[] piece = new byte[PIECE];
        Arrays.fill(piece, (byte) 'x');
        byte[] start = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n".getBytes(ISO_8859_1);
        System.arraycopy(start, 0, piece, 0, start.length);
        ByteBuffer[] body = new ByteBuffer[PIECES];
        Arrays.setAll(body, i -> ByteBuffer.wrap(piece));
        exchange.setResponseContentLength((long) PIECE * PIECES);
        exchange.getResponseSender().send(body);
        full.countDown();
    }

    @Test
    void isSentWhole() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder, Durability.NONE);
                PlainListener listener = new PlainListener(false, this::send);
                HookingApplication application = new HookingApplication(fixture.recorder(), listener);
                Socket client = new Socket()) {
            assertThat(application).isNotNull();
            client.setReceiveBufferSize(PIECE);
            client.setSoTimeout(10_000);
            client.connect(listener.address());
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(full.await(10, TimeUnit.SECONDS)).isTrue();

            byte[] answer = client.getInputStream().readAllBytes();
            String head = new String(answer, 0, 1000, ISO_8859_1);
            assertThat(answer).hasSize(head.indexOf("\r\n\r\n") + 4 + PIECE * PIECES);
        }
    }
}
