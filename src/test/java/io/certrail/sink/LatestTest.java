package io.certrail.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LatestTest {
    private final AtomicInteger superseded = new AtomicInteger();
    private final Latest<String> latest = new Latest<>(superseded::incrementAndGet);

    @Test
    void newerSupersedesWhatWaits() throws InterruptedException {
        latest.put("1");
        latest.put("2");
        latest.put("3");

        assertThat(latest.next(Duration.ZERO)).isEqualTo("3");
        assertThat(superseded).hasValue(2);
    }

    @Test
    void whatWasNotDeliveredIsGivenAgainUntilANewerOneIsThere() throws InterruptedException {
        latest.put("1");
        assertThat(latest.next(Duration.ZERO)).isEqualTo("1");
        assertThat(latest.next(Duration.ZERO)).isEqualTo("1");
        assertThat(superseded).hasValue(0);

        latest.put("2");
        assertThat(latest.next(Duration.ZERO)).isEqualTo("2");
        assertThat(superseded).hasValue(1);

        latest.delivered("2");
        assertThat(latest.next(Duration.ofMillis(1))).isNull();
        assertThat(superseded).hasValue(1);
    }

    @Test
    void newerOneIsNotTakenForDeliveredWithTheOneBefore() throws InterruptedException {
        latest.put("1");
        String first = latest.next(Duration.ZERO);
        latest.put("2");
        latest.delivered(first);

        assertThat(latest.next(Duration.ZERO)).isEqualTo("2");
        assertThat(superseded).hasValue(0);
    }

    @Test
    void waitIsTheOldestsAndEndsWithTheDelivery() throws InterruptedException {
        assertThat(latest.waitingFor()).isZero();
        latest.put("1");
        Thread.sleep(20);
        latest.put("2");
        assertThat(latest.waitingFor()).isGreaterThanOrEqualTo(Duration.ofMillis(20));

        latest.delivered(latest.next(Duration.ZERO));
        assertThat(latest.waitingFor()).isZero();
    }

    @Test
    void whoWaitsIsGivenWhatComes() throws Exception {
        Thread putter = new Thread(() -> latest.put("late"));
        putter.start();

        assertThat(latest.next(Duration.ofSeconds(30))).isEqualTo("late");
        putter.join();
    }
}
