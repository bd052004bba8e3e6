package io.certrail.server.wildfly;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.event.RefusedBy;
import io.certrail.event.TlsFacts;
import io.certrail.recorder.Durability;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestIdentity;
import io.certrail.recorder.RequestInFlight;
import io.certrail.server.BrokenHead;
import io.certrail.server.ConnectionEnd;
import io.certrail.server.ConnectionFaults;
import io.certrail.server.StricterRules;
import io.certrail.server.UnheardRequests;
import io.certrail.server.http2.OpenedStreams;
import io.certrail.server.http2.Preface;
import io.certrail.server.http2.StatusField;
import io.certrail.tls.Ending;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;

/** Records requests that never become an exchange: they do not parse, or do not come whole. */
final class BrokenRequests {
    private static final Fault ENDED_AT_HEAD = Fault.of(
            Reason.BAD_REQUEST_LINE, "invalid request line or header: the server ended the connection over it");
    private static final int BAD_REQUEST = 400;

    private final Recorder recorder;
    private final UnheardRequests requests;
    private final int maxHeadBytes;

    /** @param maxHeadBytes longest head that the listener takes */
    BrokenRequests(Recorder recorder, int maxHeadBytes) {
        this.recorder = recorder;
        requests = new UnheardRequests(recorder);
        this.maxHeadBytes = maxHeadBytes;
    }

    /** Whether a head asks to go on with HTTP/2 on a connection without TLS. */
    static boolean asksForHttp2(PendingHead head) {
        return "h2c".equalsIgnoreCase(BrokenHead.read(head.bytes()).header("Upgrade"));
    }

    /** A request that the server answers without an exchange that a handler saw. */
    RequestInFlight answeredAlone(PendingHead asked, StatusLine answer, @Nullable ConnectionFacts connection) {
        BrokenHead head = BrokenHead.read(asked.bytes());
        if (answer.status() == BAD_REQUEST) {
            Fault line = head.endedLineFault();
            Fault fault = line != null ? line : head.fault(asked.headBytes() > maxHeadBytes, StricterRules.UNDERTOW);
            return requests.refused(head, BAD_REQUEST, fault, connection, asked.firstNanos());
        }
        RequestInFlight record = recorder.open(RequestIdentity.of(head), connection, asked.firstNanos());
        record.status(answer.status());
        return record;
    }

    /**
     * Lets the answer leave once its request is on record. The parser takes it well that nothing leaves for a while; an
     * exchange of HTTP/1.1 would lose its head (Undertow frees it after the first attempt), so there the I/O thread waits.
     *
     * @param isParsers whether the parser writes it, and no exchange
     */
    void settle(RequestInFlight record, boolean isParsers, StreamConnection channel, Outbound answer) {
        if (!isParsers || recorder.options().durability() == Durability.NONE) {
            record.closeBeforeAnswer();
            return;
        }
        answer.hold();
        try {
            channel.getWorker().execute(() -> {
                try {
                    record.closeBeforeAnswer();
                } finally {
                    answer.release();
                }
            });
        } catch (RuntimeException e) {
            record.close();
            answer.release(); // the server stops
        }
    }

    /** The connection ended in the middle of a head. */
    void cutOff(PendingHead asked, Fault fault, @Nullable ConnectionFacts connection) {
        Fault refusal = agreedOnHttp2(connection) ? ConnectionFaults.NO_PREFACE : null;
        requests.cutOff(BrokenHead.read(asked.bytes()), refusal, fault, connection, asked.firstNanos());
    }

    /** Whether it is but a part of what HTTP/2 begins with, on a connection that agreed on HTTP/2: that is no request. */
    static boolean isInPreface(PendingHead asked, @Nullable ConnectionFacts connection) {
        byte[] came = asked.bytes();
        return agreedOnHttp2(connection) && Preface.mayBegin(came, came.length);
    }

    private static boolean agreedOnHttp2(@Nullable ConnectionFacts connection) {
        TlsFacts handshake = connection == null ? null : connection.tls();
        return handshake != null && "h2".equals(handshake.nextProtocol());
    }

    /**
     * A stream of HTTP/2 that never became an exchange, and whose connection has ended.
     *
     * @param fault what the end means for a request
     * @param refused whether that is for what the client sent
     * @param unsaid what is wrong with its header block, if the server ended the connection over it
     */
    void abandoned(
            OpenedStreams.Waiting stream,
            ConnectionEnd how,
            Fault fault,
            boolean refused,
            @Nullable Fault unsaid,
            @Nullable ConnectionFacts connection) {
        boolean atHead = !refused && how.equals(XnioEnd.BY_SERVER); // Undertow closes, and tells nobody why
        Fault told = unsaid == null ? ENDED_AT_HEAD : unsaid;
        requests.abandoned(stream, atHead ? told : fault, refused || atHead, connection);
    }

    /** A stream of HTTP/2 that the server refused before it was an exchange, without an answer. */
    void refusedStream(Fault refusal, @Nullable ConnectionFacts connection, long sinceNanos) {
        RequestInFlight record = requests.unknown(refusal, connection, sinceNanos);
        record.refusedBy(RefusedBy.HTTP_PARSER);
        record.close();
    }

    /**
     * A stream of HTTP/2 that the server answered before a handler saw it: with 400 the parser, with any other status
     * what stands before all applications, such as a listener's disallowed methods.
     *
     * @param status {@link StatusField#UNKNOWN} if that does not show
     */
    void answeredStream(int status, @Nullable ConnectionFacts connection, long sinceNanos) {
        RequestInFlight record = recorder.open(RequestIdentity.unknown(), connection, sinceNanos);
        record.status(status);
        if (status == BAD_REQUEST) {
            record.fault(badPath());
            record.refusedBy(RefusedBy.HTTP_PARSER);
        }
        record.close();
    }

    private static Fault badPath() {
        return Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: the path of HTTP/2 cannot be decoded");
    }

    /**
     * No request tells of a connection's end: it is recorded by itself, unless it was an orderly one.
     *
     * @param broken for what the server ended it, or one of its streams; null: neither
     */
    void endedWithout(
            boolean hadRequest,
            ConnectionEnd how,
            @Nullable Fault broken,
            @Nullable ConnectionFacts connection,
            long startedNanos) {
        TlsFacts handshake = connection == null ? null : connection.tls();
        if (connection == null || handshake == null || !handshake.established()) {
            return;
        }
        if (broken != null) {
            requests.ended(broken, connection, startedNanos);
        } else if (how.ending() == Ending.CLOSED_BY_SERVER || (hadRequest && how.ending() == Ending.RESET_BY_CLIENT)) {
            requests.ended(how.fault(), connection, startedNanos);
        } else if (!hadRequest && how.ending() == Ending.TIMED_OUT) {
            requests.neverCame(connection, startedNanos);
        }
    }
}
