package io.certrail.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SegmentTest {
    @TempDir
    Path folder;

    /** Whether the next force fails; once. */
    private final AtomicBoolean fails = new AtomicBoolean();

    /**
     * A segment with a line that is on disk in the log alone, and whose next force fails.
     *
     * @param failure gives true, or throws what that force throws instead
     */
    private Segment logged(BooleanSupplier failure) throws IOException {
        TrailFiles files = FaultyFiles.where(
                (call, file) -> call.equals("force") && fails.getAndSet(false) && failure.getAsBoolean(),
                "Input/output error");
        SegmentName name = SegmentName.of(folder, 0);
        Segment segment = new Segment(name, files.create(name.file()), 0, 0);
        segment.write(ByteBuffer.wrap("in the log\n".getBytes(UTF_8)));
        segment.durable(0, 1);
        fails.set(true);
        return segment;
    }

    /** Not only a disk's failure is one. */
    @Test
    void forceThatEndedInAnErrorIsNotTakenForOneByTheNext() throws IOException {
        try (Segment segment = logged(() -> {
            throw new NoClassDefFoundError("injected");
        })) {
            assertThatThrownBy(segment::forceDurable).isInstanceOf(NoClassDefFoundError.class);
            segment.forceDurable();
            assertThat(segment.forced().next()).isZero();
            assertThat(segment.isBroken()).isTrue();
            assertThatThrownBy(segment::expectSound).hasMessageContaining("injected");
        }
    }

    @Test
    void forceThatFailedIsNotTakenForOneByTheNextWhereThereIsNoMemoryToWordIt() throws IOException {
        try (Segment segment = logged(() -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    throw new OutOfMemoryError("injected");
                }
            };
        })) {
            assertThatThrownBy(() -> segment.force(1)).isInstanceOf(OutOfMemoryError.class);
            segment.forceDurable();
            assertThat(segment.forced().next()).isZero();
            assertThat(segment.isBroken()).isTrue();
        }
    }

    /** A system tells of a write that failed once: to the writer, say, while the forcer is about to force the same file. */
    @Test
    void whatAFailedForceWasToMakeDurableIsNotTakenForThatByTheNext() throws IOException {
        try (Segment segment = logged(() -> true)) {
            assertThatThrownBy(() -> segment.force(1)).hasMessageContaining("Input/output error");
            segment.forceDurable();
            assertThat(segment.forced().next()).isZero();
            assertThat(segment.isBroken()).isTrue();
        }
    }
}
