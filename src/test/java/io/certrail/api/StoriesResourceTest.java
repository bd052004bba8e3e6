package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.index.RecordPage;
import io.certrail.index.RecordPage.Found;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoriesResourceTest {
    @Test
    void whatHappenedFirstIsToldFirst() {
        RecordPage page = new RecordPage(
                List.of(
                        found(7, "2026-01-01T00:00:00.000300Z", "http.request"),
                        found(8, "2026-01-01T00:00:00.000200Z", "tls.handshake"),
                        found(9, "2026-01-01T00:00:00.000300Z", "http.request")),
                "next",
                1);
        RecordPage story = StoriesResource.inOrderOfTime(page);
        assertThat(story.records()).extracting(Found::sequence).containsExactly(8L, 7L, 9L);
        assertThat(story.next()).isEqualTo("next");
        assertThat(story.unreadable()).isEqualTo(1);
    }

    private static Found found(long sequence, String time, String name) {
        String line = "{\"time\":\"" + time + "\",\"event\":{\"name\":\"" + name
                + "\",\"outcome\":\"success\"},\"audit\":{\"sequence\":" + sequence + "}}";
        return new Found("test", sequence, line.getBytes(UTF_8));
    }
}
