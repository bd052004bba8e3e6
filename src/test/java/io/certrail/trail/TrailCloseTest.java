package io.certrail.trail;

import static io.certrail.trail.EvidenceAssert.assertThatEvidence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.HeardLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A close does not wait for ever for a disk that hangs, says what it left, and nothing is lost once the disk is back. */
final class TrailCloseTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int RECORDS = 40;

    @RegisterExtension
    final HeardLog log = new HeardLog("io.certrail.trail");

    @TempDir
    Path folder;

    private final CountDownLatch diskIsBack = new CountDownLatch(1);
    private volatile boolean hangs;

    @AfterEach
    void goOn() {
        diskIsBack.countDown();
    }

    @Test
    void whereTheTreeIsBehindItSaysThatAllRecordsAreWritten() throws Exception {
        EvidenceFixture fixture = hangingAt(file -> file.toString().contains("tile"));
        Trail trail = fixture.open();
        hangs = true;
        EvidenceFixture.append(trail, "boot-1", RECORDS);
        trail.close(SHORT);
        assertThat(log.messages())
                .singleElement()
                .asString()
                .startsWith("CTR0319 ")
                .containsPattern("but [1-9][0-9]* are not");
        assertThat(trail.counts().recorded()).isEqualTo(RECORDS + 2);
        assertIsLocked();
        assertIsWholeOnceTheDiskIsBack(fixture, trail);
    }

    @Test
    void whereTheWriterHangsItSaysSo() throws Exception {
        EvidenceFixture fixture =
                hangingAt(file -> file.toString().contains("entries")).walBytes(0);
        Trail trail = fixture.open();
        EvidenceFixture.append(trail, "boot-1", RECORDS);
        hangs = true;
        trail.close(SHORT);
        assertThat(log.messages()).singleElement().asString().startsWith("CTR0307 ");
        assertIsLocked();
        assertIsWholeOnceTheDiskIsBack(fixture, trail);
    }

    private EvidenceFixture hangingAt(Predicate<Path> where) {
        return new EvidenceFixture(folder)
                .files(FaultyFiles.where(
                        (call, file) -> {
                            if (hangs && where.test(file)) {
                                awaitDisk();
                            }
                            return false;
                        },
                        "never"));
    }

    private void awaitDisk() {
        try {
            if (!diskIsBack.await(1, TimeUnit.MINUTES)) {
                throw new AssertionError("the disk did not come back");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void assertIsLocked() {
        assertThatThrownBy(() -> new EvidenceFixture(folder).open("boot-2")).isInstanceOf(TrailLockedException.class);
    }

    private void assertIsWholeOnceTheDiskIsBack(EvidenceFixture fixture, Trail trail) throws IOException {
        hangs = false;
        diskIsBack.countDown();
        trail.close();
        assertThatEvidence(fixture).isComplete();
        assertThat(fixture.newest().size()).isEqualTo(RECORDS + 2);
    }
}
