package io.certrail.server.payara;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.servlet.RecordingFixture;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void connectionThatSentNothingHasNoRecord() throws Exception {
        ends();

        assertThat(requests()).isEmpty();
    }
}
