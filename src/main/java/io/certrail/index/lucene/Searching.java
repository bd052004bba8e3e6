package io.certrail.index.lucene;

import io.certrail.index.BadCursorException;
import io.certrail.index.CertificatePage;
import io.certrail.index.CertificateQuery;
import io.certrail.index.RecordFilter;
import io.certrail.index.RecordPage;
import io.certrail.index.RecordPage.Found;
import io.certrail.index.RecordQuery;
import io.certrail.index.RecordQuery.Order;
import io.certrail.index.SeenCertificate;
import io.certrail.index.SeenCertificateText;
import io.certrail.index.SlowSearchException;
import io.certrail.index.Summary;
import io.certrail.index.Summary.Tally;
import io.certrail.index.SummaryQuery;
import io.certrail.trail.TrailLines;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** One search over the index as it was when it began. Belongs to one thread. */
final class Searching implements Closeable {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Sort OLDEST_FIRST = new Sort(new SortField(Documents.SEQUENCE, SortField.Type.LONG));
    private static final Set<String> TEXT = Set.of(Documents.TEXT);

    private final SearcherManager searchers;
    private final IndexSearcher acquired;
    private final IndexSearcher searcher;

    Searching(SearcherManager searchers) throws IOException {
        this.searchers = searchers;
        this.acquired = searchers.acquire();
        this.searcher = new IndexSearcher(acquired.getIndexReader());
        searcher.setQueryCache(null); // it would be one for all indexes of this class loader, and grow to 32 MiB
        long end = System.nanoTime() + LONGEST.toNanos();
        searcher.setTimeout(() -> System.nanoTime() - end > 0);
    }

    RecordPage records(RecordQuery query, String origin, TrailLines lines) throws IOException {
        boolean newest = query.order() == Order.NEWEST;
        long least = 0;
        long most = Long.MAX_VALUE;
        if (query.cursor() != null) {
            long last = sequence(query.cursor());
            least = newest ? 0 : last + 1;
            most = newest ? last - 1 : Long.MAX_VALUE;
        }
        Query lucene = Queries.records(query.filter(), shas(query.filter()), least, most);
        ScoreDoc[] hits = top(lucene, newest ? Opening.NEWEST_FIRST : OLDEST_FIRST, query.limit() + 1, null);
        return page(hits, query.limit(), origin, lines);
    }

    private static long sequence(String cursor) {
        if (!cursor.matches("\\d{1,18}")) {
            throw new BadCursorException();
        }
        return Long.parseLong(cursor);
    }

    Optional<Found> record(long sequence, String origin, TrailLines lines) throws IOException {
        Query lucene = Queries.records(RecordFilter.ALL, null, sequence, sequence);
        ScoreDoc[] hits = top(lucene, Opening.NEWEST_FIRST, 1, null);
        return page(hits, 1, origin, lines).records().stream().findFirst();
    }

    private RecordPage page(ScoreDoc[] hits, int limit, String origin, TrailLines lines) throws IOException {
        List<Found> found = new ArrayList<>();
        int unreadable = 0;
        String last = null;
        Offsets offsets = new Offsets();
        try (TrailLines.Reading reading = lines.read()) {
            for (int i = 0; i < Math.min(hits.length, limit); i++) {
                long sequence = (Long) ((FieldDoc) hits[i]).fields[0];
                Optional<byte[]> line = reading.find(sequence, offsets.of(hits[i].doc));
                line.ifPresent(bytes -> found.add(new Found(origin, sequence, bytes)));
                unreadable += line.isPresent() ? 0 : 1;
                last = Long.toString(sequence);
            }
        }
        return new RecordPage(found, hits.length > limit ? last : null, unreadable);
    }

    /** Where lines lie. What a segment of the index tells of them is opened once for documents that are asked for in order. */
    private final class Offsets {
        private final List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        private int leaf = -1;
        private @Nullable NumericDocValues values;

        /** In the trail's segment, in bytes; -1 if that is not known. */
        long of(int document) throws IOException {
            int wanted = ReaderUtil.subIndex(document, leaves);
            int within = document - leaves.get(wanted).docBase;
            NumericDocValues open = values;
            if (open == null || wanted != leaf || open.docID() > within) {
                open = leaves.get(wanted).reader().getNumericDocValues(Documents.OFFSET);
                values = open;
                leaf = wanted;
            }
            return open != null && open.advanceExact(within) ? open.longValue() : -1;
        }
    }

