package io.certrail.api;

import io.certrail.index.Coverage;
import io.certrail.index.IndexedRecord;
import io.certrail.index.RecordFilter;
import io.certrail.index.RecordFilter.Field;
import io.certrail.index.RecordIndex;
import io.certrail.index.RecordPage;
import io.certrail.index.RecordPage.Found;
import io.certrail.index.RecordParser;
import io.certrail.index.RecordQuery;
import io.certrail.index.RecordQuery.Order;
import io.certrail.index.Skipped;
import io.certrail.trail.TrailLines;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an answer was drawn from, and what is missing of it: records that were lost, that cannot be written, that retention
 * deleted, that are not indexed yet, or whose line could not be read. Made before the search, it does not claim what is
 * indexed only after it; told after the search, it misses nothing of what was deleted, or forgotten by an index that is made
 * anew, meanwhile.
 */
final class CoverageReport {
    private static final int MAX_GAPS = 100;

    private final RecordIndex index;
    private final String origin;
    private final Unwritten unwritten;
    private final long next;
    private final TrailLines lines;
    /** All that feed the index, as they stood before the search. */
    private final List<Coverage.Trail> trails;

    private final List<JsonObject> gaps = new ArrayList<>();
    /** Those of the answer, and of what was asked for this report. */
    private int unreadable;

    /**
     * What is indexed now.
     *
     * @param unwritten what of this trail is on no line of it, as it was before {@code next}
     * @param next this trail's first sequence that is not on disk yet
     */
    CoverageReport(RecordIndex index, String origin, Unwritten unwritten, long next, TrailLines lines)
            throws IOException {
        this.index = index;
        this.origin = origin;
        this.unwritten = unwritten;
        this.next = next;
        this.lines = lines;
        this.trails = trails();
    }

    /**
     * The statement, once.
     *
     * @param from the earliest time asked for
     * @param to the latest
     * @param notRead records that were found, but not their lines
     */
    JsonObject of(@Nullable Instant from, @Nullable Instant to, int notRead) throws IOException {
        unreadable = notRead;
        JsonArrayBuilder told = Json.createArrayBuilder();
        Map<String, Coverage.Trail> later =
                trails().stream().collect(Collectors.toMap(Coverage.Trail::origin, trail -> trail));
        for (Coverage.Trail before : trails) {
            Coverage.Trail trail = before.and(later.getOrDefault(before.origin(), before));
            Optional<Found> oldest = index.oldest(trail.origin());
            Optional<Long> first = first(trail, oldest);
            told.add(trail(trail, first));
            if (isOwn(trail) && trail.indexed() < next) {
                gaps.add(sequences("not_indexed", origin, trail.indexed(), next));
            }
            skipped(trail);
            retired(trail.origin(), first.orElse(isOwn(trail) ? 0 : trail.indexed()), oldest, from);
        }
        gaps.addAll(unwritten.gaps(origin));
        lost(from, to);
        if (unreadable > 0) {
            gaps.add(Json.createObjectBuilder()
                    .add("kind", "unreadable")
                    .add("count", unreadable)
                    .build());
        }
        JsonObjectBuilder report =
                Json.createObjectBuilder().add("complete", gaps.isEmpty()).add("trails", told);
        if (!gaps.isEmpty()) {
            report.add("gaps", Json.createArrayBuilder(gaps));
        }
        return report.build();
    }

    /** A statement in one line, for a header: how far this server's trail was indexed, of which alone it tells what is next. */
    static String summary(JsonObject statement) {
        JsonObject own = statement.getJsonArray("trails").getValuesAs(JsonObject.class).stream()
                .filter(trail -> trail.containsKey("next"))
                .findFirst()
                .orElseThrow();
        return (statement.getBoolean("complete") ? "complete" : "partial") + ";indexed=" + own.getJsonNumber("indexed")
                + ";next=" + own.getJsonNumber("next");
    }

