package io.certrail.docker;

import static io.certrail.docker.DockerFiles.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.certrail.config.ConfigKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compose files against the schema of the Compose Specification, and against what they name. */
class ComposeTest {
    private static final JsonSchema SCHEMA = schema();
    private final JsonNode compose = DockerFiles.yaml("compose.yaml");

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.wildfly.yaml"})
    void fileKeepsTheSchema(String file) {
        assertThat(SCHEMA.validate(DockerFiles.yaml(file))).isEmpty();
    }

    @Test
    void schemaFindsFaults() {
        ObjectNode wrong = compose.deepCopy();
        ((ObjectNode) wrong.get("services").get("certrail")).put("readonly", true);
        assertThat(SCHEMA.validate(wrong)).isNotEmpty();
    }

    @Test
    void everySecretIsDeclaredUsedAndInNoRepository() {
        Set<String> used = new HashSet<>();
        stream(compose.get("services"))
                .forEach(service -> stream(service.path("secrets")).forEach(secret -> used.add(secret.asText())));
        Set<String> declared = new HashSet<>();
        compose.get("secrets").fieldNames().forEachRemaining(declared::add);

        assertThat(declared).isEqualTo(used);
        assertThat(stream(compose.get("secrets")))
                .allMatch(secret -> secret.get("file").asText().startsWith("./secrets/"));
        assertThat(DockerFiles.text(".gitignore")).contains("/secrets/");
    }

    @Test
    void everyImageHasAVersionAndNoServiceHasMoreRightsThanItNeeds() {
        assertThat(stream(compose.get("services"))).isNotEmpty().allSatisfy(service -> {
            assertThat(service.get("image").asText()).matches("[a-z/-]+:v?\\d+(\\.\\d+)+");
            assertThat(service.get("read_only").asBoolean()).isTrue();
            assertThat(service.get("cap_drop").get(0).asText()).isEqualTo("ALL");
            assertThat(service.get("security_opt").get(0).asText()).isEqualTo("no-new-privileges:true");
            assertThat(stream(service.get("ports")))
                    .allMatch(port -> port.asText().startsWith("127.0.0.1:"));
        });
    }

    @Test
    void everyFileThatIsMountedOrBuiltExists() {
        Path folder = DockerFiles.FOLDER;
        stream(compose.get("services")).forEach(service -> {
            stream(service.path("volumes"))
                    .map(volume -> volume.asText().split(":")[0])
                    .filter(source -> source.startsWith("./"))
                    .forEach(source -> assertThat(folder.resolve(source)).exists());
        });
        for (String file : List.of("compose.yaml", "compose.wildfly.yaml")) {
            String build = DockerFiles.yaml(file)
                    .at("/services/certrail/build/dockerfile")
                    .asText();
            assertThat(Path.of(build)).exists();
        }
        assertThat(compose.at("/services/certrail/build/context").asText()).isEqualTo("..");
    }

    @Test
    void everyKeyOfCertrailExists() {
        List<String> known = Arrays.stream(ConfigKey.values())
                .map(key -> key.key().replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT))
                .toList();
        JsonNode environment = compose.at("/services/certrail/environment");

        assertThat(environment.fieldNames()).toIterable().isNotEmpty().isSubsetOf(known);
    }

    @Test
    void prometheusAndGrafanaFindEachOtherAndTheServer() {
        JsonNode scrape = DockerFiles.yaml("prometheus/prometheus.yml")
                .get("scrape_configs")
                .get(0);
        assertThat(scrape.at("/static_configs/0/targets/0").asText()).isEqualTo("certrail:8443");
        assertThat(scrape.get("job_name").asText()).isEqualTo("certrail");
        JsonNode secrets = compose.at("/services/prometheus/secrets");
        for (String file : List.of("ca_file", "cert_file", "key_file")) {
            String name = scrape.get("tls_config").get(file).asText().replace("/run/secrets/", "");
            assertThat(stream(secrets)).anyMatch(secret -> secret.asText().equals(name));
        }
        assertThat(Files.exists(DockerFiles.FOLDER
                        .resolve("prometheus")
                        .resolve(DockerFiles.yaml("prometheus/prometheus.yml")
                                .at("/rule_files/0")
                                .asText())))
                .isTrue();
        assertThat(DockerFiles.yaml("grafana/provisioning/datasources/prometheus.yml")
                        .at("/datasources/0/url")
                        .asText())
                .isEqualTo("http://prometheus:9090");
        String dashboards = DockerFiles.yaml("grafana/provisioning/dashboards/certrail.yml")
                .at("/providers/0/options/path")
                .asText();
        assertThat(stream(compose.at("/services/grafana/volumes")))
                .anyMatch(volume -> volume.asText().contains("dashboard.json:" + dashboards));
    }

    private static JsonSchema schema() {
        try (InputStream in = ComposeTest.class.getResourceAsStream("/compose-spec.json")) {
            // its own address of the dialect is not the one that draft 7 is known by
            String text = new String(in.readAllBytes(), UTF_8)
                    .replace("https://json-schema.org/draft-07/schema", "http://json-schema.org/draft-07/schema#")
                    .replaceFirst("\"\\$id\": \"compose_spec.json\",", "");
            return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
