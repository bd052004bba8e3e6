package io.certrail.server.payara;

import io.certrail.event.Fault;
import io.certrail.server.ConnectionFaults;
import io.certrail.tls.Ending;
import io.certrail.tls.HandshakeFacts;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.memory.ByteBufferWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of a connection's handshake until it is judged: the first and the last bytes that came, what the client
 * presented, and what the trust manager says of it; the latter also in a renegotiation. Safe for use by any thread.
 */
final class HandshakeCapture {
    private static final byte[] NOTHING = {};

    private long startedNanos = System.nanoTime();
    private byte[] first = NOTHING;
    private int firstLength;
    private long received;
    private byte[] last = NOTHING;
    private @Nullable Buffer flight;
    private int flightLength;
    private X509Certificate @Nullable [] presented;
    private boolean trusted;
    private @Nullable Throwable trustFailure;
    private List<X509Certificate> trustAnchors = List.of();
    private @Nullable String protocol;
    private @Nullable String cipher;
    private boolean refused;

    /** {@link System#nanoTime()} at the first byte, or at the beginning while none has come. */
    synchronized long startedNanos() {
        return startedNanos;
    }

    /** Keeps the first and the last bytes that came; the buffer's position is behind them. */
    synchronized void received(Buffer data, int size) {
        if (received == 0) {
            startedNanos = System.nanoTime();
        }
        received += size;
        flight = data;
        flightLength = size;
        int from = data.position() - size;
        if (from < 0) {
            return;
        }
        int keep = Math.min(size, HandshakeFacts.MAX_FIRST - firstLength);
        if (keep > 0) {
            if (first.length < firstLength + keep) {
                first = Arrays.copyOf(first, Math.min(HandshakeFacts.MAX_FIRST, Math.max(1024, firstLength + keep)));
            }
            copy(data, from, first, firstLength, keep);
            firstLength += keep;
        }
        last = new byte[Math.min(size, HandshakeFacts.MAX_LAST)];
        copy(data, data.position() - last.length, last, 0, last.length);
    }

    private static void copy(Buffer from, int at, byte[] to, int offset, int count) {
        for (int i = 0; i < count; i++) {
            to[offset + i] = from.get(at + i);
        }
    }

    /**
     * Whether data and the end of TLS follow the handshake in the read that completed it: to be asked in that moment. Grizzly
     * has then cut off what the handshake took, so the buffer is no longer than that.
     */
    synchronized boolean restBringsData() {
        if (flight == null || received != firstLength) {
            return false;
        }
        int rest = flightLength - taken(flight);
        Buffer all = new ByteBufferWrapper(ByteBuffer.wrap(first));
        return rest > 0 && ClosingFlight.bringsData(all, firstLength - rest, firstLength);
    }

    private static int taken(Buffer read) {
        try {
            return read.position() > 0 ? read.position() : read.limit();
        } catch (RuntimeException e) {
            return Integer.MAX_VALUE; // given back, so all of it was taken
        }
    }

    /** What the trust manager was shown. */
    synchronized void presented(X509Certificate[] chain, @Nullable SSLSession session) {
        presented = chain.clone();
        trusted = false;
        negotiated(session);
    }

    /** What was agreed so far, which the engine forgets when it fails. */
    synchronized void negotiated(@Nullable SSLSession session) {
        if (session != null) {
            protocol = session.getProtocol();
            cipher = session.getCipherSuite();
        }
    }

    /** The trust manager accepted it. */
    synchronized void trusted() {
        trusted = true;
    }

    synchronized void refused(Throwable why, List<X509Certificate> anchors) {
        trustFailure = why;
        trustAnchors = anchors;
    }

    /** Whether the trust manager is being asked, perhaps for long: the engine answers nobody meanwhile. */
    synchronized boolean isBeingTrusted() {
        return presented != null && !trusted && trustFailure == null;
    }

    /** Whether the trust manager was asked: a session that is resumed does without. */
    synchronized boolean wasAskedToTrust() {
        return presented != null;
    }

    /** All that was captured, and forgets the bytes: to be called once, by who {@link OpenConnection#judge() judges}. */
    synchronized HandshakeFacts.Builder facts(Ending ending) {
        refused = ending != Ending.ESTABLISHED;
        HandshakeFacts.Builder captured = HandshakeFacts.ending(ending)
                .received(Arrays.copyOf(first, firstLength), received, last)
                .trustAnchors(trustAnchors)
                .negotiated(protocol, cipher);
        if (trustFailure != null) {
            captured.refused(presented, trustFailure);
        } else if (trusted) {
            captured.accepted(presented);
        } else {
            captured.presented(presented);
        }
        first = NOTHING;
        last = NOTHING;
        flight = null;
        return captured;
    }

    /** Whether it failed: then nothing that follows is worth a record. */
    synchronized boolean isRefused() {
        return refused;
    }

    /** Why the trust manager refused what the client presented in a renegotiation; {@code null} if it did not. */
    synchronized @Nullable Fault renegotiationFault() {
        return refused || trustFailure == null
                ? null
                : ConnectionFaults.ofTls(HandshakeFacts.ending(Ending.FAILED)
                        .trustAnchors(trustAnchors)
                        .refused(presented, trustFailure)
                        .build());
    }
}
