package io.certrail.hook;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The plaintext that passes through a server's buffers in one call of its engine: what lies between their positions
 * before and after. For one thread.
 */
final class Plaintext {
    private static final Plaintext UNWATCHED = new Plaintext(null, new ByteBuffer[0], 0, new int[0]);

    private final @Nullable HttpWatch watch;
    private final ByteBuffer[] buffers;
    private final int offset;
    private final int[] positions;

    private Plaintext(@Nullable HttpWatch watch, ByteBuffer[] buffers, int offset, int[] positions) {
        this.watch = watch;
        this.buffers = buffers;
        this.offset = offset;
        this.positions = positions;
    }

    /** Notes where the buffers are before the call; arguments that the engine will refuse are not looked at. */
    static Plaintext before(@Nullable HttpWatch watch, ByteBuffer @Nullable [] buffers, int offset, int length) {
        if (watch == null || buffers == null || offset < 0 || length < 0 || length > buffers.length - offset) {
            return UNWATCHED;
        }
        int[] positions = new int[length];
        for (int i = 0; i < length; i++) {
            ByteBuffer buffer = buffers[offset + i];
            positions[i] = buffer == null ? 0 : buffer.position();
        }
        return new Plaintext(watch, buffers, offset, positions);
    }

    /** Shows what passed. */
    void after(BiConsumer<HttpWatch, ByteBuffer> observer) {
        HttpWatch watching = watch;
        for (int i = 0; watching != null && i < positions.length; i++) {
            ByteBuffer passed = buffers[offset + i].duplicate();
            if (passed.position() > positions[i]) {
                passed.flip().position(positions[i]);
                observer.accept(watching, passed);
            }
        }
    }
}
