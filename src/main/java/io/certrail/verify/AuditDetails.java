package io.certrail.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.tlog.TreeHasher;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.List;

/**
 * What a record says under {@code audit.details}; for the few records of which all has to be read.
 * Nothing, if the record cannot be read.
 */
record AuditDetails(JsonObject details) {
    /** In characters: more than connection and request of a record of ours have. */
    private static final int MAX_REQUEST = 512;

    static AuditDetails of(byte[] array, int from, int to) {
        return new AuditDetails(object(object(parse(array, from, to), "audit"), "details"));
    }

    /** Connection and id of the request that a record tells of; of very long ones the begin, and a hash of all. */
    static String request(byte[] array, int from, int to) {
        JsonObject record = parse(array, from, to);
        String connection = text(object(object(record, "mtls"), "connection"), "id");
        String request = connection + " " + text(object(object(record, "http"), "request"), "id");
        return request.length() <= MAX_REQUEST
                ? request
                : request.substring(0, MAX_REQUEST) + " " + new TreeHasher().leaf(request.getBytes(UTF_8));
    }

    /** Empty if it cannot be read: of numbers and levels beyond its limits, Parsson says so by any RuntimeException. */
    private static JsonObject parse(byte[] array, int from, int to) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(array, from, to - from))) {
            return reader.readObject();
        } catch (RuntimeException e) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    private static JsonObject object(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonObject child ? child : JsonValue.EMPTY_JSON_OBJECT;
    }

    private static String text(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonString text ? text.getString() : "";
    }

    String text(String name) {
        return text(details, name);
    }

    /** -1: it is not there, or no number. */
    long number(String name) {
        String text = text(name);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }

    List<String> list(String name) {
        return details.get(name) instanceof JsonArray list
                ? list.stream()
                        .filter(JsonString.class::isInstance)
                        .map(each -> ((JsonString) each).getString())
                        .toList()
                : List.of();
    }
}
