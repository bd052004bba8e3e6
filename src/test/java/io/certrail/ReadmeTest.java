package io.certrail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.api.ApiApplication;
import io.certrail.event.ClosedEvent;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.Fault;
import io.certrail.event.FloodEvent;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.InvocationEvent;
import io.certrail.event.Outcome;
import io.certrail.event.PostedEvent;
import io.certrail.event.Reason;
import io.certrail.event.RequestEvent;
import io.certrail.event.RequestLink;
import io.certrail.event.TrailEvent;
import io.certrail.metrics.Meter;
import io.certrail.recorder.TrailChronicle;
import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.KeyChain;
import io.certrail.tlog.VerifierKey;
import io.certrail.trail.CheckpointCounts;
import io.certrail.trail.Chronicle;
import io.certrail.trail.TrailCounts;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README against the code. The table of configuration has a test of its own, in {@code config}. */
class ReadmeTest {
    private static final String README = read("README.md");
    private static final String POM = read("pom.xml");
    private static final Pattern WORD = Pattern.compile("`([^`\\s]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(#[^)]*)?\\)");
    private static final Pattern FENCE = Pattern.compile("(?s)```json\n(.*?)```");
    private static final Instant NOW = Instant.EPOCH;

    @Test
    void tableOfEventsNamesThoseThatAreRecorded() {
        Set<String> told = firstCells(section("## What is recorded", "### Fields"));

        assertThat(told).containsExactlyInAnyOrderElementsOf(eventNames());
    }

