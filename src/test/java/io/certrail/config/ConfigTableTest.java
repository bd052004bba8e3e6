package io.certrail.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigTableTest {
    private static final String BEGIN = "<!-- config -->";
    private static final String END = "<!-- /config -->";

    @Test
    void readmeShowsTheTableOfKeys() throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        assertThat(readme).contains(BEGIN, END);
        assertThat(readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END))
                        .strip())
                .as("what belongs between %s and %s of README.md", BEGIN, END)
                .isEqualTo(table());
    }

    private static String table() {
        return Arrays.stream(ConfigKey.values())
                .map(key ->
                        "| `%s` | %s | `%s` | %s |".formatted(key.key(), key.unit(), key.defaultValue(), key.effect()))
                .collect(Collectors.joining("\n", "| key | unit | default | consequence |\n|---|---|---|---|\n", ""));
    }
}
