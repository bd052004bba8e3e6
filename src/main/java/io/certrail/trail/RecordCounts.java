package io.certrail.trail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts lines by the name and the outcome of their records, as {@link CheckpointCounts#records()} tells them: anyone who has
 * the lines can count again. A line that does not begin as records do, or one more kind than 256 of all lives of the trail
 * together, counts as {@value #OTHER}. Allocates nothing for a kind that it knows. For one thread.
 */
public final class RecordCounts implements LineSink {
    /** What is counted of lines that have no name and outcome where records have them. */
    public static final String OTHER = "other:unknown";

    /** The most kinds that are told apart, besides {@value #OTHER}. */
    public static final int MAX_KINDS = 256;

    /** The longest {@code <event.name>:<event.outcome>} that is one, in characters. */
    public static final int MAX_WORD = LineHead.MAX_NAME + 1 + LineHead.MAX_OUTCOME;

    private final List<Kind> kinds = new ArrayList<>();
    private final SortedMap<String, Long> before;
    /** How many kinds there are, those of before among them. */
    private int toldApart;

    private Kind latest = new Kind(new byte[0], OTHER);
    private long others;

    /** Begins with nothing. */
    public RecordCounts() {
        this(new TreeMap<>());
    }

    /** Goes on from what was counted. */
    public RecordCounts(SortedMap<String, Long> before) {
        this.before = new TreeMap<>(before);
        this.toldApart = before.size() - (before.containsKey(OTHER) ? 1 : 0);
    }

    /** Name and outcome as they stand in a line, and how often they do. */
    private static final class Kind {
        private final byte[] bytes;
        private final String word;
        private long count;

        Kind(byte[] bytes, String word) {
            this.bytes = bytes;
            this.word = word;
        }

        boolean stands(byte[] array, int name, int to) {
            int end = name + bytes.length;
            return end < to && array[end] == '"' && Arrays.equals(array, name, end, bytes, 0, bytes.length);
        }
    }

    @Override
    public void line(byte[] array, int offset, int length) {
        int to = offset + length;
        int name = LineHead.name(array, offset, to);
        if (name < 0) {
            others++;
        } else if (latest.stands(array, name, to)) {
            latest.count++;
        } else {
            count(array, name, to);
        }
    }

    private void count(byte[] array, int name, int to) {
        for (Kind kind : kinds) {
            if (kind.stands(array, name, to)) {
                kind.count++;
                latest = kind;
                return;
            }
        }
        int end = LineHead.end(array, name, to);
        String word = end < 0 ? OTHER : LineHead.word(array, name, end);
        boolean known = before.containsKey(word);
        if (end < 0 || (!known && toldApart >= MAX_KINDS)) {
            others++;
            return;
        }
        Kind kind = new Kind(Arrays.copyOfRange(array, name, end), word);
        kind.count = 1;
        kinds.add(kind); // where memory is out, nothing has changed before
        toldApart += known ? 0 : 1;
        latest = kind;
    }

    /** What was counted so far, a copy. */
    public SortedMap<String, Long> counts() {
        SortedMap<String, Long> counts = new TreeMap<>(before);
        kinds.forEach(kind -> counts.merge(kind.word, kind.count, Long::sum));
        if (others > 0) {
            counts.merge(OTHER, others, Long::sum);
        }
        return counts;
    }

    /** By how much each count is greater than before. */
    static Map<String, Long> since(Map<String, Long> before, Map<String, Long> now) {
        Map<String, Long> grown = new TreeMap<>(now);
        before.forEach((word, count) -> grown.merge(word, -count, Long::sum));
        return grown;
    }
}
