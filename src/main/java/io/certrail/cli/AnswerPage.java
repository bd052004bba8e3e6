package io.certrail.cli;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer says beside what was asked for: of lines in its headers, of JSON in its members.
 *
 * @param link address of the next page (RFC 8288)
 * @param cursor parameter of the next page
 * @param missing why not all is there; empty if all is, or if it is not said
 */
record AnswerPage(Optional<String> link, Optional<String> cursor, Optional<String> missing) {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"next\"");

    /** @throws IOException if it says to be JSON, and is none */
    static AnswerPage of(HttpHeaders headers, String body) throws IOException {
        boolean json = headers.firstValue("Content-Type").orElse("").startsWith("application/json");
        return json ? ofJson(body) : ofLines(headers);
    }

    private static AnswerPage ofLines(HttpHeaders headers) {
        Optional<String> link = headers.allValues("Link").stream()
                .map(NEXT::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
        Optional<String> missing =
                headers.firstValue("Certrail-Coverage").filter(coverage -> !coverage.startsWith("complete"));
        return new AnswerPage(link, Optional.empty(), missing);
    }

    private static AnswerPage ofJson(String body) throws IOException {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            JsonObject json = reader.readValue() instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
            Optional<String> cursor =
                    json.get("next") instanceof JsonString next ? Optional.of(next.getString()) : Optional.empty();
            return new AnswerPage(Optional.empty(), cursor, missing(json));
        } catch (JsonException e) {
            throw new IOException("the answer is no JSON: " + e.getMessage(), e);
        }
    }

    private static Optional<String> missing(JsonObject json) {
        if (!(json.get("coverage") instanceof JsonObject coverage) || coverage.getBoolean("complete", true)) {
            return Optional.empty();
        }
        TreeSet<String> kinds = new TreeSet<>();
        if (coverage.containsKey("gaps")) {
            coverage.getJsonArray("gaps")
                    .getValuesAs(JsonObject.class)
                    .forEach(gap -> kinds.add(gap.getString("kind", "unknown")));
        }
        return Optional.of("partial;gaps=" + String.join(",", kinds));
    }
}
