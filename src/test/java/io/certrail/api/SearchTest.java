package io.certrail.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.config.CertrailConfig;
import io.certrail.config.FakeConfig;
import io.certrail.index.FedTrail;
import io.certrail.index.IndexOptions;
import io.certrail.index.RecordIndex;
import io.certrail.trail.PlainChronicle;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index whose database is away when the application starts. */
final class SearchTest {
    @TempDir
    Path folder;

    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger found = new AtomicInteger();
    private final CountDownLatch twice = new CountDownLatch(2);
    private final Search search = new Away();
    private volatile int away;
    private Trail trail;

    /** Its index cannot be opened as often as the test says. */
    private final class Away extends Search {
        @Override
        RecordIndex open(IndexOptions options, String origin, TrailFiles files, Path of) throws IOException {
            twice.countDown();
            if (attempts.getAndIncrement() < away) {
                throw new IOException("the database is away");
            }
            return super.open(options, origin, files, of);
        }

        @Override
        DataSource find(String name) throws IOException {
            if (found.getAndIncrement() == 0) {
                return unreachable();
            }
            throw new IOException("only the deployment's thread finds " + name);
        }
    }

    @BeforeEach
    void start() throws IOException {
        trail = Trail.open(
                TrailOptions.of(folder), TrailFiles.onDisk(), Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
        search.config = CertrailConfig.read(FakeConfig.with("certrail.trail.folder", folder.toString()));
        search.trail = trail;
        search.retry = Duration.ofMillis(10);
    }

    @AfterEach
    void stop() {
        search.end();
        trail.close();
    }

    @Test
    void startIsTriedAgainUntilItSucceeds() {
        away = 2;
        search.begin();
        FedTrail.await(() -> search.state().word().equals("current"));

        assertThat(attempts).hasValue(3);
        assertThat(search.index().engine()).isEqualTo("lucene");
    }

    @Test
    void whatFailsIsToldAndTriedNoMoreAfterTheEnd() throws InterruptedException {
        away = Integer.MAX_VALUE;
        search.begin();
        twice.await();
        assertThat(search.state().fault()).isEqualTo("java.io.IOException: the database is away");
        assertThat(word()).isEqualTo("failing");
        assertThatThrownBy(search::index).hasMessageContaining("jakarta.ws.rs");
        search.end();

        int tried = attempts.get();
        assertThat(search.state().fault()).isEqualTo("it has stopped");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("certrail-index-start"));
        assertThat(attempts).hasValue(tried);
    }

    @Test
    void dataSourceThatWasFoundIsKeptWhileItsDatabaseIsAway() {
        search.config = CertrailConfig.read(FakeConfig.with(
                "certrail.trail.folder", folder.toString(), "certrail.index.data-source", "java:app/jdbc/audit"));
        search.begin();
        FedTrail.await(() -> attempts.get() > 2);

        assertThat(found).hasValue(1);
        assertThat(search.state().fault()).contains("connection refused");
    }

    private static DataSource unreachable() {
        return (DataSource) Proxy.newProxyInstance(
                SearchTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, args) -> {
                    if (method.getName().equals("getConnection")) {
                        throw new SQLException("connection refused");
                    }
                    throw new UnsupportedOperationException(method.toString());
                });
    }

    @Test
    void indexWhoseFeedFailsToStartIsLetGoOf() {
        search.trail = null;
        search.begin();
        assertThatThrownBy(search::index).hasMessageContaining("jakarta.ws.rs");
        search.trail = trail;

        FedTrail.await(() -> search.state().word().equals("current"));
        assertThat(search.index().engine()).isEqualTo("lucene");
    }

    /** As {@code GET /api/trail} tells it. */
    private String word() {
        return TrailResource.index(search.state(), search.isSwitchedOff())
                .build()
                .getString("state");
    }

    @Test
    void indexThatIsSwitchedOffIsToldAsOff() {
        search.config = CertrailConfig.read(
                FakeConfig.with("certrail.trail.folder", folder.toString(), "certrail.index", "off"));
        search.begin();

        assertThat(word()).isEqualTo("off");
        assertThat(search.state().fault()).contains("certrail.index");
        assertThat(attempts).hasValue(0);
    }

    @Test
    void indexThatOpensAtOnceIsTriedOnce() {
        search.begin();
        FedTrail.await(() -> search.state().word().equals("current"));
        assertThat(attempts).hasValue(1);
    }
}
