package io.certrail.bench.search;

import io.certrail.bench.search.Asked.Kind;
import io.certrail.bench.trail.LargeTrail;
import io.certrail.index.ExpiryWatch;
import io.certrail.index.IndexFeed;
import io.certrail.index.RecordIndex;
import io.certrail.index.RecordQuery;
import io.certrail.index.RecordQuery.Order;
import io.certrail.index.lucene.LuceneIndex;
import io.certrail.index.postgresql.PostgresIndex;
import io.certrail.trail.Durable;
import io.certrail.trail.TrailFiles;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Search in a trail of so many records: by the index, and beside it by what reads the files. Prints tables, and keeps them in
 * {@code search.md}.
 */
public final class SearchBenchmark {
    private static final String ORIGIN = "bench.example/search";
    private static final int PAGE = 100;
    private static final int INDEX_QUESTIONS = 1_000;
    /** A tool that reads all takes long, and takes as long for each question. */
    private static final int TOOL_QUESTIONS = 12;

    private final Path folder;
    private final LargeTrail trail;
    private final StringBuilder text = new StringBuilder();

    private SearchBenchmark(Path folder, LargeTrail trail) {
        this.folder = folder;
        this.trail = trail;
    }

    /**
     * Runs it.
     *
     * @param folder on the disk that is measured; the trail stays there for the next run
     * @param postgresql whether a PostgreSQL is fed and asked, too
     * @param rounds of recording with and without an index, and their length in seconds
     */
    public static void main(Path folder, int records, boolean postgresql, int rounds, double seconds) throws Exception {
        LargeTrail trail = LargeTrail.in(folder, records);
        SearchBenchmark benchmark = new SearchBenchmark(folder, trail);
        benchmark.say(
                "%,d records, %,d bytes in %d files%n%n",
                records, trail.bytes(), trail.segments().size());
        benchmark.say("| | fed, records/s | size, of the trail's |%n|---|---|---|%n");
        benchmark.run(postgresql);
        benchmark.recording(rounds, seconds);
        Files.writeString(folder.resolve("search.md"), benchmark.text);
    }

    private void say(String format, Object... values) {
        String said = String.format(Locale.ROOT, format, values);
        System.out.print(said);
        text.append(said);
    }

    private void run(boolean postgresql) throws Exception {
        Path at = folder.resolve("search-index");
        delete(at);
        try (LuceneIndex lucene = LuceneIndex.open(at, ORIGIN, TrailFiles.onDisk(), trail.folder())) {
            fed("Lucene", feed(lucene), LargeTrail.bytes(at));
            if (postgresql) {
                withPostgres(lucene);
            } else {
                compare(List.of(lucene));
            }
        }
    }

