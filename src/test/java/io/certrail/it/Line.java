package io.certrail.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.List;

/**
 * A line of the trail.
 *
 * @param text as it stands there
 * @param json what it says
 */
record Line(long sequence, String text, JsonObject json) {
    static Line of(long sequence, byte[] bytes) {
        try (var reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return new Line(sequence, new String(bytes, UTF_8), reader.readObject());
        }
    }

    /** The value at a dotted path as text; empty if there is none. */
    String get(String path) {
        JsonValue value = find(path);
        if (value == null || value.getValueType() == JsonValue.ValueType.OBJECT) {
            return "";
        }
        return value instanceof JsonString string ? string.getString() : value.toString();
    }

    /** The number at a dotted path; -1 if there is none. */
    long number(String path) {
        return find(path) instanceof JsonNumber number ? number.longValue() : -1;
    }

    /** The texts of the array at a dotted path. */
    List<String> list(String path) {
        JsonValue value = find(path);
        return value == null || value.getValueType() != JsonValue.ValueType.ARRAY
                ? List.of()
                : value.asJsonArray().getValuesAs(JsonString::getString);
    }

    private JsonValue find(String path) {
        JsonValue value = json;
        for (String name : path.split("\\.")) {
            value = value instanceof JsonObject object ? object.get(name) : null;
        }
        return value;
    }

    String name() {
        return get("event.name");
    }

    boolean isHandshake() {
        return name().equals("tls.handshake");
    }

    boolean isRequest() {
        return name().equals("http.request");
    }

    String reason() {
        return get("error.type");
    }

    String connection() {
        return get("mtls.connection.id");
    }

    String requestId() {
        return get("http.request.id");
    }

    long status() {
        return number("http.response.status_code");
    }

    @Override
    public String toString() {
        return text;
    }
}
