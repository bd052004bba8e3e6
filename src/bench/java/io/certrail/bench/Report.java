package io.certrail.bench;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was measured, as JSON and as Markdown. */
record Report(
        String server,
        List<Figures> figures,
        List<ServerBenchmark.Kept> kept,
        List<StartupBenchmark.Starts> starts,
        int rounds,
        int windowSeconds,
        int warmupSeconds,
        int processes) {

    /** Keeps both forms in files of that name, and prints the second. */
    void write(Path directory, String name) throws IOException {
        Files.writeString(directory.resolve(name + ".json"), json());
        Files.writeString(directory.resolve(name + ".md"), markdown());
        System.out.println();
        System.out.println(markdown());
        System.out.println("in " + directory.resolve(name + ".json") + " and .md");
    }

    private String json() {
        JsonObjectBuilder setting = Json.createObjectBuilder()
                .add("server", server)
                .add("java", Runtime.version().toString())
                .add("processors", Runtime.getRuntime().availableProcessors())
                .add("rounds", rounds)
                .add("windowSeconds", windowSeconds)
                .add("warmupSeconds", warmupSeconds)
                .add("processes", processes);
        JsonArrayBuilder measured = Json.createArrayBuilder();
        figures.forEach(each -> measured.add(json(each)));
        JsonArrayBuilder counted = Json.createArrayBuilder();
        kept.forEach(each -> counted.add(Json.createObjectBuilder()
                .add("variant", each.variant().id())
                .add("answered", each.answered())
                .add("recorded", each.recorded())));
        JsonArrayBuilder started = Json.createArrayBuilder();
        starts.forEach(each -> started.add(Json.createObjectBuilder()
                .add("variant", each.variant().id())
                .add("startMillis", each.startMillis())
                .add("residentMib", each.residentMib())));
        return Json.createObjectBuilder()
                .add("setting", setting)
                .add("figures", measured)
                .add("records", counted)
                .add("starts", started)
                .build()
                .toString();
    }

    private static JsonObjectBuilder json(Figures figures) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("variant", figures.variant().id())
                .add("connections", figures.connections())
                .add("requestsPerSecond", figures.perSecond())
                .add("p50Micros", figures.p50Micros())
                .add("p99Micros", figures.p99Micros())
                .add("cpuMicrosPerRequest", figures.cpuMicros());
        if (!Double.isNaN(figures.cpuRatio())) {
            json.add("throughputRatio", figures.throughputRatio());
            json.add("cpuRatio", figures.cpuRatio());
            json.add("extraCpuMicros", figures.extraCpuMicros());
        }
        return json;
    }

    private String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "%s: %d rounds of %d s in turns, %d s of warm-up, %d processes of each, medians; %d processors, Java %s",
                server,
                rounds,
                windowSeconds,
                warmupSeconds,
                processes,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version()));
        figures.stream().map(Figures::connections).distinct().forEach(count -> table(count, lines));
        goals(lines);
        counts(lines);
        startTable(lines);
        return String.join("\n", lines) + "\n";
    }

    private void table(int connections, List<String> lines) {
        lines.add("\n**" + connections + " connections**\n");
        lines.add("| variant | requests/s | to bare | p50 µs | p99 µs | CPU µs a request | extra µs | CPU ratio | |");
        lines.add("|---|---|---|---|---|---|---|---|---|");
        figures.stream()
                .filter(each -> each.connections() == connections)
                .map(each -> String.format(
                        Locale.ROOT,
                        "| %s | %.0f | %.2f | %.0f | %.0f | %.1f | %+.1f | %.2f | %s |",
                        each.variant().id(),
                        each.perSecond(),
                        each.throughputRatio(),
                        each.p50Micros(),
                        each.p99Micros(),
                        each.cpuMicros(),
                        each.extraCpuMicros(),
                        each.cpuRatio(),
                        each.variant().description()))
                .forEach(lines::add);
    }

    private Optional<Figures> find(Variant variant, int connections) {
        return figures.stream()
                .filter(each -> each.variant() == variant && each.connections() == connections)
                .findFirst();
    }

    private void goals(List<String> lines) {
        List<String> goals = new ArrayList<>();
        find(Variant.NONE, 4).ifPresent(none -> {
            goals.add(goal("none: extra CPU, µs a request", none.extraCpuMicros(), "at most", 6));
            goals.add(goal("none: CPU ratio to bare", none.cpuRatio(), "at most", 1.10));
        });
        find(Variant.ANSWER, 4).ifPresent(answer -> {
            goals.add(goal("answer, 4 connections: p50, ms", answer.p50Micros() / 1e3, "at most", 0.4));
            find(Variant.NAIVE_FORCE, 4)
                    .ifPresent(naive -> goals.add(goal(
                            "answer, 4 connections: requests/s to naive-force",
                            answer.perSecond() / naive.perSecond(),
                            "at least",
                            2.5)));
        });
        find(Variant.ANSWER, 64)
                .ifPresent(answer -> goals.add(
                        goal("answer, 64 connections: requests/s to bare", answer.throughputRatio(), "at least", 0.8)));
        if (!goals.isEmpty()) {
            lines.add("\n| goal | | measured | |\n|---|---|---|---|");
            lines.addAll(goals);
        }
    }

    private static String goal(String what, double measured, String bound, double limit) {
        boolean reached = bound.equals("at most") ? measured <= limit : measured >= limit;
        return String.format(
                Locale.ROOT, "| %s | %s %.2f | %.2f | %s |", what, bound, limit, measured, reached ? "yes" : "**no**");
    }

    private void counts(List<String> lines) {
        if (kept.stream().anyMatch(each -> each.recorded() >= 0)) {
            lines.add("\n| variant | requests answered | requests on record | |\n|---|---|---|---|");
        }
        kept.stream()
                .filter(each -> each.recorded() >= 0)
                .map(each -> String.format(
                        "| %s | %d | %d | %s |",
                        each.variant().id(),
                        each.answered(),
                        each.recorded(),
                        each.answered() == each.recorded() ? "equal" : "**differ**"))
                .forEach(lines::add);
    }

    private void startTable(List<String> lines) {
        if (!starts.isEmpty()) {
            lines.add("\n| variant | start to first answer, ms | resident after load and collection, MiB |");
            lines.add("|---|---|---|");
        }
        starts.stream()
                .map(each -> String.format(
                        Locale.ROOT,
                        "| %s | %.0f | %.0f |",
                        each.variant().id(),
                        each.startMillis(),
                        each.residentMib()))
                .forEach(lines::add);
    }
}
