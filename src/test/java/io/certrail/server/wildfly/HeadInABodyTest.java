package io.certrail.server.wildfly;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.recorder.Durability;
import io.certrail.servlet.RecordingFixture;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.StreamSinkConduit;

/** A body of many pieces, each of which begins like the head of an answer, to a client that does not read. */
class HeadInABodyTest {
    private static final int MOST_PIECES = 10_000;
    private static final byte[] PIECE =
            ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX: " + "x".repeat(16_000)).getBytes(ISO_8859_1);

    private final CompletableFuture<Integer> refused = new CompletableFuture<>();

    @TempDir
    Path folder;

    private void answer(HttpServerExchange exchange) {
        try {
            exchange.setResponseContentLength((long) MOST_PIECES * PIECE.length);
            StreamSinkChannel body = exchange.getResponseChannel();
            assertThat(body.write(ByteBuffer.wrap(PIECE))).isPositive();
            refused.complete(fill(((HttpServerConnection) exchange.getConnection())
                    .getChannel()
                    .getSinkChannel()
                    .getConduit()));
        } catch (IOException | RuntimeException | AssertionError e) {
            refused.completeExceptionally(e);
        }
    }

    /** How many pieces were taken, whole or in part, before the first of which nothing was. */
    private static int fill(StreamSinkConduit sink) throws IOException {
        for (int i = 0; i < MOST_PIECES; i++) {
            if (sink.write(ByteBuffer.wrap(PIECE)) == 0) {
                return i;
            }
        }
        throw new IOException("all is taken");
    }

    @Test
    void isNotTakenOnceTheSocketIsFull() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder, Durability.NONE);
                PlainListener listener = new PlainListener(false, this::answer);
                HookingApplication application = new HookingApplication(fixture.recorder(), listener);
                Socket client = listener.connect()) {
            assertThat(application).isNotNull();
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));

            assertThat(refused.get(20, TimeUnit.SECONDS)).isPositive();
        }
    }
}
