package io.certrail.server.payara;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestInFlight;
import io.certrail.servlet.RecordingFixture;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServedRequestTest {
    @TempDir
    Path folder;

    /** Says it whole, with its length, and flushes it. */
    private static final class Text extends HttpHandler {
        private final String charset;
        private final String text;

        Text(String charset, String text) {
            this.charset = charset;
            this.text = text;
        }

        @Override
        public void service(Request request, Response response) throws Exception {
            response.setContentType("text/plain;charset=" + charset);
            response.setContentLength(text.getBytes(Charset.forName(charset)).length);
            response.getWriter().write(text);
            response.flush();
        }
    }

    /** As Catalina does, whose text for a status becomes Grizzly's reason phrase. */
    private static final class Refusing extends HttpHandler {
        private final Recorder recorder;
        private final boolean reached;
        private final String phrase;

        Refusing(Recorder recorder, boolean reached, String phrase) {
            this.recorder = recorder;
            this.reached = reached;
            this.phrase = phrase;
        }

        @Override
        public void service(Request request, Response response) {
            if (reached) {
                ((RequestInFlight) request.getAttribute(recorder.requestAttribute())).reachedApplication();
            }
            response.setStatus(400, phrase);
        }
    }

    private static String answer(HookedGrizzly server) throws IOException {
        try (Socket client = server.connect()) {
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
            return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, Invalid URI: callback must be https, 400",
        "true, Invalid URI, 400",
        "false, Invalid URI, bad_request_line",
    })
    void whatAnApplicationSaysOfAnUriIsNothingAboutItsOwnOne(boolean reached, String phrase, String reason)
            throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder)) {
            try (HookedGrizzly server =
                    new HookedGrizzly(fixture.recorder(), new Refusing(fixture.recorder(), reached, phrase))) {
                assertThat(answer(server)).startsWith("HTTP/1.1 400 " + phrase);
            }
            JsonObject error = fixture.record("http.request").getJsonObject("error");
            assertThat(error.getString("type")).isEqualTo(reason);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "utf8", "latin1", "windows-1252", "Shift_JIS", "UTF-16"})
    void textThatIsFlushedWholeDoesNotLeaveWithoutARecord(String charset) throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder);
                HookedGrizzly server = new HookedGrizzly(fixture.recorder(), new Text(charset, "secret"))) {
            fixture.breakTrail();

            assertThat(answer(server)).startsWith("HTTP/1.1 503 ").doesNotContain("secret");
        }
    }
}
