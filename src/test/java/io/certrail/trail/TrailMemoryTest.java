package io.certrail.trail;

import static io.certrail.trail.EvidenceAssert.assertThatEvidence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.HeardLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Where memory is out, a failure can not even be worded: that ends no thread, and the operator is told later. */
final class TrailMemoryTest {
    @RegisterExtension
    final HeardLog log = new HeardLog("io.certrail.trail");

    @TempDir
    Path folder;

    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicBoolean exhausted = new AtomicBoolean();
    /** How often a failure could not be worded. */
    private final AtomicInteger unworded = new AtomicInteger();

    @Test
    void writerGoesOnOnceThereIsMemoryToWordItsFailure() throws IOException {
        EvidenceFixture fixture = failingAt((call, file) -> call.equals("write") && isOf(file, "wal", "entries"));
        try (Trail trail = fixture.open()) {
            EvidenceFixture.append(trail, "boot-1", 1);
            exhaust();
            Ticket lost = append(trail);
            awaitUnworded(3); // when it is dealt with, when the operator is told, and again
            assertThat(trail.status()).isInstanceOf(TrailStatus.Failing.class);
            exhausted.set(false);
            broken.set(false);
            assertThat(lost.await(EvidenceFixture.LONG)).isFalse();
            assertThat(lost.isLost()).isTrue();
            EvidenceFixture.await(() -> trail.status().isWriting());
            EvidenceFixture.append(trail, "boot-1", 1);
        }
        assertThat(log.messages("CTR0301 ")).singleElement().asString().contains("a bad day");
        assertThat(log.messages("CTR0302 ")).hasSize(1);
        assertThatEvidence(fixture).isComplete();
    }

    @Test
    void treeGrowsAgainOnceThereIsMemoryToWordItsFailure() throws IOException {
        EvidenceFixture fixture = failingAt((call, file) -> call.equals("write") && isOf(file, "tile"));
        try (Trail trail = fixture.open()) {
            exhaust();
            EvidenceFixture.append(trail, "boot-1", 1);
            awaitUnworded(2);
            exhausted.set(false);
            EvidenceFixture.await(() -> log.messages("CTR0316 ").size() == 1);
            broken.set(false);
            TrailAssert.awaitSealed(trail);
        }
        assertThat(log.messages("CTR0316 ")).singleElement().asString().contains("a bad day");
        assertThat(log.messages("CTR0318 ")).hasSize(1);
        assertThatEvidence(fixture).isComplete();
    }

    @Test
    void whatIsToldLostWhenTheWriterGivesUpIsNotFoundByTheNextStart() throws IOException {
        EvidenceFixture fixture = failingAt((call, file) -> call.equals("wrote") && isOf(file, "entries"))
                .walBytes(0);
        Trail trail = fixture.open();
        EvidenceFixture.append(trail, "boot-1", 1);
        exhaust();
        Ticket lost = append(trail);
        awaitUnworded(1);
        trail.close();
        assertThat(lost.isLost()).isTrue();
        assertThat(TrailAssert.lines(folder)).hasSize(2);
        exhausted.set(false);
        broken.set(false);
        fixture.live("boot-2", 1);
        assertThat(TrailAssert.lines(folder)).noneMatch(line -> line.contains("\"lost\""));
        assertThatEvidence(fixture).isComplete();
    }

    @Test
    void integratorEndsBeforeTheLockGoesWhereTheWriterCanNotBeStarted() throws IOException {
        EvidenceFixture fixture = new EvidenceFixture(folder);
        Set<Thread> before = integrators();
        Set<Thread> begun = new HashSet<>();
        ThreadFactory none = work -> new Thread(work) {
            @Override
            public void start() {
                begun.addAll(integrators());
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
        assertThatThrownBy(() -> fixture.open("boot-1", none)).isInstanceOf(OutOfMemoryError.class);
        begun.removeAll(before);
        assertThat(begun).hasSize(1).noneMatch(Thread::isAlive);
        fixture.live("boot-2", 1);
        assertThatEvidence(fixture).isComplete();
    }

    private static Set<Thread> integrators() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("certrail-trail-integrator"))
                .collect(Collectors.toSet());
    }

    private EvidenceFixture failingAt(BiPredicate<String, Path> where) {
        return new EvidenceFixture(folder)
                .files(FaultyFiles.where(
                        (call, file) -> {
                            if (broken.get() && where.test(call, file)) {
                                throw new Unspeakable();
                            }
                            return false;
                        },
                        "never"));
    }

    private void exhaust() {
        exhausted.set(true);
        broken.set(true);
    }

    private boolean isOf(Path file, String... folders) {
        Path first = folder.relativize(file).getName(0);
        return List.of(folders).contains(first.toString());
    }

    private void awaitUnworded(int times) {
        EvidenceFixture.await(() -> unworded.get() >= times);
    }

    private static Ticket append(Trail trail) {
        byte[] line = RecordChronicle.line("boot-1", "http.request", "success", "lost");
        return trail.append(line, line.length, Wait.DURABLE);
    }

    /** There is no memory for its message. */
    private final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            if (exhausted.get()) {
                unworded.incrementAndGet();
                throw new OutOfMemoryError("injected");
            }
            return "a bad day";
        }
    }
}
