package io.certrail.server.wildfly;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.servlet.RecordingFixture;
import io.certrail.trail.TrailAssert;
import io.undertow.server.handlers.DisallowedMethodsHandler;
import io.undertow.util.Methods;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TRACE, to which WildFly answers 405 before any application or hook hears of it. */
class DisallowedMethodTest {
    private static final byte SETTINGS = 4;
    private static final byte HEADERS = 1;
    private static final byte WHOLE = 5; // END_STREAM and END_HEADERS
    /** TRACE without indexing, {@code http}, {@code /}, {@code localhost} without indexing. */
    private static final String TRACE = "\u0002\u0005TRACE\u0086\u0084\u0001\tlocalhost";

    @TempDir
    Path folder;

    private static byte[] frame(byte type, byte flags, int stream, String payload) {
        return ByteBuffer.allocate(9 + payload.length())
                .put(new byte[] {0, 0, (byte) payload.length(), type, flags})
                .putInt(stream)
                .put(payload.getBytes(ISO_8859_1))
                .array();
    }

    @Test
    void overHttp2ItIsRecordedAsWhatTheContainerAnswered() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder);
                PlainListener listener = new PlainListener(true);
                HookingApplication application = new HookingApplication(fixture.recorder(), listener)) {
            assertThat(application).isNotNull();
            listener.before(new DisallowedMethodsHandler(listener.root(), Methods.TRACE));
            traceTwice(listener);

            assertThat(fixture.records("http.request")).hasSize(2).allSatisfy(request -> {
                assertThat(request.getJsonObject("http")
                                .getJsonObject("response")
                                .getInt("status_code"))
                        .isEqualTo(405);
                assertThat(request.getJsonObject("error").getString("type")).isEqualTo("method_not_allowed");
                assertThat(request.getJsonObject("audit").getString("refused_by"))
                        .isEqualTo("container");
            });
        }
    }

    private void traceTwice(PlainListener listener) throws IOException {
        try (Socket client = listener.connect()) {
            OutputStream out = client.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
            out.write(frame(SETTINGS, (byte) 0, 0, ""));
            out.write(frame(HEADERS, WHOLE, 1, TRACE));
            TrailAssert.awaitLines(folder, 2);
            out.write(frame(HEADERS, WHOLE, 3, TRACE));
            TrailAssert.awaitLines(folder, 3);
        }
    }
}
