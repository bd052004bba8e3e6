package io.certrail.metrics;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/**
 * What MicroProfile Health would answer for Certrail's checks (version 4.0, section 3).
 *
 * @param json the answer's body
 */
record HealthAnswer(boolean isUp, String json) {
    /**
     * The answer for a kind of checks.
     *
     * @param path below {@code /health}: "", {@code /ready}, {@code /live} or {@code /started}; empty for any other
     */
    static Optional<HealthAnswer> of(String path, CurrentRecorder recorder) {
        return switch (path) {
            case "" -> Optional.of(of(List.of(Condition.DEPLOYED, Condition.ofTrail(recorder))));
            case "/ready" -> Optional.of(of(List.of(Condition.ofTrail(recorder))));
            case "/live" -> Optional.of(of(List.of(Condition.DEPLOYED)));
            case "/started" -> Optional.of(of(List.of()));
            default -> Optional.empty();
        };
    }

    private static HealthAnswer of(List<Condition> checks) {
        boolean up = checks.stream().allMatch(Condition::isUp);
        JsonArrayBuilder array = Json.createArrayBuilder();
        checks.forEach(check -> array.add(json(check)));
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("status", word(up)).add("checks", array);
        return new HealthAnswer(up, json.build().toString());
    }

    private static JsonObjectBuilder json(Condition check) {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("name", check.name()).add("status", word(check.isUp()));
        return check.facts().isEmpty() ? json : json.add("data", Json.createObjectBuilder(check.facts()));
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
