package io.certrail.recorder;

import io.certrail.event.RecordEncoder;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Encoders to borrow, one seat per few threads. Not thread locals: those of a server's worker threads would keep the
 * application's class loader alive after it was undeployed.
 */
final class EncoderPool {
    private static final int SEATS = 256;

    private final AtomicReferenceArray<@Nullable RecordEncoder> seats = new AtomicReferenceArray<>(SEATS);

    RecordEncoder take() {
        RecordEncoder seated = seats.getAndSet(seat(), null);
        return seated == null ? new RecordEncoder() : seated;
    }

    void giveBack(RecordEncoder encoder) {
        seats.set(seat(), encoder);
    }

    private static int seat() {
        return (int) Thread.currentThread().getId() & (SEATS - 1);
    }
}
