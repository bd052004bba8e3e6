package io.certrail.scan.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogWatchTest {
    private final CountDownLatch looked = new CountDownLatch(3);
    private final CountDownLatch closed = new CountDownLatch(1);

    @Test
    void whateverASourceThrowsIsTold() throws Exception {
        try (var watch = start(() -> {
            throw new StackOverflowError();
        })) {
            assertThat(failure(watch)).contains("cannot be read any more", "StackOverflowError");
        }
        assertThat(closed.getCount()).isZero();
    }

    @Test
    void moreThanFitsIntoMemoryIsRefused() throws Exception {
        String line = "x".repeat(1 << 20);
        List<String> lines = java.util.Collections.nCopies(10, line);
        try (var watch = start(() -> lines)) {
            assertThat(failure(watch)).contains("more than 64 MiB", "a quieter time");
        }
    }

    @Test
    void sourceThatHangsIsLeft() throws Exception {
        var never = new CountDownLatch(1);
        var watch = start(() -> {
            never.await();
            return List.of();
        });
        looked.await();
        watch.close();

        assertThat(closed.getCount()).isZero();
        never.countDown();
    }

    @Test
    void sourcesAreClosedIfOneCannotBeRead() {
        LogSource good = source(List::of);
        LogSource bad = new LogFile(java.nio.file.Path.of("/no/such/log"));

        assertThatThrownBy(() -> LogWatch.start(List.of(good, bad), Clock.systemUTC()))
                .isInstanceOf(IOException.class);
        assertThat(closed.getCount()).isZero();
    }

    private interface Look {
        List<String> look() throws InterruptedException;
    }

    private LogWatch start(Look look) throws IOException {
        return LogWatch.start(List.of(source(look)), Clock.systemUTC());
    }

    private LogSource source(Look look) {
        return new LogSource() {
            @Override
            public String name() {
                return "source";
            }

            @Override
            public Duration interval() {
                return Duration.ofMillis(1);
            }

            @Override
            public void mark() {
                looked.countDown();
                looked.countDown();
            }

            @Override
            public List<String> poll() throws IOException {
                looked.countDown();
                try {
                    return look.look();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
    }

    private static String failure(LogWatch watch) throws InterruptedException {
        while (true) {
            try {
                watch.lines();
            } catch (IOException e) {
                return e.getMessage();
            }
            Thread.sleep(5);
        }
    }
}
