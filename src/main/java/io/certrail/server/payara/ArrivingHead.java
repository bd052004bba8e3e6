package io.certrail.server.payara;

import io.certrail.event.Fault;
import io.certrail.server.BrokenHead;
import org.glassfish.grizzly.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * How far a connection is with the head of its next request of HTTP/1.1: what of it has come, and whether its request has.
 * Safe for use by any thread.
 */
final class ArrivingHead {
    private static final byte[] NOTHING = {};

    private boolean arriving;
    /** What came of it. A copy: the memory is others' once the parser is done with what it has read. */
    private byte[] bytes = NOTHING;
    /** One that is whole, and whose request Grizzly begins only with the first chunk of its body. */
    private @Nullable BrokenHead chunked;

    private long sinceNanos;
    private @Nullable Fault fault;
    private boolean taken = true;
    private boolean seen;
    private boolean bodyFollows;
    private boolean flightUnheard;

    /** Bytes of TLS arrived, after the handshake: whether they bring data and the end at once. */
    synchronized void flightReceived(boolean closing) {
        flightUnheard = closing && !bodyFollows;
    }

    /** Whether the last data came with the end of TLS, and no parser heard of it: it was a request's. */
    synchronized boolean isFlightUnheard() {
        return flightUnheard;
    }

    /**
     * The parser has bytes.
     *
     * @param ofHead whether they begin the next head, with all that came of it before
     */
    synchronized void received(Buffer buffer, boolean ofHead) {
        flightUnheard = false;
        if (ofHead && chunked == null) {
            sinceNanos = arriving ? sinceNanos : System.nanoTime();
            arriving = true;
            bytes = GrizzlyHead.bytes(buffer);
        }
    }

    /**
     * It is whole: what comes next is its request, or the rest of its body.
     *
     * @param body whether it announces one
     */
    synchronized void parsed(boolean body) {
        bodyFollows = body;
        none();
        chunked = null;
        taken = false;
        seen = true;
    }

    /** The one that is whole announces chunks. */
    synchronized void awaitsChunk(BrokenHead whole) {
        chunked = whole;
    }

    /** What came is none: the rest of a body whose request has its answer, what does not parse, or frames of HTTP/2. */
    synchronized void none() {
        arriving = false;
        bytes = NOTHING;
    }

    /** Whether one was whole ever. */
    synchronized boolean wasSeen() {
        return seen;
    }

    /** True once for a head of which no request has come. */
    synchronized boolean take() {
        boolean first = !taken;
        taken = true;
        chunked = null;
        return first;
    }

    /** Whether one is on its way that is not whole yet. */
    synchronized boolean isArriving() {
        return arriving;
    }

    /** What has come of that one. */
    synchronized BrokenHead arrived() {
        return BrokenHead.read(bytes);
    }

    /** At the connection's end: the one of which no request has come, as far as it is known; {@code null} if there is none. */
    synchronized @Nullable BrokenHead left() {
        if (!arriving) {
            return chunked;
        }
        BrokenHead came = arrived();
        return came.hasBegun() ? came : null;
    }

    /** Tells what is wrong with it, though the parser took it. */
    synchronized void fault(@Nullable Fault cause) {
        fault = cause;
    }

    /** What was told of it, once. */
    synchronized @Nullable Fault takeFault() {
        Fault told = fault;
        fault = null;
        return told;
    }

    /** {@link System#nanoTime()} at the first byte of the one seen last. */
    synchronized long sinceNanos() {
        return sinceNanos == 0 ? System.nanoTime() : sinceNanos;
    }
}
