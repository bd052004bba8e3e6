package io.certrail.scan.log;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The values of a JSON object by dotted path; several of one path are joined by a space. */
final class JsonValues {
    private final Map<String, String> values = new LinkedHashMap<>();

    private JsonValues() {}

    /** Those of a text that is one JSON object; else empty. */
    static Optional<Map<String, String>> of(String text) {
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        try (var reader = Json.createReader(new StringReader(text))) {
            var all = new JsonValues();
            all.object("", reader.readObject());
            return Optional.of(all.values);
        } catch (RuntimeException | StackOverflowError e) { // of a number beyond its limits any RuntimeException
            return Optional.empty();
        }
    }

    private void object(String prefix, JsonObject object) {
        object.forEach((name, value) -> add(prefix + name, value));
    }

    private void add(String path, JsonValue value) {
        switch (value.getValueType()) {
            case OBJECT -> object(path + ".", value.asJsonObject());
            case ARRAY -> array(path, value.asJsonArray());
            case NULL -> {}
            case STRING -> values.merge(path, ((JsonString) value).getString(), JsonValues::joined);
            default -> values.merge(path, value.toString(), JsonValues::joined);
        }
    }

    private void array(String path, JsonArray array) {
        array.forEach(each -> add(path, each));
    }

    private static String joined(String one, String other) {
        return one + " " + other;
    }
}
