package io.certrail.server.wildfly;

import io.certrail.server.ConnectionEnd;
import io.certrail.tls.Ending;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ends: who learns of it tells, who needs to know asks. The first to tell is right, but for a loss, which
 * is worse than an orderly end. Safe for use by any thread.
 */
final class ConnectionFate {
    private static final int MOMENT_MILLIS = 100;

    private final CountDownLatch sealed = new CountDownLatch(1);
    private volatile @Nullable ConnectionEnd end;

    /** How it ended or is about to, {@code null} while nothing tells. */
    @Nullable
    ConnectionEnd end() {
        return end;
    }

    /** The same, or what it is if nothing tells. */
    ConnectionEnd endOr(ConnectionEnd otherwise) {
        ConnectionEnd told = end;
        return told == null ? otherwise : told;
    }

    /** The client will send no more. */
    synchronized void endedByClient() {
        end = endOr(XnioEnd.BY_CLIENT);
    }

    /** Reading or writing failed. */
    synchronized void failed(IOException failure) {
        ConnectionEnd told = XnioEnd.of(failure);
        ConnectionEnd known = end;
        if (told != null && (known == null || !known.isLoss())) {
            end = told;
        }
    }

    /**
     * It is closed.
     *
     * @param otherwise how, if nothing told
     * @return how
     */
    synchronized ConnectionEnd seal(ConnectionEnd otherwise) {
        ConnectionEnd how = endOr(otherwise);
        end = how;
        sealed.countDown();
        return how;
    }

    /**
     * How a handshake ended that one side gave up. Another thread is about to know; this waits for it a moment.
     *
     * @return {@code null} if it does not end
     */
    @Nullable
    Ending await() {
        try {
            if (!sealed.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS) && end == null) {
                return null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ConnectionEnd told = end;
        return told == null ? null : told.ending();
    }
}
