package io.certrail.server;

import io.certrail.event.ClosedEvent;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.Fault;
import io.certrail.event.RefusedBy;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestHead;
import io.certrail.recorder.RequestIdentity;
import io.certrail.recorder.RequestInFlight;
import io.certrail.server.http2.OpenedStreams;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of requests of which no filter and no container ever hears, and of ends that no request tells. Times
 * are those of {@link System#nanoTime()}. Safe for use by any thread.
 */
public final class UnheardRequests {
    /** The status of a request that is not answered. */
    public static final int NO_STATUS = -1;

    private final Recorder recorder;

    public UnheardRequests(Recorder recorder) {
        this.recorder = recorder;
    }

    /**
     * A request that the server's parser refused; whoever answers it closes the record.
     *
     * @param status the answer's, {@link #NO_STATUS} if there is none
     */
    public RequestInFlight refused(
            RequestHead head, int status, Fault fault, @Nullable ConnectionFacts connection, long sinceNanos) {
        RequestInFlight record = recorder.open(RequestIdentity.of(head), connection, sinceNanos);
        record.status(status);
        record.fault(fault);
        record.refusedBy(RefusedBy.HTTP_PARSER);
        return record;
    }

    /**
     * The connection ended in the middle of a head.
     *
     * @param refusal what made the parser wait for what was no request, {@code null} if nothing did
     * @param end what the end means
     * @return its record, closed
     */
    public RequestInFlight cutOff(
            BrokenHead head,
            @Nullable Fault refusal,
            Fault end,
            @Nullable ConnectionFacts connection,
            long sinceNanos) {
        RequestInFlight record = recorder.open(RequestIdentity.of(head), connection, sinceNanos);
        Fault line = refusal == null ? head.endedLineFault() : refusal;
        record.fault(line == null ? end : line);
        if (line != null) {
            record.refusedBy(RefusedBy.HTTP_PARSER);
        }
        record.close();
        return record;
    }

    /**
     * The connection ended before the server began a request whose head is whole, and which its parser took.
     *
     * @param end what the end means
     * @return its record, closed
     */
    public RequestInFlight unbegun(RequestHead head, Fault end, @Nullable ConnectionFacts connection, long sinceNanos) {
        RequestInFlight record = recorder.open(RequestIdentity.of(head), connection, sinceNanos);
        record.fault(end);
        record.close();
        return record;
    }

    /** A request of HTTP/2 of which nothing can be told but that it was there; whoever knows its end closes the record. */
    public RequestInFlight unknown(Fault fault, @Nullable ConnectionFacts connection, long sinceNanos) {
        RequestInFlight record = recorder.open(RequestIdentity.unknown(), connection, sinceNanos);
        record.fault(fault);
        return record;
    }

    /**
     * A stream of HTTP/2 that never became a request, and whose connection has ended.
     *
     * @param fault what the end means for a request that its client did not give up itself
     * @param refused whether that is for what the client sent
     * @return its record, closed
     */
    public RequestInFlight abandoned(
            OpenedStreams.Waiting stream, Fault fault, boolean refused, @Nullable ConnectionFacts connection) {
        RequestInFlight record =
                unknown(stream.reset() ? ConnectionFaults.RESET_STREAM : fault, connection, stream.sinceNanos());
        if (refused && !stream.reset()) {
            record.refusedBy(RefusedBy.HTTP_PARSER);
        }
        record.close();
        return record;
    }

    /** The server waited for the first request in vain, and ended the connection. */
    public void neverCame(@Nullable ConnectionFacts connection, long startedNanos) {
        unknown(ConnectionFaults.NO_REQUEST, connection, startedNanos).close();
    }

    /** The end of an established connection is itself worth a record. */
    public void ended(Fault fault, ConnectionFacts connection, long startedNanos) {
        recorder.record(new ClosedEvent(recorder.now(), System.nanoTime() - startedNanos, fault, connection));
    }
}
