package io.certrail.docker;

import static io.certrail.docker.DockerFiles.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.certrail.event.Outcome;
import io.certrail.event.Reason;
import io.certrail.event.RefusedBy;
import io.certrail.metrics.Meter;
import io.certrail.metrics.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Alert rules and dashboard against the metrics that there are. That the expressions are right is tried by Prometheus
 * itself: {@code docker/check}.
 */
class MonitoringTest {
    private static final Pattern METRIC = Pattern.compile("\\b(certrail_[a-z_]+)\\b");
    private static final Pattern MATCHER = Pattern.compile("\\b(reason|outcome|by|status)=~?\"([^\"]*)\"");

    private final JsonNode alerts = DockerFiles.yaml("prometheus/alerts.yml");
    private final JsonNode dashboard = DockerFiles.json(DockerFiles.text("grafana/dashboard.json"));

    @Test
    void everyYamlAndJsonFileIsReadable() throws IOException {
        List<Path> files = new ArrayList<>(DockerFiles.all(".yml"));
        files.addAll(DockerFiles.all(".yaml"));
        assertThat(files).hasSizeGreaterThan(5).allSatisfy(file -> assertThat(
                        DockerFiles.yaml(DockerFiles.FOLDER.relativize(file).toString()))
                .isNotEmpty());
        assertThat(DockerFiles.all(".json")).isNotEmpty().allSatisfy(file -> assertThat(
                        DockerFiles.json(Files.readString(file)))
                .isNotEmpty());
    }

    @Test
    void everyMetricThatIsAskedForExists() {
        Set<String> known = new HashSet<>();
        for (Meter meter : Meter.values()) {
            known.addAll(
                    meter.type().equals("histogram")
                            ? List.of(meter.id() + "_bucket", meter.id() + "_sum", meter.id() + "_count")
                            : List.of(meter.id()));
        }
        assertThat(expressions()).hasSizeGreaterThan(40);
        assertThat(expressions().stream().flatMap(each -> words(METRIC, each, 1)))
                .isSubsetOf(known);
        assertThat(words(METRIC, DockerFiles.text("prometheus/alerts_test.yml"), 1))
                .isSubsetOf(known);
    }

    @Test
    void dashboardShowsEveryMetric() {
        String shown = String.join("\n", queries().toList());
        assertThat(Meter.values()).allSatisfy(meter -> assertThat(shown).contains(meter.id()));
    }

    @Test
    void everyValueOfALabelThatIsAskedForExists() {
        Set<String> known = Stream.of(
                        Arrays.stream(Reason.values()).map(Reason::id),
                        Arrays.stream(Outcome.values()).map(Outcome::id),
                        Arrays.stream(RefusedBy.values()).map(RefusedBy::id))
                .flatMap(each -> each)
                .collect(Collectors.toSet());
        List<String> asked = expressions().stream()
                .flatMap(each -> words(MATCHER, each, 2))
                .flatMap(value -> Arrays.stream(value.split("\\|")))
                .toList();
        assertThat(asked).hasSizeGreaterThan(10).isSubsetOf(known);
    }

    /** A bound is a label's value, which Prometheus compares as text; who made the text depends on the server. */
    @Test
    void everyBoundThatIsAskedForIsOneHoweverItIsWritten() {
        Pattern le = Pattern.compile("le=~\"([^\"]*)\"");
        List<String> patterns =
                expressions().stream().flatMap(each -> words(le, each, 1)).toList();
        assertThat(patterns).hasSizeGreaterThanOrEqualTo(4).allSatisfy(pattern -> {
            String bound = pattern.replaceFirst("\\(.*", "");
            assertThat(Series.fromTheStart())
                    .contains("certrail_client_certificate_lifetime_seconds_bucket{le=" + Double.valueOf(bound) + "}");
            String mantissa =
                    new java.math.BigDecimal(bound).stripTrailingZeros().unscaledValue() + "";
            int exponent = bound.length() - 1;
            String go = mantissa.charAt(0) + "." + mantissa.substring(1) + "e+0" + exponent;
            assertThat(List.of(bound, bound + ".0", go)).allMatch(text -> text.matches(pattern));
        });
        assertThat(expressions()).noneMatch(each -> each.contains("le=\""));
    }

    @Test
    void everyAlertSaysHowUrgentItIsAndWhatItMeans() {
        assertThat(alertRules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.at("/labels/severity").asText()).isIn("page", "ticket", "security");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).isNotBlank();
        });
        assertThat(alertRules().map(rule -> rule.get("alert").asText())).doesNotHaveDuplicates();
    }

    @Test
    void everyAlertIsTriedWhereItFiresAndWhereItDoesNot() {
        Set<String> firing = new HashSet<>();
        Set<String> silent = new HashSet<>();
        stream(DockerFiles.yaml("prometheus/alerts_test.yml").get("tests"))
                .flatMap(test -> stream(test.get("promql_expr_test")))
                .filter(each -> each.get("expr").asText().contains("alertname="))
                .forEach(each -> {
                    String alert = each.get("expr").asText().replaceFirst(".*alertname=\"(\\w+)\".*", "$1");
                    (each.get("exp_samples").isEmpty() ? silent : firing).add(alert);
                });
        Set<String> all = alertRules().map(rule -> rule.get("alert").asText()).collect(Collectors.toSet());

        assertThat(firing).isEqualTo(all);
        assertThat(silent).isEqualTo(all);
    }

    private Stream<JsonNode> rules() {
        return stream(alerts.get("groups")).flatMap(group -> stream(group.get("rules")));
    }

    private Stream<JsonNode> alertRules() {
        return rules().filter(rule -> rule.has("alert"));
    }

    private Stream<String> queries() {
        return stream(dashboard.get("panels"))
                .flatMap(panel -> stream(panel.path("targets")))
                .map(target -> target.get("expr").asText());
    }

    private List<String> expressions() {
        return Stream.concat(rules().map(rule -> rule.get("expr").asText()), queries())
                .toList();
    }

    private static Stream<String> words(Pattern pattern, String text, int group) {
        return pattern.matcher(text).results().map(match -> match.group(group));
    }
}