    @Test
    void tableOfReasonsNamesEachOnce() {
        String table = section("<!-- reasons -->", "<!-- /reasons -->");
        List<String> told = matches(WORD, table)
                .filter(word -> !word.startsWith("client_alert_") && !word.startsWith("\""))
                .toList();

        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::id).toList());
    }

    @Test
    void tableOfMetricsSaysWhatTheServerSays() {
        List<String> rows = section("<!-- metrics -->", "<!-- /metrics -->")
                .lines()
                .filter(row -> row.startsWith("| `"))
                .toList();

        assertThat(rows).hasSameSizeAs(Meter.values());
        for (Meter meter : Meter.values()) {
            assertThat(rows)
                    .as(meter.id())
                    .anyMatch(row ->
                            row.startsWith("| `" + meter.id() + "` |") && row.endsWith("| " + meter.help() + " |"));
        }
    }

    @Test
    void everyMetricNamedAnywhereExists() {
        Set<String> known = Arrays.stream(Meter.values()).map(Meter::id).collect(Collectors.toSet());
        Stream<String> told = matches(Pattern.compile("\\b(certrail_[a-z_]+[a-z])\\b"), README);

        assertThat(told.map(name -> name.replaceFirst("_(bucket|sum|count)$", "")))
                .isSubsetOf(known);
    }

    @Test
    void everyExampleIsARecordWithNamesThatExist() {
        Set<String> reasons = Arrays.stream(Reason.values()).map(Reason::id).collect(Collectors.toSet());
        List<JsonObject> records =
                examples().filter(each -> each.containsKey("event")).toList();

        assertThat(records).isNotEmpty().allSatisfy(record -> {
            assertThat(record.keySet()).startsWith("time", "schema", "event").endsWith("audit");
            assertThat(record.getJsonObject("event").getString("name")).isIn(eventNames());
            if (record.containsKey("error")) {
                assertThat(record.getJsonObject("error").getString("type")).isIn(reasons);
            }
        });
    }

    /** Signed by the key that stands below it, and all its sums are right. */
    @Test
    void checkpointThatIsShownIsARealOne() {
        String evidence = section("## Evidence: checkpoints and proofs", "### Checkpoints outside");
        String note = matches(Pattern.compile("(?s)```\n(.*?)```"), evidence)
                .findFirst()
                .orElseThrow();
        String key = matches(Pattern.compile("`([^`\\s]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/=]+)`"), evidence)
                .findFirst()
                .orElseThrow();
        Checkpoint checkpoint = KeyChain.of(VerifierKey.parse(key))
                .open(note.getBytes(UTF_8))
                .accepted()
                .orElseThrow();
        CheckpointCounts counts = CheckpointCounts.of(checkpoint).orElseThrow();
        CheckpointCounts.Connections connections = counts.connections();

        assertThat(counts.records().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(checkpoint.size());
        assertThat(connections.succeeded() + connections.failed() + connections.open())
                .isEqualTo(connections.accepted());
        assertThat(counts.requests().ended() + counts.requests().open())
                .isEqualTo(counts.requests().begun());
    }

    @Test
    void everyResourceIsTold() {
        Stream<String> paths = new ApiApplication()
                .getClasses().stream()
                        .filter(type -> type.isAnnotationPresent(jakarta.ws.rs.Path.class))
                        .map(type -> "/api"
                                + type.getAnnotation(jakarta.ws.rs.Path.class).value());

        assertThat(paths).isNotEmpty().allSatisfy(path -> assertThat(section("## API", "## When is a record"))
                .contains(path));
    }

    @Test
    void artifactsVersionsAndPortAreThoseOfTheBuild() {
        String name = inPom("finalName");
        String classifier = inPom("classifier");

        assertThat(README)
                .contains("target/" + name + ".war", "target/" + name + "-" + classifier + ".jar")
                .contains("Payara Micro " + inPom("payara.version"))
                .contains("JDK " + inPom("maven.compiler.release") + " or newer")
                .contains("127.0.0.1:" + defaultPort());
        assertThat(POM).contains("<version>[3.8,)</version>");
        assertThat(README).contains("Maven 3.8 or newer");
    }

    @Test
    void everyProfileThatIsNamedExists() {
        for (String file : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")) {
            assertThat(matches(Pattern.compile("mvn (?:-\\S+ )*-P(\\w+)"), read(file)))
                    .as(file)
                    .allSatisfy(profile -> assertThat(POM).contains("<id>" + profile + "</id>"));
        }
    }

    @Test
    void everyLinkLeadsSomewhere() {
        for (String file : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")) {
            Set<String> anchors = anchors(read(file));
            LINK.matcher(read(file))
                    .results()
                    .filter(link -> !link.group(1).contains("://"))
                    .forEach(link -> {
                        if (!link.group(1).isEmpty()) {
                            assertThat(path(link.group(1))).as(file).exists();
                        } else {
                            assertThat(anchors).as(file).contains(link.group(2));
                        }
                    });
        }
    }

    @Test
    void everyMessageThatIsNamedExists() throws IOException {
        Set<String> logged = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(path("src/main/java"))) {
            sources.filter(Files::isRegularFile)
                    .flatMap(source -> matches(Pattern.compile("(CTR\\d{4})"), read(source)))
                    .forEach(logged::add);
        }

        assertThat(matches(Pattern.compile("(CTR\\d{4})"), README)).isNotEmpty().isSubsetOf(logged);
    }

    /** Twice is the same message, once with its exception. */
    @Test
    void numberStandsForOneMessage() throws IOException {
        Map<String, Set<String>> messages = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(path("src/main/java"))) {
            sources.filter(Files::isRegularFile)
                    .flatMap(source -> matches(Pattern.compile("\"(CTR\\d{4} [^\":{(]*)"), read(source)))
                    .forEach(message -> messages.computeIfAbsent(message.substring(0, 7), number -> new TreeSet<>())
                            .add(message.strip()));
        }

        assertThat(messages)
                .hasSizeGreaterThan(20)
                .allSatisfy((number, texts) -> assertThat(texts).as(number).hasSize(1));
    }

    private static List<String> eventNames() {
        ConnectionFacts connection = new ConnectionFacts(
                null, ConnectionFacts.Endpoint.UNKNOWN, ConnectionFacts.Endpoint.UNKNOWN, null, null);
        RequestLink link = new RequestLink("id", null, List.of(), null, null, connection);
        Fault fault = Fault.of(Reason.CLIENT_RESET);
        PostedEvent.Posted posted = new PostedEvent.Posted("a", null, Outcome.SUCCESS, null, null, List.of());
        Stream<String> ofServer = Stream.of(
                new HandshakeEvent(NOW, Outcome.SUCCESS, 0, null, connection).name(),
                new ClosedEvent(NOW, 0, fault, connection).name(),
                RequestEvent.ENDED,
                RequestEvent.RECEIVED,
                new InvocationEvent(NOW, Outcome.SUCCESS, 0, null, "f", null, null, List.of(), link).name(),
                new PostedEvent(NOW, posted, link).name(),
                FloodEvent.NAME,
                TrailEvent.CONFIG,
                TrailEvent.CERTIFICATE_EXPIRING);
        return Stream.concat(ofServer, ofTrail()).toList();
    }

    private static Stream<String> ofTrail() {
        TrailChronicle chronicle = new TrailChronicle("boot", List.of());
        TrailCounts counts = new TrailCounts(0, 0, 0, 0, 0);
        return Stream.of(
                        chronicle.started(new Chronicle.Started(NOW, 0, null)),
                        chronicle.stopped(new Chronicle.Stopped(NOW, counts)),
                        chronicle.gap(new Chronicle.Gap(NOW, NOW, 1, "cause")),
                        chronicle.recovered(new Chronicle.Recovered(NOW, "segment", 0, 1, "torn")),
                        chronicle.retired(new Chronicle.Retired(NOW, "segment", 0, 1, 1)))
                .flatMap(line -> matches(Pattern.compile("\"name\":\"([^\"]+)\""), new String(line, UTF_8)));
    }

    private static Stream<JsonObject> examples() {
        return matches(FENCE, README).map(text -> {
            try (JsonReader reader = Json.createReader(new StringReader(text))) {
                return reader.readObject();
            }
        });
    }

    private static Set<String> firstCells(String table) {
        return table.lines()
                .filter(row -> row.startsWith("| `"))
                .map(row -> row.substring(3, row.indexOf('`', 3)))
                .filter(cell -> !cell.equals("event.name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String section(String begin, String end) {
        int from = README.indexOf(begin);
        int to = README.indexOf(end, Math.max(from, 0));
        assertThat(from).as(begin).isNotNegative();
        assertThat(to).as(end).isGreaterThan(from);
        return README.substring(from + begin.length(), to);
    }

    private static String inPom(String element) {
        Matcher matcher =
                Pattern.compile("<" + Pattern.quote(element) + ">([^<]+)</").matcher(POM);
        assertThat(matcher.find()).as(element).isTrue();
        return matcher.group(1);
    }

    private static String defaultPort() {
        String options = read("src/test/java/io/certrail/dev/RunOptions.java");
        return matches(Pattern.compile("DEFAULT_PORT = (\\d+);"), options)
                .findFirst()
                .orElseThrow();
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(String markdown) {
        return matches(Pattern.compile("(?m)^#+ (.+)$"), markdown)
                .map(heading -> "#"
                        + heading.toLowerCase(Locale.ROOT)
                                .replaceAll("[^\\w\\- ]", "")
                                .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1));
    }

    private static Path path(String name) {
        return Path.of(name);
    }

    private static String read(String name) {
        return read(path(name));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
