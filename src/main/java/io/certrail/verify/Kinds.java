package io.certrail.verify;

import io.certrail.trail.RecordCounts;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All kinds of records that were met, found by where a piece has them. For one thread. */
final class Kinds {
    private final Map<String, Kind> all = new HashMap<>();
    private final Kind other = get(RecordCounts.OTHER);
    private @Nullable ScannedChunk chunk;
    private Kind[] ofChunk = {};

    Kind get(String word) {
        return all.computeIfAbsent(word, Kind::new);
    }

    Kind of(ScannedChunk piece, int entry) {
        if (!piece.equals(chunk)) {
            chunk = piece;
            ofChunk = piece.words.stream().map(this::get).toArray(Kind[]::new);
        }
        int word = piece.word[entry];
        return word < 0 ? other : ofChunk[word];
    }

    /** Those of which there are some. */
    SortedMap<String, Long> counts() {
        SortedMap<String, Long> counts = new TreeMap<>();
        all.values().stream().filter(kind -> kind.count() > 0).forEach(kind -> counts.put(kind.word(), kind.count()));
        return counts;
    }

    /** What is counted from here on begins with these. */
    void begin(Map<String, Long> known) {
        all.values().forEach(kind -> kind.count(0));
        known.forEach((word, count) -> get(word).count(count));
    }

    /** Another start of the recorder begins. */
    void boot() {
        all.values().forEach(kind -> kind.ofBoot(0));
    }

    /** Those of the current start and of one part, of any outcome. */
    long ofBoot(Kind.Part part) {
        return all.values().stream()
                .filter(kind -> kind.part() == part)
                .mapToLong(Kind::ofBoot)
                .sum();
    }
}
