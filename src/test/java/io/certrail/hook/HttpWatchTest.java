package io.certrail.hook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which answers are found between requests and answers of HTTP/1.1, and which requests they belong to. */
class HttpWatchTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final List<Map<String, Object>> facts = new ArrayList<>();
    private HttpWatch watch = new HttpWatch(7, facts::add);

    private void request(String text) {
        watch.received(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }

    private void answer(String text) {
        watch.sent(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    private List<Object> all(String key) {
        return facts.stream().map(fact -> fact.get(key)).toList();
    }

    private List<String> heads() {
        return facts.stream()
                .map(fact -> new String((byte[]) fact.get("head"), ISO_8859_1).split(" HTTP", 2)[0])
                .toList();
    }

    private Map<String, Object> end() {
        return watch.describeEnd(Fact.of(Fact.CLOSED, 7)).build();
    }

    @Test
    void answersAreNumberedAndBelongToTheirRequests() {
        request(get("/1"));
        answer(OK);
        request(get("/2"));
        answer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        assertThat(all("ordinal")).containsExactly(1, 2);
        assertThat(all("status")).containsExactly(200, 404);
        assertThat(heads()).containsExactly("GET /1", "GET /2");
        assertThat(all("connection")).containsOnly(7L);
        assertThat(all("headComplete")).containsOnly(true);
        assertThat(facts.get(0)).containsEntry("headBytes", (long) get("/1").length());
        assertThat(end())
                .containsEntry("answers", 2)
                .containsEntry("unanswered", 0)
                .doesNotContainKey("head");
    }

    @Test
    void everyByteMayComeAlone() {
        String requests = get("/1") + "POST /2 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5;x=y\r\nGET /\r\n0\r\nTrailer: z\r\n\r\n" + get("/3");
        for (char c : requests.toCharArray()) {
            request(String.valueOf(c));
        }
        String answers =
                OK + "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nHTTP/1.1\r\n0\r\n\r\n" + OK;
        for (char c : answers.toCharArray()) {
            answer(String.valueOf(c));
        }
        assertThat(all("status")).containsExactly(200, 201, 200);
        assertThat(heads()).containsExactly("GET /1", "POST /2", "GET /3");
    }

    @Test
    void pipelinedRequestsAndAnswersInOneRecordAreToldApart() {
        request(get("/1") + get("/2") + get("/3"));
        answer(OK + OK + OK);
        assertThat(heads()).containsExactly("GET /1", "GET /2", "GET /3");
    }

    @Test
    void bodyThatLooksLikeAnAnswerIsNone() {
        String body = "HTTP/1.1 500 x\r\nContent-Length: 0\r\n\r\n";
        request(get("/1") + get("/2"));
        answer("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n");
        answer(body);
        answer(OK);
        assertThat(all("status")).containsExactly(200, 200);
    }

    @Test
    void answersWithoutBodyAreKnown() {
        request("HEAD /1 HTTP/1.1\r\n\r\n" + get("/2") + get("/3"));
        answer("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n");
        answer("HTTP/1.1 304 Not Modified\r\nContent-Length: 2000\r\n\r\n");
        answer("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(all("status")).containsExactly(200, 304, 204);
    }

    @Test
    void interimAnswersDoNotCount() {
        request("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
        answer("HTTP/1.1 100 Continue\r\n\r\n");
        request("x");
        answer(OK);
        assertThat(all("status")).containsExactly(200);
        assertThat(all("ordinal")).containsExactly(1);
    }

    @Test
    void headThatIsRefusedBeforeItEndsIsTold() {
        request("BROKEN");
        answer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        assertThat(heads()).containsExactly("BROKEN");
        assertThat(facts.get(0)).containsEntry("headComplete", false).containsEntry("headBytes", 6L);
        assertThat(end()).doesNotContainKey("head");
    }

    @Test
    void hugeHeadIsCut() {
        request("GET /" + "x".repeat(100_000));
        answer("HTTP/1.1 431 Too large\r\nContent-Length: 0\r\n\r\n");
        assertThat((byte[]) facts.get(0).get("head")).hasSize(MessageHead.MAX_KEPT);
        assertThat(facts.get(0)).containsEntry("headBytes", 100_005L);
    }

    @Test
    void answerToNothingHasAnEmptyHead() {
        answer("HTTP/1.1 408 Timeout\r\nContent-Length: 0\r\n\r\n");
        assertThat((byte[]) facts.get(0).get("head")).isEmpty();
        assertThat(facts.get(0)).containsEntry("status", 408).containsEntry("headComplete", false);
    }

    @Test
    void endTellsOfUnfinishedAndUnansweredRequests() {
        request(get("/1") + "GET /2 HTT");
        Map<String, Object> end = end();
        assertThat(end).containsEntry("answers", 0).containsEntry("unanswered", 1);
        assertThat(new String((byte[]) end.get("head"), ISO_8859_1)).isEqualTo("GET /2 HTT");
        assertThat(end).containsKeys("headNanos").containsEntry("headBytes", 10L);
    }

    @Test
    void otherProtocolsAreLeftAlone() {
        for (String first : new String[] {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", get("/upgrade")}) {
            facts.clear();
            watch = new HttpWatch(7, facts::add);
            request(first);
            answer("HTTP/1.1 101 Switching Protocols\r\n\r\n");
            request(get("/1"));
            answer(OK);
            assertThat(facts).isEmpty();
        }
        watch = new HttpWatch(7, facts::add);
        request(get("/1"));
        answer("no HTTP at all\r\n\r\n" + OK);
        assertThat(facts).isEmpty();
    }

    @Test
    void bodyWithoutLengthEndsWithTheConnection() {
        request(get("/1") + get("/2"));
        answer("HTTP/1.0 200 OK\r\n\r\nHTTP/1.1 500 no\r\n\r\n" + OK);
        assertThat(all("status")).containsExactly(200);
    }

    @Test
    void aFloodOfRequestsIsBounded() {
        for (int i = 0; i < 100_000; i++) {
            request(get("/" + "y".repeat(300)));
        }
        answer(OK);
        assertThat(facts.size()).isLessThanOrEqualTo(1);
        Map<String, Object> end = end();
        assertThat((Integer) end.get("unanswered")).isLessThanOrEqualTo(2048);
    }
}
