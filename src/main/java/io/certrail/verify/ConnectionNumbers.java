package io.certrail.verify;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which of the numbers 1, 2, 3… were seen. Keeps the rows of those that were not, of which there are few: connections get
 * their numbers in order and their records nearly so. For one thread.
 */
final class ConnectionNumbers {
    private static final int MOST_ROWS = 100_000;
    private static final int SHOWN = 10;

    /** First and last of each row below the highest that was not seen. */
    private final NavigableMap<Long, Long> unseen = new TreeMap<>();

    private long highest;

    /** Whether the row has no number that was seen before; what was not seen of it is now. */
    boolean see(long first, long last) {
        if (first > highest) {
            if (first > highest + 1) {
                unseen.put(highest + 1, first - 1);
            }
            highest = last;
            return true;
        }
        Map.Entry<Long, Long> row = unseen.floorEntry(first);
        if (row == null || row.getValue() < last) {
            return false;
        }
        unseen.remove(row.getKey());
        if (row.getKey() < first) {
            unseen.put(row.getKey(), first - 1);
        }
        if (last < row.getValue()) {
            unseen.put(last + 1, row.getValue());
        }
        return true;
    }

    /** Whether there are more rows than are followed. */
    boolean isTooMuch() {
        return unseen.size() > MOST_ROWS;
    }

    long highest() {
        return highest;
    }

    /** How many up to a number were not seen. */
    long unseen(long upTo) {
        return unseen.values().stream().mapToLong(Long::longValue).sum()
                - unseen.keySet().stream().mapToLong(Long::longValue).sum()
                + unseen.size()
                + Math.max(0, upTo - highest);
    }

    /** The first of them, in words. */
    String words(long upTo) {
        String rows = unseen.entrySet().stream()
                .limit(SHOWN)
                .map(row ->
                        row.getKey().equals(row.getValue()) ? "" + row.getKey() : row.getKey() + "-" + row.getValue())
                .collect(Collectors.joining(", "));
        String beyond = upTo > highest ? (highest + 1) + "-" + upTo : "";
        String more = unseen.size() > SHOWN ? ", …" : "";
        return rows + more + (rows.isEmpty() || beyond.isEmpty() ? "" : ", ") + beyond;
    }
}
