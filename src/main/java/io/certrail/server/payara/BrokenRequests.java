package io.certrail.server.payara;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.Fault;
import io.certrail.event.RefusedBy;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestIdentity;
import io.certrail.recorder.RequestInFlight;
import io.certrail.server.BrokenHead;
import io.certrail.server.ConnectionFaults;
import io.certrail.server.StricterRules;
import io.certrail.server.UnheardRequests;
import io.certrail.server.http2.OpenedStreams;
import org.glassfish.grizzly.http.HttpRequestPacket;

/** Records requests that do not parse, or whose head never ends. */
final class BrokenRequests {
    private static final int BAD_REQUEST = 400;

    private final UnheardRequests requests;

    BrokenRequests(Recorder recorder) {
        requests = new UnheardRequests(recorder);
    }

    /** The parser gave up; it is about to answer. */
    void unparsable(OpenConnection connection, HttpRequestPacket packet, Throwable error) {
        BrokenHead head = connection.head().arrived();
        connection.requested();
        RequestInFlight record = requests.refused(
                head,
                answer(connection, packet),
                head.fault(error, StricterRules.GRIZZLY),
                connection.facts(),
                connection.head().sinceNanos());
        packet.getResponse().setHeader(RequestIdentity.HEADER, record.request().id());
        record.closeBeforeAnswer();
    }

    /** The status of the answer to what does not parse; none if there will be no answer. */
    private static int answer(OpenConnection connection, HttpRequestPacket packet) {
        return connection.end() == null && isOfHttp(packet)
                ? Math.max(BAD_REQUEST, packet.getResponse().getStatus())
                : UnheardRequests.NO_STATUS;
    }

    /** Whether its version is one that Grizzly knows: else it fails when it makes the answer, and just ends the connection. */
    private static boolean isOfHttp(HttpRequestPacket packet) {
        try {
            packet.getProtocol();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** The head parsed and its body does not; the server is about to answer. */
    void badBody(OpenConnection connection, HttpRequestPacket packet, Fault fault) {
        connection.requested();
        requests.refused(
                        new GrizzlyHead(packet),
                        answer(connection, packet),
                        fault,
                        connection.facts(),
                        connection.head().sinceNanos())
                .closeBeforeAnswer();
    }

    /** The body of a request that is under way does not parse; the server is about to answer. */
    void refuse(RequestInFlight record) {
        record.status(BAD_REQUEST);
        record.refusedBy(RefusedBy.HTTP_PARSER);
        record.closeBeforeAnswer();
    }

    /** A stream of HTTP/2 that was refused before it was a request, or later on, or a fault of the whole connection. */
    void badFrames(OpenConnection connection, FrameFault found) {
        if (!found.ofStream()) {
            connection.frameFault(
                    found.fault(), found.ofHead() || (found.isOfHeaderBlock() && connection.isHeaderRefused()));
        } else if (!found.ofHead() && found.blamesClient() && !connection.isRefused(found.stream())) {
            connection.streamFault(found.fault());
        }
        if (found.ofHead()) {
            connection.requested();
            RequestInFlight record = requests.unknown(
                    found.fault(), connection.facts(), connection.refuseStream(Math.max(0, found.stream())));
            record.refusedBy(RefusedBy.HTTP_PARSER);
            record.close();
            connection.headerRefused();
        }
    }

    /** As {@link UnheardRequests#abandoned}. */
    RequestInFlight abandoned(OpenConnection connection, OpenedStreams.Waiting stream, Fault fault, boolean refused) {
        connection.requested();
        return requests.abandoned(stream, fault, refused, connection.facts());
    }

    /** The connection ended in the middle of a head, or before the first chunk of its body. */
    RequestInFlight cutOff(OpenConnection connection, BrokenHead head, Fault fault) {
        connection.requested();
        long since = connection.head().sinceNanos();
        return connection.head().isArriving()
                ? requests.cutOff(head, null, fault, connection.facts(), since)
                : requests.unbegun(head, fault, connection.facts(), since);
    }

    /** A request, or a part of one, came together with the end of TLS, and the server dropped it unread. */
    void dropped(OpenConnection connection) {
        connection.requested();
        requests.unknown(ConnectionFaults.DROPPED, connection.facts(), System.nanoTime())
                .close();
    }

    /** The server waited for the first request in vain, and ended the connection. */
    void neverCame(OpenConnection connection) {
        requests.neverCame(connection.facts(), connection.startedNanos());
    }

    /** The end of an established connection is itself worth a record. */
    void ended(Fault fault, ConnectionFacts connection, long startedNanos) {
        requests.ended(fault, connection, startedNanos);
    }
}
