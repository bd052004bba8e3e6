package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.index.Coverage;
import io.certrail.index.RecordIndex;
import io.certrail.index.RecordPage;
import io.certrail.index.RecordPage.Found;
import io.certrail.index.Skipped;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailLines;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to be missing, where several trails feed one index. */
final class CoverageReportTest {
    private static final String OWN = "own.example";
    private static final String OTHER = "other.example";
    private static final long NEXT = 100;

    @TempDir
    Path folder;

    private final List<Coverage.Trail> trails =
            new ArrayList<>(List.of(new Coverage.Trail(OWN, NEXT, null, Skipped.NONE, 0)));
    private final Map<String, Found> oldest = new LinkedHashMap<>();
    private Unwritten unwritten = new Unwritten(0, 0, "");

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(folder.resolve("entries"));
    }

    @Test
    void nothingIsMissingOfTrailsThatAreWhole() throws IOException {
        ownBegins(0, "2026-03-01T00:00:00Z");
        otherBegins(0, "2026-01-01T00:00:00Z");

        assertThat(of(null).getBoolean("complete")).isTrue();
        assertThat(of("2026-01-15T00:00:00Z").getBoolean("complete")).isTrue();
        assertThat(CoverageReport.summary(of(null))).isEqualTo("complete;indexed=100;next=100");
    }

    @Test
    void recordsOfThisTrailThatAreGoneAreToldWhateverAnotherStillHas() throws IOException {
        ownBegins(40, "2026-03-01T00:00:00Z");
        otherBegins(0, "2026-01-01T00:00:00Z");

        assertThat(gaps("2026-02-01T00:00:00Z")).containsExactly("retired of own.example from 0 to 40");
        assertThat(gaps("2026-03-02T00:00:00Z")).isEmpty();
    }

    @Test
    void recordsOfThisTrailThatTheIndexForgotAreToldAlsoWhereTheirSegmentCannotBeDeleted() throws IOException {
        segment(0);
        oldest.put(OWN, found(OWN, 40, "2026-03-01T00:00:00Z"));

        assertThat(gaps(null)).containsExactly("retired of own.example from 0 to 40");
        assertThat(gaps("2026-02-01T00:00:00Z")).containsExactly("retired of own.example from 0 to 40");
        assertThat(gaps("2026-03-02T00:00:00Z")).isEmpty();
        assertThat(of(null).getJsonArray("trails").getJsonObject(0).getInt("first"))
                .isEqualTo(40);
    }

    @Test
    void linesAtTheBeginningThatAreNoRecordsAreNotTakenForDeleted() throws IOException {
        segment(0);
        oldest.put(OWN, found(OWN, 2, "2026-03-01T00:00:00Z"));
        trails.set(0, new Coverage.Trail(OWN, NEXT, null, new Skipped(2, 1), 0));

        assertThat(of(null).getJsonArray("gaps").getValuesAs(JsonObject.class))
                .extracting(gap -> gap.getString("kind"))
                .containsExactly("unreadable");
    }

    @Test
    void recordsOfAnotherTrailThatAreGoneAreTold() throws IOException {
        ownBegins(0, "2026-01-01T00:00:00Z");
        otherBegins(7, "2026-03-01T00:00:00Z");

        assertThat(gaps(null)).containsExactly("retired of other.example from 0 to 7");
        assertThat(gaps("2026-02-01T00:00:00Z")).containsExactly("retired of other.example from 0 to 7");
        assertThat(gaps("2026-03-01T00:00:00Z")).isEmpty();
    }

    @Test
    void trailOfWhichNothingIsLeftIsTold() throws IOException {
        ownBegins(0, "2026-01-01T00:00:00Z");
        trails.add(new Coverage.Trail(OTHER, 12, null, Skipped.NONE, 0));

        assertThat(gaps("2026-03-01T00:00:00Z")).containsExactly("retired of other.example from 0 to 12");
    }

    @Test
    void thisTrailIsNotIndexedUntilItIs() throws IOException {
        trails.clear();
        otherBegins(0, "2026-01-01T00:00:00Z");

        assertThat(gaps(null)).containsExactly("not_indexed of own.example from 0 to 100");
    }

    @Test
    void whatIsIndexedOnlyAfterTheSearchIsNotClaimed() throws IOException {
        ownBegins(0, "2026-01-01T00:00:00Z");
        trails.set(0, new Coverage.Trail(OWN, 90, null, Skipped.NONE, 0));
        CoverageReport report = report();
        trails.set(
                0,
                new Coverage.Trail(OWN, NEXT, null, Skipped.NONE, 0)); // a batch comes in while the search is under way

        JsonObject statement = report.of(null, null, 0);
        assertThat(told(statement)).containsExactly("not_indexed of own.example from 90 to 100");
        assertThat(CoverageReport.summary(statement)).isEqualTo("partial;indexed=90;next=100");
    }

    @Test
    void whatAnIndexThatIsMadeAnewForgotDuringTheSearchIsNotClaimed() throws IOException {
        ownBegins(0, "2026-01-01T00:00:00Z");
        CoverageReport report = report();
        trails.set(0, new Coverage.Trail(OWN, 0, null, Skipped.NONE, 0));
        oldest.clear();

        assertThat(told(report.of(null, null, 0))).containsExactly("not_indexed of own.example from 0 to 100");
    }

    @Test
    void whatAnIndexForgotAndHasGotAgainSinceTheSearchBeganIsNotClaimed() throws IOException {
        ownBegins(0, "2026-01-01T00:00:00Z");
        CoverageReport report = report();
        trails.set(0, new Coverage.Trail(OWN, NEXT, null, Skipped.NONE, 1));

        assertThat(told(report.of(null, null, 0))).containsExactly("not_indexed of own.example from 0 to 100");
    }

    @Test
    void linesThatAreNoRecordsAreToldOfEachTrail() throws IOException {
        ownBegins(0, "2026-01-01T00:00:00Z");
        otherBegins(0, "2026-01-01T00:00:00Z");
        trails.set(0, new Coverage.Trail(OWN, NEXT, null, new Skipped(2, 40), 0));

        JsonObject report = of(null);
        assertThat(report.getBoolean("complete")).isFalse();
        assertThat(report.getJsonArray("gaps"))
                .containsExactly(Json.createObjectBuilder()
                        .add("kind", "unreadable")
                        .add("origin", OWN)
                        .add("count", 2)
                        .build());
    }

    @Test
    void whatIsOnNoLineOfTheTrailIsToldWhateverTheTimeAskedFor() throws IOException {
        ownBegins(0, "2026-01-01T00:00:00Z");
        unwritten = new Unwritten(7, 3, "No space left on device");

        JsonObject report = of("2026-03-01T00:00:00Z");
        assertThat(report.getBoolean("complete")).isFalse();
        assertThat(report.getJsonArray("gaps"))
                .hasToString(
                        """
                [{"kind":"not_on_disk","origin":"own.example","count":7,"cause":"No space left on device"},\
                {"kind":"lost","origin":"own.example","count":3,"cause":"No space left on device"}]""");
        assertThat(CoverageReport.summary(report)).isEqualTo("partial;indexed=100;next=100");
    }

    private void ownBegins(long sequence, String time) throws IOException {
        segment(sequence);
        oldest.put(OWN, found(OWN, sequence, time));
    }

    private void segment(long first) throws IOException {
        Files.createFile(folder.resolve("entries").resolve(String.format("%020d.jsonl", first)));
    }

    private void otherBegins(long sequence, String time) {
        trails.add(new Coverage.Trail(OTHER, 200, null, Skipped.NONE, 0));
        oldest.put(OTHER, found(OTHER, sequence, time));
    }

    private static Found found(String origin, long sequence, String time) {
        String line = "{\"time\":\"" + time + "\",\"event\":{\"name\":\"http.request\",\"outcome\":\"success\"},"
                + "\"audit\":{\"sequence\":" + sequence + "}}";
        return new Found(origin, sequence, line.getBytes(UTF_8));
    }

    private List<String> gaps(@Nullable String from) throws IOException {
        return told(of(from));
    }

    private static List<String> told(JsonObject report) {
        List<JsonObject> gaps =
                report.containsKey("gaps") ? report.getJsonArray("gaps").getValuesAs(JsonObject.class) : List.of();
        assertThat(report.getBoolean("complete")).isEqualTo(gaps.isEmpty());
        return gaps.stream()
                .map(gap -> gap.getString("kind") + " of " + gap.getString("origin") + " from "
                        + gap.getInt("first_sequence") + " to " + gap.getInt("next_sequence"))
                .toList();
    }

    private JsonObject of(@Nullable String from) throws IOException {
        return report().of(from == null ? null : Instant.parse(from), null, 0);
    }

    private CoverageReport report() throws IOException {
        return new CoverageReport(index(), OWN, unwritten, NEXT, TrailLines.of(TrailFiles.onDisk(), folder));
    }

    /** It has no record of lost ones. */
    private RecordIndex index() {
        return (RecordIndex) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RecordIndex.class},
                (self, method, args) -> switch (method.getName()) {
                    case "coverage" -> new Coverage(trails);
                    case "oldest" -> Optional.ofNullable(oldest.get((String) args[0]));
                    case "search" -> new RecordPage(List.of(), null, 0);
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }
}
