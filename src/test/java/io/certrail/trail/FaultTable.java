package io.certrail.trail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was injected where, and what became of it: a row for each kind of call, for who wants to see it. */
final class FaultTable {
    /** By kind of call and fault: how often each verdict was given. */
    private final Map<String, Map<String, Map<String, Integer>>> verdicts = new TreeMap<>();

    void add(String call, String fault, String verdict) {
        verdicts.computeIfAbsent(call.isEmpty() ? "after the last call" : call, key -> new TreeMap<>())
                .computeIfAbsent(fault, key -> new TreeMap<>())
                .merge(verdict, 1, Integer::sum);
    }

    /** Each verdict was given after the trail had been opened again, read back whole and counted. */
    void write(Path file) throws IOException {
        StringBuilder table = new StringBuilder("| call | fault | places and what became of them |\n|---|---|---|\n");
        verdicts.forEach((call, faults) -> faults.forEach((fault, counts) -> table.append("| " + call + " | " + fault
                + " | "
                + counts.entrySet().stream()
                        .map(each -> each.getValue() + " × " + each.getKey())
                        .collect(Collectors.joining(", "))
                + " |\n")));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, table);
    }
}
