package io.certrail.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests by whole fragments. Nearly all records are requests, and what stands between their values is nearly always
 * the same; so it is copied in few pieces. Says what {@link RequestEvent#describe} says.
 */
final class RequestBytes {
    private static final byte[] ENDED = bytes("\"schema\":\"1\",\"event\":{\"name\":\"http.request\",\"outcome\":");
    private static final byte[] DURATION = bytes("\"duration_ns\":");
    private static final byte[] HTTP = bytes("\"http\":{\"request\":{\"id\":");
    private static final byte[] ID_SOURCE = bytes("\"id_source\":");
    private static final byte[] METHOD = bytes("\"method\":");
    private static final byte[] ROUTE = bytes("\"route\":");
    private static final byte[] STATUS = bytes("\"response\":{\"status_code\":");
    private static final byte[] SIZE = bytes("\"body\":{\"size\":");
    private static final byte[] PATH = bytes("\"url\":{\"path\":");
    private static final byte[] VERSION = bytes("\"network\":{\"protocol\":{\"version\":");
    private static final byte[] AGENT = bytes("\"user_agent\":{\"original\":");
    private static final byte[] USER = bytes("\"user\":{\"name\":");
    private static final byte[] ROLES = bytes("\"roles\":");
    private static final byte[] BOOT_ID = bytes("\"audit\":{\"boot_id\":");
    private static final byte[] SEQUENCE = bytes("\"sequence\":");
    private static final byte[] TIME = bytes("\"time\":");

    private RequestBytes() {}

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether the request has what nearly all have, so that it can be written here. */
    static boolean usual(RequestEvent event) {
        RequestFacts request = event.request();
        return event.fault() == null
                && event.name().equals(RequestEvent.ENDED)
                && event.durationNanos() >= 0
                && event.status() >= 0
                && request.path() != null
                && request.protocolVersion() != null
                && request.traceId() == null
                && request.spanId() == null
                && event.user() != null
                && event.refusedBy() == null;
    }

    /** Writes the record up to its sequence's digits. */
    static void write(RequestEvent event, String bootId, RecordBytes out) {
        out.fragment(TIME).time(event.time());
        out.fragment(ENDED).member(event.outcome().id());
        out.fragment(DURATION).number(event.durationNanos()).close(1);
        ConnectionFacts connection = event.connection();
        if (connection != null) {
            out.connection(connection);
        }
        http(event, out);
        rest(event, out);
        out.fragment(BOOT_ID).member(bootId);
        out.fragment(SEQUENCE);
    }

    private static void http(RequestEvent event, RecordBytes out) {
        RequestFacts request = event.request();
        out.fragment(HTTP).member(request.id());
        out.fragment(ID_SOURCE).member(request.idSource());
        optional(METHOD, request.method(), out);
        size(event.requestBodySize(), out);
        out.close(1);
        optional(ROUTE, event.route(), out);
        out.fragment(STATUS).number(event.status());
        size(event.responseBodySize(), out);
        out.close(2);
    }

    private static void rest(RequestEvent event, RecordBytes out) {
        RequestFacts request = event.request();
        nested(PATH, request.path(), 1, out);
        nested(VERSION, request.protocolVersion(), 2, out);
        nested(AGENT, request.userAgent(), 1, out);
        nested(USER, event.user(), 0, out);
        List<String> roles = event.roles();
        if (!roles.isEmpty()) {
            out.fragment(ROLES).members(roles);
        }
        out.close(1);
    }

    private static void optional(byte[] name, @Nullable String value, RecordBytes out) {
        nested(name, value, 0, out);
    }

    private static void nested(byte[] names, @Nullable String value, int depth, RecordBytes out) {
        if (value != null) {
            out.fragment(names).member(value).close(depth);
        }
    }

    private static void size(long size, RecordBytes out) {
        if (size >= 0) {
            out.fragment(SIZE).number(size).close(1);
        }
    }
}