    private ScoreDoc[] top(Query query, Sort sort, int count, @Nullable FieldDoc after) throws IOException {
        TopDocs top = searcher.search(query, new TopFieldCollectorManager(sort, count, after, 1));
        checkTime();
        return top.scoreDocs;
    }

    private void checkTime() throws SlowSearchException {
        if (searcher.timedOut()) {
            throw new SlowSearchException(LONGEST);
        }
    }

    /** Of the certificates that meet a filter's conditions; {@code null} if it has none. */
    private @Nullable List<BytesRef> shas(RecordFilter filter) throws IOException {
        if (!filter.asksForCertificate()) {
            return null;
        }
        List<BytesRef> shas = new ArrayList<>();
        searcher.search(Queries.certificates(filter.certificateCondition()), new One<>(new Keys(shas)));
        checkTime();
        return shas;
    }

    Summary summary(SummaryQuery query) throws IOException {
        Counting counting = new Counting(query);
        searcher.search(Queries.records(query.filter(), shas(query.filter()), 0, Long.MAX_VALUE), new One<>(counting));
        checkTime();
        Summary counted = counting.summary();
        List<Tally> named = new ArrayList<>();
        for (Tally tally : counted.certificates()) {
            String subject = certificateText(tally.key())
                    .map(text -> SeenCertificateText.parse(text).certificate().subject())
                    .orElse(null);
            named.add(new Tally(tally.key(), subject, tally.count(), tally.failures()));
        }
        return new Summary(counted.buckets(), counted.totals(), counted.sources(), named);
    }

    CertificatePage certificates(CertificateQuery query) throws IOException {
        Sort sort = new Sort(
                new SortField(field(query.sort()), SortField.Type.LONG, query.descending()),
                new SortField(Documents.CERTIFICATE, SortField.Type.STRING));
        ScoreDoc[] hits = top(Queries.certificates(query), sort, query.limit() + 1, after(query.cursor()));
        List<SeenCertificate> found = new ArrayList<>();
        for (int i = 0; i < Math.min(hits.length, query.limit()); i++) {
            found.add(SeenCertificateText.parse(text(hits[i].doc)));
        }
        return new CertificatePage(
                found, hits.length > query.limit() ? cursor((FieldDoc) hits[query.limit() - 1]) : null);
    }

    private static String field(CertificateQuery.Sort sort) {
        return switch (sort) {
            case FIRST_SEEN -> Documents.FIRST_SEEN;
            case LAST_SEEN -> Documents.LAST_SEEN;
            case NOT_AFTER -> Documents.NOT_AFTER;
        };
    }

    private static String cursor(FieldDoc last) {
        return last.fields[0] + "." + ((BytesRef) last.fields[1]).utf8ToString();
    }

    private static @Nullable FieldDoc after(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        if (!cursor.matches("-?\\d{1,18}\\.[0-9a-f]{1,64}|" + Long.MAX_VALUE + "\\.[0-9a-f]{1,64}")) {
            throw new BadCursorException();
        }
        int dot = cursor.indexOf('.');
        Object[] values = {Long.parseLong(cursor.substring(0, dot)), new BytesRef(cursor.substring(dot + 1))};
        return new FieldDoc(Integer.MAX_VALUE, Float.NaN, values);
    }

    Optional<String> certificateText(String sha256) throws IOException {
        TopDocs found = searcher.search(new TermQuery(new Term(Documents.CERTIFICATE, Documents.term(sha256))), 1);
        return found.scoreDocs.length == 0 ? Optional.empty() : Optional.of(text(found.scoreDocs[0].doc));
    }

    private String text(int document) throws IOException {
        return searcher.storedFields().document(document, TEXT).get(Documents.TEXT);
    }

    @Override
    public void close() throws IOException {
        searchers.release(acquired);
    }

    /** One collector for all segments: they are searched by one thread, one after the other. */
    private record One<C extends Collector>(C collector) implements CollectorManager<C, C> {
        @Override
        public C newCollector() {
            return collector;
        }

        @Override
        public C reduce(Collection<C> same) {
            return collector;
        }
    }

    /** Gathers the keys of certificates. */
    private static final class Keys extends SimpleCollector {
        private final List<BytesRef> keys;
        private @Nullable SortedDocValues values;

        Keys(List<BytesRef> keys) {
            this.keys = keys;
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext context) throws IOException {
            values = context.reader().getSortedDocValues(Documents.CERTIFICATE);
        }

        @Override
        public void collect(int document) throws IOException {
            if (values != null && values.advanceExact(document)) {
                keys.add(BytesRef.deepCopyOf(values.lookupOrd(values.ordValue())));
            }
        }
    }
}
