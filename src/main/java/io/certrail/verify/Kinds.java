package io.certrail.verify;

import io.certrail.trail.RecordCounts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All kinds of records that were met, found by where a piece has them. As the writer does ({@link RecordCounts}), no more than 256
 * are told apart, and none with a longer name than records have: what is beyond counts as {@value RecordCounts#OTHER}. For one thread.
 */
final class Kinds {
    private final Map<String, Kind> all = new HashMap<>();
    /** The words that records have, and no more than the writer counts. */
    private final Set<String> met = new HashSet<>();

    private final Kind other = get(RecordCounts.OTHER);
    private @Nullable ScannedChunk chunk;
    private Kind[] ofChunk = {};

    /** Of a word that is ours, or a checkpoint's. */
    Kind get(String word) {
        return all.computeIfAbsent(word, Kind::new);
    }

    /** Of a word that a record has, which may be anything. */
    Kind met(String word) {
        if (!met.contains(word)) {
            if (met.size() >= RecordCounts.MAX_KINDS || word.length() > RecordCounts.MAX_WORD) {
                return other;
            }
            met.add(word);
        }
        return get(word);
    }

    Kind of(ScannedChunk piece, int entry) {
        if (!piece.equals(chunk)) {
            chunk = piece;
            ofChunk = piece.words.stream().map(this::met).toArray(Kind[]::new);
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
        met.clear();
        met.addAll(known.keySet());
        met.remove(RecordCounts.OTHER);
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
