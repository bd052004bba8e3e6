package io.certrail.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** That META-INF/openapi.yaml tells of this API and of no other. */
final class OpenApiTest {
    private static final JsonNode TOLD = read();

    private static JsonNode read() {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/META-INF/openapi.yaml")) {
            return new YAMLMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itNamesEveryResourceAndNoOther() {
        Set<String> there = new TreeSet<>(Set.of("get /api/stream")); // a servlet: web.xml
        for (Class<?> type : new ApiApplication().getClasses()) {
            Path root = type.getAnnotation(Path.class);
            for (Method method : root == null ? new Method[0] : type.getMethods()) {
                String path = "/api/" + (root == null ? "" : root.value()) + "/" + path(method);
                String plain =
                        path.replaceAll(":[^}]*", "").replaceAll("/+", "/").replaceAll("/$", "");
                if (method.isAnnotationPresent(GET.class)) {
                    there.add("get " + plain);
                } else if (method.isAnnotationPresent(POST.class)) {
                    there.add("post " + plain);
                }
            }
        }
        Set<String> told = new TreeSet<>();
        TOLD.get("paths").fields().forEachRemaining(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(verb -> told.add(verb + " " + path.getKey())));
        assertThat(told).isEqualTo(there);
    }

    private static String path(Method method) {
        Path path = method.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }

    @Test
    void itNamesEveryConditionOfASearchWhereverThereAreConditions() {
        Parameters parameters = new Parameters(Map.of());
        FilterParameters.records(parameters);
        Set<String> conditions = parameters.known();
        assertThat(parameters("/api/records")).containsAll(conditions);
        assertThat(parameters("/api/summary")).containsAll(conditions);
        Parameters live = new Parameters(Map.of());
        FilterParameters.ownRecords(live);
        Set<String> ofStream = new TreeSet<>(parameters("/api/stream"));
        ofStream.removeAll(Set.of("Last-Event-ID", "after"));
        assertThat(ofStream).isEqualTo(live.known());
        assertThat(conditions).containsAll(ofStream).contains("origin");
        Set<String> others = new TreeSet<>(parameters("/api/records"));
        others.removeAll(conditions);
        assertThat(others).containsExactlyInAnyOrder("order", "limit", "cursor", "proof");
    }

    @Test
    void itNamesEveryConditionOnCertificates() {
        Parameters parameters = new Parameters(Map.of());
        FilterParameters.certificates(parameters);
        assertThat(parameters("/api/certificates")).containsAll(parameters.known());
    }

    @Test
    void itTellsHowLongTextsOfAnEventAre() throws NoSuchMethodException {
        for (String member : List.of("action", "resource", "message")) {
            Size size = NewEvent.class.getMethod(member).getAnnotation(Size.class);
            JsonNode told = TOLD.at("/components/schemas/NewEvent/properties/" + member);
            assertThat(told.path("minLength").asInt())
                    .as(member)
                    .isEqualTo(size.min())
                    .isPositive();
            assertThat(told.path("maxLength").asInt()).as(member).isEqualTo(size.max());
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        references(TOLD)
                .forEach(reference -> assertThat(TOLD.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    private static Set<String> parameters(String path) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : TOLD.at("/paths/" + path.replace("/", "~1") + "/get/parameters")) {
            JsonNode reference = parameter.get("$ref");
            JsonNode target =
                    reference == null ? parameter : TOLD.at(reference.asText().substring(1));
            names.add(target.get("name").asText());
        }
        return names;
    }

    private static Stream<String> references(JsonNode node) {
        Stream<String> below = StreamSupport.stream(node.spliterator(), false).flatMap(OpenApiTest::references);
        JsonNode reference = node.get("$ref");
        return reference == null ? below : Stream.concat(Stream.of(reference.asText()), below);
    }

    @Test
    void parametersThatAreNotKnownAreRefused() {
        Map<String, List<String>> given = new HashMap<>(Map.of("subjekt", List.of("x")));
        Parameters parameters = new Parameters(given);
        FilterParameters.records(parameters);
        assertThat(invalid(parameters)).containsExactly("query");
    }

    @Test
    void valuesThatCannotBeMeantAreAllNamed() {
        Map<String, List<String>> given = Map.ofEntries(
                Map.entry("from", List.of("yesterday")),
                Map.entry("event", List.of("tls.handshake", "' or 1=1")),
                Map.entry("outcome", List.of("maybe")),
                Map.entry("sha256", List.of("abc")),
                Map.entry("serial", List.of("xyz")),
                Map.entry("address", List.of("example.org")),
                Map.entry("status", List.of("4x")),
                Map.entry("trace_id", List.of("12")),
                Map.entry("subject_part", List.of("a")),
                Map.entry("user", List.of("")));
        Parameters parameters = new Parameters(given);
        FilterParameters.records(parameters);
        assertThat(invalid(parameters)).containsExactlyInAnyOrderElementsOf(given.keySet());
    }

    private static List<String> invalid(Parameters parameters) {
        try {
            parameters.check();
            return List.of();
        } catch (InvalidParametersException e) {
            return e.invalid().stream().map(Problem.Violation::name).toList();
        }
    }
}
