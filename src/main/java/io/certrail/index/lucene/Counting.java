package io.certrail.index.lucene;

import io.certrail.index.Summary;
import io.certrail.index.Summary.Count;
import io.certrail.index.Summary.Tally;
import io.certrail.index.SummaryQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.BytesRef;

/** Counts the records that a search finds. Memory is bounded: of very many sources only those with most are kept on the way. */
final class Counting extends SimpleCollector {
    private static final int MAX_KEPT = 100_000;
    private static final Comparator<Map.Entry<BytesRef, long[]>> MOST =
            Comparator.<Map.Entry<BytesRef, long[]>>comparingLong(entry -> entry.getValue()[1])
                    .thenComparingLong(entry -> entry.getValue()[0])
                    .reversed()
                    .thenComparing(Map.Entry::getKey);

    private final long begin;
    private final long bucketMicros;
    private final int buckets;
    private final Map<String, long[]> kinds = new TreeMap<>();
    private Map<BytesRef, long[]> sources = new HashMap<>();
    private Map<BytesRef, long[]> certificates = new HashMap<>();
    private Leaf leaf = Leaf.NONE;

    Counting(SummaryQuery query) {
        this.begin = SummaryQuery.micros(query.from());
        this.bucketMicros = query.bucketMicros();
        this.buckets = query.buckets();
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
        leaf = new Leaf(
                DocValues.getNumeric(context.reader(), Documents.TIME),
                new Tallies(DocValues.getSorted(context.reader(), Documents.SOURCE)),
                new Tallies(DocValues.getSorted(context.reader(), "sha256")),
                new Kinds(DocValues.getSorted(context.reader(), Documents.KIND), buckets));
    }

    @Override
    public void collect(int document) throws IOException {
        if (!leaf.times.advanceExact(document)) {
            return;
        }
        long bucket = (leaf.times.longValue() - begin) / bucketMicros;
        boolean failure = leaf.kinds.add(document, (int) Math.max(0, Math.min(bucket, buckets - 1)));
        leaf.sources.add(document, failure);
        leaf.certificates.add(document, failure);
    }

    @Override
    public void finish() throws IOException {
        leaf.kinds.addTo(kinds);
        sources = leaf.sources.addTo(sources);
        certificates = leaf.certificates.addTo(certificates);
    }

    /** What was counted; certificates without their subjects. */
    Summary summary() {
        Map<Integer, List<Count>> parts = new TreeMap<>();
        List<Count> totals = new ArrayList<>();
        kinds.forEach((kind, counts) -> {
            String[] words = kind.split("\n", -1);
            String reason = words[2].isEmpty() ? null : words[2];
            long total = 0;
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    parts.computeIfAbsent(i, part -> new ArrayList<>())
                            .add(new Count(words[0], words[1], reason, counts[i]));
                    total += counts[i];
                }
            }
            if (total > 0) { // a segment knows kinds of which the search found none
                totals.add(new Count(words[0], words[1], reason, total));
            }
        });
        return new Summary(parts, totals, most(sources), most(certificates));
    }

    private static List<Tally> most(Map<BytesRef, long[]> tallies) {
        return tallies.entrySet().stream()
                .sorted(MOST)
                .limit(Summary.MAX_TALLIES)
                .map(entry -> new Tally(entry.getKey().utf8ToString(), null, entry.getValue()[0], entry.getValue()[1]))
                .toList();
    }

    /** What is counted of one segment of the index. */
    private record Leaf(NumericDocValues times, Tallies sources, Tallies certificates, Kinds kinds) {
        private static final Leaf NONE = new Leaf(
                DocValues.emptyNumeric(),
                new Tallies(DocValues.emptySorted()),
                new Tallies(DocValues.emptySorted()),
                new Kinds(DocValues.emptySorted(), 1));
    }

    private static final class Tallies {
        private final SortedDocValues values;
        private final int[] counts;
        private final int[] failures;

        Tallies(SortedDocValues values) {
            this.values = values;
            this.counts = new int[values.getValueCount()];
            this.failures = new int[values.getValueCount()];
        }

        void add(int document, boolean failure) throws IOException {
            if (values.advanceExact(document)) {
                int ord = values.ordValue();
                counts[ord]++;
                failures[ord] += failure ? 1 : 0;
            }
        }

        Map<BytesRef, long[]> addTo(Map<BytesRef, long[]> all) throws IOException {
            for (int ord = 0; ord < counts.length; ord++) {
                if (counts[ord] > 0) {
                    long[] sums = all.computeIfAbsent(BytesRef.deepCopyOf(values.lookupOrd(ord)), key -> new long[2]);
                    sums[0] += counts[ord];
                    sums[1] += failures[ord];
                }
            }
            return all.size() <= MAX_KEPT ? all : pruned(all);
        }

        private static Map<BytesRef, long[]> pruned(Map<BytesRef, long[]> all) {
            Map<BytesRef, long[]> kept = new HashMap<>();
            all.entrySet().stream()
                    .sorted(MOST)
                    .limit(MAX_KEPT / 2)
                    .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
            return kept;
        }
    }

    private static final class Kinds {
        private final SortedDocValues values;
        private final long[][] counts;
        private final boolean[] failure;

        Kinds(SortedDocValues values, int buckets) {
            this.values = values;
            this.counts = new long[values.getValueCount()][buckets];
            this.failure = new boolean[values.getValueCount()];
            for (int ord = 0; ord < failure.length; ord++) {
                failure[ord] = word(ord).contains("\nfailure\n");
            }
        }

        private String word(int ord) {
            try {
                return values.lookupOrd(ord).utf8ToString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** @return whether it is a failure */
        boolean add(int document, int bucket) throws IOException {
            if (!values.advanceExact(document)) {
                return false;
            }
            int ord = values.ordValue();
            counts[ord][bucket]++;
            return failure[ord];
        }

        void addTo(Map<String, long[]> all) {
            for (int ord = 0; ord < counts.length; ord++) {
                long[] sums = all.computeIfAbsent(word(ord), kind -> new long[counts[0].length]);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += counts[ord][i];
                }
            }
        }
    }
}
