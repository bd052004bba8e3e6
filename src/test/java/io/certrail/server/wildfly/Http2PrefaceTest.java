package io.certrail.server.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.servlet.RecordingFixture;
import io.certrail.trail.TrailAssert;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Http2PrefaceTest {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    @TempDir
    Path folder;

    @Test
    void listenerThatSpeaksNoHttp2AnswersItAsItDoesAnyBadRequest() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder);
                PlainListener listener = new PlainListener(false);
                HookingApplication application = new HookingApplication(fixture.recorder(), listener)) {
            assertThat(application).isNotNull();
            assertThat(listener.answer(PREFACE)).startsWith("HTTP/1.1 400 ");

            TrailAssert.awaitLines(folder, 2);
            JsonObject request = fixture.record("http.request");
            assertThat(request.getJsonObject("http").getJsonObject("response").getInt("status_code"))
                    .isEqualTo(400);
            assertThat(request.getJsonObject("audit").getString("refused_by")).isEqualTo("http-parser");
            assertThat(request.getJsonObject("error").getString("type")).isEqualTo("bad_request_line");
        }
    }
}
