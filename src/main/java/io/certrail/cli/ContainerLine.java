package io.certrail.cli;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;

/** A line of a container's standard output, as Docker's driver json-file keeps it: {@code {"log":"…\\n","stream":"stdout",…}}. */
final class ContainerLine {
    private static final String BEGIN = "{\"log\":";

    private ContainerLine() {}

    /** What was printed; the line itself if it is none of a container's. */
    static String text(String line) {
        if (!line.startsWith(BEGIN)) {
            return line;
        }
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject().get("log") instanceof JsonString printed
                    ? printed.getString().stripTrailing()
                    : line;
        } catch (RuntimeException e) { // JsonException, or another where a number or a level is beyond Parsson's limits
            return line;
        }
    }
}
