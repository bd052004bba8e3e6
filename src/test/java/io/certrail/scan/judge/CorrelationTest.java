package io.certrail.scan.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.scan.log.LogLine;
import io.certrail.scan.log.LogRecord;
import io.certrail.scan.log.Profile;
import io.certrail.scan.log.Profiles;
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