    private void withPostgres(LuceneIndex lucene) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            PostgresIndex postgres = PostgresIndex.open(server.getPostgresDatabase());
            double rate = feed(postgres);
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet size = statement.executeQuery("select pg_database_size(current_database())")) {
                size.next();
                fed("PostgreSQL", rate, size.getLong(1));
            }
            compare(List.of(lucene, postgres));
        }
    }

    private void fed(String name, double rate, long bytes) throws IOException {
        say("| %s | %,.0f | %,.0f MB, %.1f%% |%n", name, rate, bytes / 1e6, 100.0 * bytes / trail.bytes());
    }

    /** Records a second, from the first one to the commit. */
    private double feed(RecordIndex index) throws Exception {
        long all = Files.exists(trail.folder()) ? last() : 0;
        long begin = System.nanoTime();
        try (IndexFeed feed = IndexFeed.start(
                index,
                TrailFiles.onDisk(),
                trail.folder(),
                ORIGIN,
                () -> new Durable(all, 0),
                new ExpiryWatch(List.of(), (seen, days) -> {}, Clock.systemUTC()),
                Clock.systemUTC())) {
            while (feed.state().indexed() < all) {
                if (feed.state().fault() != null) {
                    throw new IOException(feed.state().fault());
                }
                Thread.sleep(5);
            }
        }
        return all / ((System.nanoTime() - begin) / 1e9);
    }

    /** The number after the trail's last line. */
    private long last() throws IOException {
        List<Path> segments = trail.segments();
        String name = segments.get(segments.size() - 1).getFileName().toString();
        try (var lines = Files.lines(segments.get(segments.size() - 1))) {
            return Long.parseLong(name.replace(".jsonl", "")) + lines.count();
        }
    }

    private void compare(List<RecordIndex> indexes) throws Exception {
        say("%n| | %s |%n|---|---|---|---|---|%n", "asked for | p50, ms | p99, ms | found, each");
        FileTools tools = new FileTools(trail);
        try (Connection duckDb = tools.duckDb()) {
            for (Kind kind : Kind.values()) {
                for (RecordIndex index : indexes) {
                    ask(index, kind);
                }
                Map<Asked, Integer> few = new LinkedHashMap<>();
                for (Asked asked : Asked.some(kind, trail, TOOL_QUESTIONS)) {
                    few.put(asked, search(indexes.get(0), asked));
                }
                tool("grep", kind, few, asked -> tools.run(List.of("grep", "-h", "-E", "-e"), asked));
                tool("rg", kind, few, asked -> tools.run(List.of("rg", "-I", "-N", "--no-config", "-e"), asked));
                tool("DuckDB", kind, few, asked -> FileTools.query(duckDb, asked));
            }
        }
    }

    /** A page of the newest hundred, with their lines; all questions once before, to warm up. */
    private void ask(RecordIndex index, Kind kind) throws Exception {
        Timings timings = new Timings();
        for (Timings each : List.of(new Timings(), timings)) {
            for (Asked asked : Asked.some(kind, trail, INDEX_QUESTIONS)) {
                each.time(() -> search(index, asked));
            }
        }
        row("index, " + index.engine(), kind, timings);
    }

    private static int search(RecordIndex index, Asked asked) throws IOException {
        return index.search(RecordQuery.of(asked.filter(), Order.NEWEST, PAGE))
                .records()
                .size();
    }

    private interface Tool {
        long ask(Asked asked) throws Exception;
    }

    /** Asks it, and holds what it finds against the index. */
    private void tool(String name, Kind kind, Map<Asked, Integer> answers, Tool tool) throws Exception {
        if (!name.equals("DuckDB") && !FileTools.isThere(name)) {
            say("| %s | %s | not on the PATH | | |%n", name, kind.words());
            return;
        }
        Timings timings = new Timings();
        for (Map.Entry<Asked, Integer> each : answers.entrySet()) {
            long before = timings.found();
            timings.time(() -> tool.ask(each.getKey()));
            if (Math.min(PAGE, timings.found() - before) != each.getValue()) {
                throw new IllegalStateException(name + " found " + (timings.found() - before) + " and the index "
                        + each.getValue() + ": " + each.getKey());
            }
        }
        row(name, kind, timings);
    }

    private void row(String name, Kind kind, Timings timings) {
        say(
                "| %s | %s | %.2f | %.2f | %.1f |%n",
                name,
                kind.words(),
                timings.quantile(0.5),
                timings.quantile(0.99),
                (double) timings.found() / timings.count());
    }

    private void recording(int rounds, double seconds) throws Exception {
        Path place = folder.resolve("search-recording");
        delete(place);
        RecordingCost cost = new RecordingCost(place, seconds);
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        cost.without(); // to warm up
        cost.withIndex();
        for (int i = 0; i < rounds; i++) {
            boolean indexFirst = i % 2 == 0;
            double first = indexFirst ? cost.withIndex() : cost.without();
            double second = indexFirst ? cost.without() : cost.withIndex();
            with.add(indexFirst ? first : second);
            without.add(indexFirst ? second : first);
            ratios.add(with.get(i) / without.get(i));
        }
        delete(place);
        say(
                "%nRecording by 8 threads that wait, %d rounds of %.0f s: without an index %,.0f records/s, with one %,.0f;"
                        + " ratio %.3f (%.3f to %.3f)%n",
                rounds,
                seconds,
                median(without),
                median(with),
                median(ratios),
                Collections.min(ratios),
                Collections.max(ratios));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var all = Files.walk(folder)) {
                for (Path each : all.sorted(Collections.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
