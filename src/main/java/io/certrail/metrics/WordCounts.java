package io.certrail.metrics;

import io.certrail.metrics.Meters.Count;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** Counts by the constants of an enum. All series are there from the start, so that a first increase is seen. */
final class WordCounts<E extends Enum<E>> {
    private final Map<E, Count> counts;

    WordCounts(Meters meters, Meter meter, String label, Class<E> words, Function<E, String> id) {
        counts = new EnumMap<>(words);
        for (E word : words.getEnumConstants()) {
            counts.put(word, meters.count(meter, new Label(label, id.apply(word))));
        }
    }

    void add(E word) {
        Count count = counts.get(word);
        if (count != null) {
            count.add();
        }
    }
}
