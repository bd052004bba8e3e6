package io.certrail.server.payara;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.servlet.RecordingFixture;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

    private static String answer(HookedGrizzly server) throws IOException {
        try (Socket client = server.connect()) {
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
            return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
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
