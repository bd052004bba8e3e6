package io.certrail.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.pki.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** As many records as there were handshakes and requests, exactly, when there are many at once. */
final class CountIT extends OnServer {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void fiveHundredHandshakesOfEightThreadsAreFiveHundredRecords() throws Exception {
        var kinds = List.of(Client.ALICE, Client.EXPIRED, Client.UNTRUSTED, Client.REVOKED);
        Map<Client, SSLContext> contexts = new HashMap<>();
        kinds.forEach(kind -> contexts.put(kind, certificates.context(kind)));
        inThreads(8, thread -> {
            for (int i = thread; i < 500; i += 8) {
                new TlsClient(
                                site.port(),
                                contexts.get(kinds.get(i / 8 % 4)),
                                i % 2 == 0 ? TlsClient.TLS_1_2 : TlsClient.TLS_1_3)
                        .attempt();
            }
        });
        List<Line> handshakes = records.await(500, Line::isHandshake, PATIENCE);
        assertThat(handshakes).extracting(Line::connection).doesNotHaveDuplicates();
        int good = count(line -> line.isHandshake() && line.get("event.outcome").equals("success"));
        int refused = count(line -> List.of("certificate_expired", "unknown_ca", "certificate_revoked")
                .contains(line.reason()));
        int bad = expected(kinds, 1) + expected(kinds, 2) + expected(kinds, 3);
        assertThat(refused).isEqualTo(bad);
        assertThat(good).isEqualTo(500 - bad);
        settle();
        assertThat(records.lines(Line::isHandshake)).hasSize(501);
        assertThat(count(Line::isRequest)).isEqualTo(good + 1);
    }

    private static int expected(List<Client> kinds, int kind) {
        int count = 0;
        for (int i = 0; i < 500; i++) {
            count += i / 8 % kinds.size() == kind ? 1 : 0;
        }
        return count;
    }

    @Test
    void fiveThousandRequestsOverSixteenConnectionsAreFiveThousandRecords() throws Exception {
        inThreads(16, thread -> {
            try (var connection = connect(Client.ALICE)) {
                for (int i = thread; i < 5_000; i += 16) {
                    int status = i % 10 == 0 ? 404 : 200;
                    String path = i % 10 == 0 ? "/api/nothing" : "/api/whoami";
                    assertThat(connection.get(path, "X-Request-Id: many-" + i).status())
                            .isEqualTo(status);
                }
            }
        });
        List<Line> requests = records.await(5_000, Line::isRequest, PATIENCE);
        assertThat(requests).extracting(Line::requestId).doesNotHaveDuplicates();
        assertThat(count(line -> line.isRequest() && line.status() == 404)).isEqualTo(500);
        assertThat(count(Line::isHandshake)).isEqualTo(16);
        settle();
        assertThat(count(Line::isRequest)).isEqualTo(5_001);
    }

    private int count(Predicate<Line> wanted) {
        return records.lines(wanted).size();
    }

    private interface Work {
        void of(int thread) throws Exception;
    }

    private static void inThreads(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            done.add(pool.submit(() -> {
                work.of(thread);
                return null;
            }));
        }
        pool.shutdown();
        for (Future<?> each : done) {
            each.get();
        }
    }
}
