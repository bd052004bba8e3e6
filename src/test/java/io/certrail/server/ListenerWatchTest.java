package io.certrail.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ListenerWatchTest {
    @Test
    void lookThatFailsIsToldAndTheNextOneComes() throws Exception {
        CountDownLatch looks = new CountDownLatch(2);
        AtomicReference<Throwable> told = new AtomicReference<>();
        OutOfMemoryError failure = new OutOfMemoryError("for a test");
        Runnable look = () -> {
            looks.countDown();
            if (looks.getCount() > 0) {
                throw failure;
            }
        };
        try (ListenerWatch watch = ListenerWatch.begin(look, told::set)) {
            assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(watch).isNotNull();
        }
        assertThat(told.get()).isSameAs(failure);
    }
}