    /** All that feed the index; this one also before it has begun to. */
    private List<Coverage.Trail> trails() throws IOException {
        List<Coverage.Trail> known = new ArrayList<>(index.coverage().trails());
        if (known.stream().noneMatch(this::isOwn)) {
            known.add(new Coverage.Trail(origin, 0, null, Skipped.NONE, 0));
        }
        return known;
    }

    /**
     * The first sequence that can be found. Of this trail retention may have told of segments, so that the index forgot them,
     * and not deleted them yet; lines that are no records, which are not in the index either, do not count as such.
     */
    private Optional<Long> first(Coverage.Trail trail, Optional<Found> oldest) throws IOException {
        Optional<Long> indexed = oldest.map(Found::sequence);
        if (!isOwn(trail)) {
            return indexed;
        }
        Optional<Long> there = lines.first();
        return there.map(begin -> {
            long record = indexed.orElse(begin);
            return record - begin > trail.skipped().count() ? record : begin;
        });
    }

    private boolean isOwn(Coverage.Trail trail) {
        return trail.origin().equals(origin);
    }

    private JsonObjectBuilder trail(Coverage.Trail trail, Optional<Long> first) {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("origin", trail.origin()).add("indexed", trail.indexed());
        first.ifPresent(sequence -> json.add("first", sequence));
        if (isOwn(trail)) {
            json.add("next", next);
        }
        if (trail.at() != null) {
            json.add("indexed_at", trail.at().toString());
        }
        return json;
    }

    private static JsonObject sequences(String kind, String of, long first, long end) {
        return Json.createObjectBuilder()
                .add("kind", kind)
                .add("origin", of)
                .add("first_sequence", first)
                .add("next_sequence", end)
                .add("count", end - first)
                .build();
    }

    /** Of what is no record nobody knows the time. */
    private void skipped(Coverage.Trail trail) {
        if (trail.skipped().count() > 0) {
            gaps.add(Json.createObjectBuilder()
                    .add("kind", "unreadable")
                    .add("origin", trail.origin())
                    .add("count", trail.skipped().count())
                    .build());
        }
    }

    /** What is gone is older than the first record that is there. */
    private void retired(String of, long first, Optional<Found> oldest, @Nullable Instant from) {
        if (first == 0) {
            return;
        }
        Optional<Found> record = oldest.filter(Found::isRecord);
        unreadable += oldest.isPresent() && record.isEmpty() ? 1 : 0;
        if (from == null
                || record.isEmpty()
                || from.isBefore(parsed(record.get()).time())) {
            gaps.add(sequences("retired", of, 0, first));
        }
    }

    private void lost(@Nullable Instant from, @Nullable Instant to) throws IOException {
        RecordFilter told = RecordFilter.of(Field.EVENT, IndexedRecord.GAP).within(from, null);
        for (IndexedRecord record : records(told, MAX_GAPS)) {
            Map<String, String> details = record.details();
            Instant begin = instant(details.get("from"), record.time());
            if (to == null || begin.isBefore(to)) {
                JsonObjectBuilder gap = Json.createObjectBuilder()
                        .add("kind", "lost")
                        .add("from", begin.toString())
                        .add("to", instant(details.get("to"), record.time()).toString());
                String count = details.getOrDefault("count", "");
                if (count.matches("\\d{1,18}")) {
                    gap.add("count", Long.parseLong(count));
                }
                gaps.add(gap.add("cause", details.getOrDefault("cause", "")).build());
            }
        }
    }

    private static Instant instant(@Nullable String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    private List<IndexedRecord> records(RecordFilter filter, int limit) throws IOException {
        RecordPage page =
                index.search(RecordQuery.of(filter, Order.OLDEST, limit)).readable();
        unreadable += page.unreadable();
        return page.records().stream().map(CoverageReport::parsed).toList();
    }

    private static IndexedRecord parsed(Found found) {
        return new RecordParser().parse(found.sequence(), 0, found.line());
    }
}
