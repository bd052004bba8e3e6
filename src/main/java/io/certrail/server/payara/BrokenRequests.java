package io.certrail.server.payara;

import io.certrail.event.Fault;
import io.certrail.event.RefusedBy;
import io.certrail.event.RequestFacts;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestHead;
import io.certrail.recorder.RequestIdentity;
import io.certrail.recorder.RequestInFlight;
import io.certrail.server.BrokenHead;
import io.certrail.server.ConnectionFaults;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.jspecify.annotations.Nullable;

/** Records requests of which no filter and no container ever hears: they do not parse, or their head never ends. */
final class BrokenRequests {
    private static final int BAD_REQUEST = 400;

    private final Recorder recorder;

    BrokenRequests(Recorder recorder) {
        this.recorder = recorder;
    }

    /** The parser gave up; it is about to answer. */
    void unparsable(OpenConnection connection, HttpRequestPacket packet, Throwable error) {
        BrokenHead head = BrokenHead.read(bytes(connection.head()));
        RequestInFlight record = open(connection, head);
        int status = packet.getResponse().getStatus();
        record.status(status >= BAD_REQUEST ? status : BAD_REQUEST);
        record.fault(head.fault(error));
        record.refusedBy(RefusedBy.HTTP_PARSER);
        packet.getResponse().setHeader(RequestIdentity.HEADER, record.request().id());
        record.closeBeforeAnswer();
    }

    /** The head parsed and its body does not; the server is about to answer. */
    void badBody(OpenConnection connection, HttpRequestPacket packet, Fault fault) {
        RequestInFlight record = open(connection, new GrizzlyHead(packet));
        record.status(BAD_REQUEST);
        record.fault(fault);
        record.refusedBy(RefusedBy.HTTP_PARSER);
        record.closeBeforeAnswer();
    }

    /** A stream of HTTP/2 that was refused before it was a request, or a fault of the whole connection. */
    void badFrames(OpenConnection connection, FrameFault found) {
        if (!found.ofStream()) {
            connection.frameFault(found.fault(), found.ofHead());
        }
        if (found.ofHead()) {
            connection.requested();
            RequestInFlight record = recorder.open(RequestIdentity.unknown(), connection.facts(), System.nanoTime());
            record.fault(found.fault());
            record.refusedBy(RefusedBy.HTTP_PARSER);
            record.close();
        }
    }

    /** What is wrong with the length of the body that a head announces, {@code null} if nothing is. */
    @Nullable
    Fault lengthFault(OpenConnection connection) {
        return BrokenHead.read(bytes(connection.head())).lengthFault();
    }

    /** The connection ended in the middle of a head. */
    void cutOff(OpenConnection connection, Fault fault) {
        BrokenHead head = BrokenHead.read(bytes(connection.head()));
        RequestInFlight record = open(connection, head);
        Fault line = head.endedLineFault(); // what the parser waited to go on was no request
        record.fault(line == null ? fault : line);
        if (line != null) {
            record.refusedBy(RefusedBy.HTTP_PARSER);
        }
        record.close();
    }

    /** The server waited for the first request in vain, and ended the connection. */
    void neverCame(OpenConnection connection) {
        RequestInFlight record =
                recorder.open(RequestIdentity.unknown(), connection.facts(), connection.startedNanos());
        record.fault(ConnectionFaults.NO_REQUEST);
        record.close();
    }

    private RequestInFlight open(OpenConnection connection, RequestHead head) {
        RequestFacts facts = RequestIdentity.of(head);
        connection.requested();
        return recorder.open(facts, connection.facts(), connection.headNanos());
    }

    private static byte[] bytes(@Nullable Buffer buffer) {
        if (buffer == null) {
            return new byte[0];
        }
        byte[] bytes = new byte[Math.min(buffer.limit(), BrokenHead.MAX_BYTES)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = buffer.get(i);
        }
        return bytes;
    }
}
