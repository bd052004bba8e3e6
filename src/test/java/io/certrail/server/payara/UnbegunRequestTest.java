package io.certrail.server.payara;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.servlet.RecordingFixture;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.HttpServerProbe;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request without TLS whose connection ends before Grizzly begins it. */
class UnbegunRequestTest {
    private final Connection<?> connection = FakeConnection.open();

    @TempDir
    Path folder;

    private RecordingFixture fixture;
    private HookContext context;

    @BeforeEach
    void accept() throws IOException {
        fixture = new RecordingFixture(folder);
        context = HookContext.of(fixture.recorder(), 10).with(false);
        new ConnectionHook(context).onAcceptEvent(null, connection);
    }

    @AfterEach
    void stop() {
        context.close();
        fixture.close();
    }

    private void comes(String text) {
        new ParserHook(context)
                .onDataReceivedEvent(
                        connection, Buffers.wrap(MemoryManager.DEFAULT_MEMORY_MANAGER, text.getBytes(ISO_8859_1)));
    }

    private void ends() {
        new ConnectionHook(context).onCloseEvent(connection);
    }

    private List<JsonObject> requests() throws IOException {
        return fixture.records("http.request");
    }

    @Test
    void headThatBreaksOffHasItsConnection() throws Exception {
        comes("GET /mine HTTP/1.1\r\nHost: a");
        ends();

        assertThat(requests()).singleElement().satisfies(record -> assertThat(record)
                .containsKey("mtls"));
    }

    private HttpRequestPacket head(String path) {
        HttpRequestPacket packet = HttpRequestPacket.builder()
                .method(Method.POST)
                .uri(path)
                .protocol(Protocol.HTTP_1_1)
                .header("Host", "localhost")
                .build();
        packet.setChunked(true);
        return packet;
    }

    private void isWhole(HttpRequestPacket packet) {
        comes("POST " + packet.getRequestURI() + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
        new ParserHook(context).onHeaderParseEvent(connection, packet, 0);
    }

    /** The server takes illegal characters such as the bar. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/events", "/api/ev|ents"})
    void wholeHeadWithoutItsFirstChunkIsNotRefused(String path) throws Exception {
        isWhole(head(path));
        ends();

        assertThat(requests()).singleElement().satisfies(record -> {
            assertThat(record.getJsonObject("error").getString("type")).isEqualTo("request_timeout");
            assertThat(record.getJsonObject("url").getString("path")).isEqualTo(path);
            assertThat(record.getJsonObject("audit")).doesNotContainKey("refused_by");
        });
    }

    /** Such as Grizzly's timers, or the server's stop, while the first chunk is on its way up. */
    @Test
    void requestThatGrizzlyBeginsAfterTheEndIsRecordedOnce() throws Exception {
        Ended ended = new Ended();
        try (HookedGrizzly server = new HookedGrizzly(fixture.recorder(), new Closing(), ended, new Answering());
                Socket client = server.connect()) {
            client.getOutputStream()
                    .write("POST /mine HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(ISO_8859_1));
            Thread.sleep(200); // the head has been read
            client.getOutputStream().write("1\r\na\r\n0\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(ended.heard.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(requests()).singleElement().satisfies(record -> assertThat(
                        record.getJsonObject("url").getString("path"))
                .isEqualTo("/mine"));
    }

    /** Closes the connection of each request before anybody hears of that. */
    private static final class Closing extends HttpServerProbe.Adapter {
        @Override
        @SuppressWarnings("rawtypes") // Grizzly's signature
        public void onRequestReceiveEvent(HttpServerFilter filter, Connection its, Request request) {
            its.closeSilently();
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos()); // the hooks have heard of that
        }
    }

    private static final class Ended extends HttpServerProbe.Adapter {
        final CountDownLatch heard = new CountDownLatch(1);

        @Override
        @SuppressWarnings("rawtypes") // Grizzly's signature
        public void onRequestCompleteEvent(HttpServerFilter filter, Connection its, Response response) {
            heard.countDown();
        }
    }

    private static final class Answering extends HttpHandler {
        @Override
        public void service(Request request, Response response) throws Exception {
            response.getWriter().write("ok");
        }
    }

    @Test
    void connectionThatSentNothingHasNoRecord() throws Exception {
        ends();

        assertThat(requests()).isEmpty();
    }
}
