package io.certrail.api;

import io.certrail.event.Fault;
import io.certrail.recorder.RequestInFlight;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Problem details of an error: RFC 9457. The type is {@code about:blank} (section 4.2.1): the status says it all.
 *
 * @param status of the answer, 400 to 599
 * @param requestId under which the request stands on record; {@code null} if none met it
 * @param invalid what has to be put right: name of a field or parameter, and what it must be
 */
record Problem(int status, @Nullable String requestId, List<Violation> invalid) {
    static final String MEDIA_TYPE = "application/problem+json";
    static final MediaType TYPE = new MediaType("application", "problem+json");

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(408, "Request Timeout"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    /**
     * A constraint that does not hold.
     *
     * @param name of a field or parameter of the API, never a word of the client's
     */
    record Violation(String name, String reason) {}

    static Problem of(int status, @Nullable String requestId) {
        return new Problem(status, requestId, List.of());
    }

    /** Answers what is wrong with a request's input, and puts its names on record as the reason. */
    static Response invalid(@Nullable HttpServletRequest request, List<Violation> invalid) {
        RequestInFlight inFlight = request == null ? null : CurrentRequest.find(request);
        if (inFlight != null) {
            inFlight.fault(fault(invalid));
        }
        int status = Response.Status.BAD_REQUEST.getStatusCode();
        String id = inFlight == null ? null : inFlight.request().id();
        return Response.status(status)
                .type(TYPE)
                .entity(new Problem(status, id, invalid).json())
                .build();
    }

    /** What is wrong, for the record: names of the API's, no word of the client's. */
    static Fault fault(List<Violation> invalid) {
        return new Fault(
                "400",
                "invalid: " + invalid.stream().map(Violation::name).distinct().collect(Collectors.joining(", ")));
    }

    String json() {
        JsonObjectBuilder problem = Json.createObjectBuilder()
                .add("type", "about:blank")
                .add("title", TITLES.getOrDefault(status, status < 500 ? "Refused" : "Failed"))
                .add("status", status);
        if (requestId != null) {
            problem.add("instance", instance(requestId)).add("request_id", requestId);
        }
        if (!invalid.isEmpty()) {
            var list = Json.createArrayBuilder();
            invalid.forEach(each ->
                    list.add(Json.createObjectBuilder().add("name", each.name()).add("reason", each.reason())));
            problem.add("invalid", list);
        }
        return problem.build().toString();
    }

    /** RFC 9562 section 4 for an id made here; a client's own need not be a UUID. */
    private static String instance(String id) {
        return id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? "urn:uuid:" + id
                : "urn:certrail:request:" + percentEncoded(id);
    }

    private static String percentEncoded(String id) {
        StringBuilder encoded = new StringBuilder(id.length());
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || "-._~".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
