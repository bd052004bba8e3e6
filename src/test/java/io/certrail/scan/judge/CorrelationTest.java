package io.certrail.scan.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.scan.log.LogLine;
import io.certrail.scan.log.LogRecord;
import io.certrail.scan.log.Profile;
import io.certrail.scan.log.Profiles;
import io.certrail.scan.probe.Sighting;
import io.certrail.scan.probe.Sighting.Closing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CorrelationTest {
    private static final int MANY = 20_000;

    private final Profile nginx;

    CorrelationTest() throws Exception {
        nginx = Profiles.builtIn().named("nginx");
    }

    /** Each record is compared with those that name a probe, and not with all of its connection: that took minutes. */
    @Test
    @Timeout(30)
    void connectionOfAnotherClientMayHaveAnyNumberOfRecords() {
        List<Tried> tried = tried();
        List<LogRecord> records = foreign(MANY);
        records.add(record(7, "127.0.0.1", 40_003));

        var correlation = new Correlation(nginx, records, tried, Duration.ZERO);

        assertThat(tried).allSatisfy(each -> assertThat(correlation.of(each))
                .hasSize(each.sighting().port() == 40_003 ? 1 : 0));
    }

    @Test
    void sortingEndsWhereItsThreadIsInterrupted() {
        List<Tried> tried = tried();
        var correlation = new Correlation(nginx, foreign(1), tried, Duration.ZERO);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> correlation.of(tried.get(0))).isInstanceOf(CancellationException.class);
            assertThatThrownBy(() -> new Correlation(nginx, foreign(1), tried, Duration.ZERO))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** OpenSSL's numbers of errors begin as a port that is none would: {@code error:0A000086}. */
    @Test
    void probeWithoutAConnectionHasNoRecords() {
        Tried made = JudgeTest.tried("127.0.0.1", 40_000, null);
        Tried lost = unconnected(made);
        List<LogRecord> records = List.of(nginx.read(new LogLine(
                "log",
                "2026/11/27 10:00:00 [info] 7#7: *6 SSL_do_handshake() failed (SSL: error:0A000086:SSL routines::certificate"
                        + " verify failed) while SSL handshaking, client: 127.0.0.1, server: 0.0.0.0:443",
                JudgeTest.ENDED)));

        var correlation = new Correlation(nginx, records, List.of(made, lost), Duration.ZERO);

        assertThat(correlation.of(lost)).isEmpty();
        assertThat(correlation.of(made)).isEqualTo(records);
    }

    /** Of a minute before, when the server was not there. */
    private static Tried unconnected(Tried other) {
        Sighting saw = other.sighting();
        return new Tried(
                other.probe(),
                new Sighting(
                        "",
                        0,
                        "n0nce0ther",
                        saw.began().minusSeconds(60),
                        saw.ended().minusSeconds(60),
                        null,
                        null,
                        "",
                        0,
                        "",
                        Closing.NEVER_OPEN,
                        List.of(),
                        List.of(),
                        "Connection refused"));
    }

    private static List<Tried> tried() {
        return IntStream.range(40_000, 40_010)
                .mapToObj(port -> JudgeTest.tried("127.0.0.1", port, null))
                .toList();
    }

    private List<LogRecord> foreign(int count) {
        return new ArrayList<>(Collections.nCopies(count, record(6, "10.0.0.9", 50_000)));
    }

    private LogRecord record(int connection, String address, int port) {
        return nginx.read(new LogLine(
                "log",
                "{\"connection\":\"" + connection + "\",\"remote_addr\":\"" + address + "\",\"remote_port\":\"" + port
                        + "\",\"status\":\"403\"}",
                JudgeTest.ENDED));
    }
}
