package io.certrail.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/**
 * A record as people read it.
 *
 * @param raw what is no JSON object, to be shown as it is; empty otherwise
 */
record RecordView(JsonObject json, String raw) {
    static RecordView of(byte[] line) {
        String text = new String(line, UTF_8);
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return new RecordView(reader.readObject(), "");
        } catch (RuntimeException e) { // JsonException, or another where a number or a level is beyond Parsson's limits
            return new RecordView(JsonValue.EMPTY_JSON_OBJECT, text);
        }
    }

    /** A member by its dotted path; empty if there is none. */
    String text(String path) {
        JsonValue value = json;
        for (String name : path.split("\\.", -1)) {
            value = value instanceof JsonObject object ? object.get(name) : null;
        }
        return value instanceof JsonString string ? string.getString() : value == null ? "" : value.toString();
    }

    boolean isFailure() {
        return text("event.outcome").equals("failure");
    }

    /** In one line: when, what, how it ended, who, what was asked. */
    String line(Ansi ansi) {
        if (!raw.isEmpty()) {
            return HarmlessText.of(raw);
        }
        String style = isFailure() ? "red" : text("event.outcome").equals("success") ? "green" : "yellow";
        List<String> words = new ArrayList<>(List.of(
                text("audit.sequence"),
                text("time"),
                text("event.name"),
                text("event.outcome"),
                text("error.type"),
                text("client.address"),
                text("tls.client.subject"),
                text("http.request.method"),
                text("url.path"),
                text("http.response.status_code"),
                text("user.name"),
                text("app.action"),
                text("code.function.name")));
        words.removeIf(String::isEmpty);
        String plain = HarmlessText.of(String.join("  ", words));
        return ansi.enabled() ? coloured(ansi, style, plain) : plain;
    }

    /** Not by the library's markup: the text may hold some. */
    private static String coloured(Ansi ansi, String style, String plain) {
        String[] marks = ansi.string("@|" + style + " x|@").split("x", 2);
        return marks[0] + plain + marks[1];
    }

    /** All members, one a line, by their dotted paths. */
    List<String> members() {
        List<String> lines = new ArrayList<>();
        if (raw.isEmpty()) {
            members("", json, lines);
        } else {
            lines.add(HarmlessText.of(raw));
        }
        return lines;
    }

    private static void members(String prefix, JsonObject object, List<String> lines) {
        object.forEach((name, value) -> {
            if (value instanceof JsonObject child) {
                members(prefix + name + ".", child, lines);
            } else {
                String text = value instanceof JsonString string ? string.getString() : value.toString();
                lines.add(HarmlessText.of(prefix + name + ": " + text));
            }
        });
    }
}
