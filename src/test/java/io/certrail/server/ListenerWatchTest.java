package io.certrail.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ListenerWatchTest {
    private final BlockingQueue<Long> looks = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
    private volatile String failure = "for a test";

    private void look() {
        String message = failure;
        looks.add(System.nanoTime());
        if (!message.isEmpty()) {
            throw new OutOfMemoryError(message);
        }
    }

    private long awaitLook() throws InterruptedException {
        Long at = looks.poll(20, TimeUnit.SECONDS);
        assertThat(at).as("a look").isNotNull();
        return at;
    }

    @Test
    void lookThatFailsIsToldAndTheNextOneComes() throws Exception {
        assertThatTheNextOneComes(told::add);
    }

    @Test
    void nextLookComesAlsoWhereTheFailureCouldNotBeTold() throws Exception {
        assertThatTheNextOneComes(cause -> {
            told.add(cause);
            throw new OutOfMemoryError("for a test, too");
        });
    }

    private void assertThatTheNextOneComes(Consumer<Throwable> onFailure) throws InterruptedException {
        try (ListenerWatch watch = ListenerWatch.begin(this::look, onFailure)) {
            awaitLook();
            awaitLook();
            assertThat(watch).isNotNull();
        }
        assertThat(told.poll(20, TimeUnit.SECONDS)).hasMessage("for a test");
    }

    @Test
    void failureThatStaysIsToldOnceAndAnotherOneAtOnce() throws Exception {
        try (ListenerWatch watch = ListenerWatch.begin(this::look, told::add)) {
            awaitLook();
            awaitLook();
            failure = "another";
            assertThat(told.poll(20, TimeUnit.SECONDS)).hasMessage("for a test");
            assertThat(told.poll(20, TimeUnit.SECONDS)).hasMessage("another");
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void looksThatFailBecomeRareUntilOneSucceeds() throws Exception {
        try (ListenerWatch watch = ListenerWatch.begin(this::look, told::add)) {
            long first = awaitLook();
            long second = awaitLook();
            failure = "";
            long third = awaitLook();
            assertThat(Duration.ofNanos(second - first)).isGreaterThan(Duration.ofMillis(450));
            assertThat(Duration.ofNanos(third - second)).isGreaterThan(Duration.ofMillis(950));
            long shortest = Long.MAX_VALUE;
            for (long last = third, looked = 0; looked < 4; looked++) {
                long at = awaitLook();
                shortest = Math.min(shortest, at - last);
                last = at;
            }
            assertThat(Duration.ofNanos(shortest)).isLessThan(Duration.ofMillis(950));
            assertThat(watch).isNotNull();
        }
    }
}
