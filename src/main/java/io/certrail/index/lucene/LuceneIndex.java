package io.certrail.index.lucene;

import io.certrail.index.CertificatePage;
import io.certrail.index.CertificateQuery;
import io.certrail.index.Coverage;
import io.certrail.index.IndexBatch;
import io.certrail.index.RecordFilter;
import io.certrail.index.RecordFilter.Field;
import io.certrail.index.RecordIndex;
import io.certrail.index.RecordPage;
import io.certrail.index.RecordPage.Found;
import io.certrail.index.RecordQuery;
import io.certrail.index.RecordQuery.Order;
import io.certrail.index.SeenCertificate;
import io.certrail.index.SeenCertificateText;
import io.certrail.index.Skipped;
import io.certrail.index.Summary;
import io.certrail.index.SummaryQuery;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailLines;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;

/** The embedded engine: the records of one trail, whose lines it reads from there. Safe for use by any thread. */
public final class LuceneIndex implements RecordIndex {
    private static final Logger LOG = System.getLogger(LuceneIndex.class.getName());

    private final String origin;
    private final Directory directory;
    private final TrailLines lines;
    private volatile State state;
    private volatile boolean damaged;

    private LuceneIndex(String origin, Directory directory, TrailLines lines, State state) {
        this.origin = origin;
        this.directory = directory;
        this.lines = lines;
        this.state = state;
    }

    /** A writer, which has a number of its own, and what searches see of it. */
    private record State(
            IndexWriter writer,
            SearcherManager searchers,
            long next,
            long at,
            String last,
            Skipped skipped,
            int number) {
        /** Where it fails, the writer lets go of the index. */
        static State of(IndexWriter writer, int number) throws IOException {
            try {
                return read(writer, number);
            } catch (Throwable e) {
                try {
                    writer.rollback();
                } catch (Throwable again) {
                    e.addSuppressed(again);
                }
                throw e;
            }
        }

        private static State read(IndexWriter writer, int number) throws IOException {
            Map<String, String> data = new HashMap<>();
            Iterable<Map.Entry<String, String>> told = writer.getLiveCommitData();
            if (told != null) {
                told.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
            }
            return new State(
                    writer,
                    new SearcherManager(writer, null),
                    Long.parseLong(data.getOrDefault("next", "0")),
                    Long.parseLong(data.getOrDefault("at", "0")),
                    data.getOrDefault("last", ""),
                    new Skipped(
                            Long.parseLong(data.getOrDefault("skipped", "0")),
                            Long.parseLong(data.getOrDefault("skipped_last", "-1"))),
                    number);
        }

        State after(IndexBatch batch) {
            return new State(
                    writer,
                    searchers,
                    batch.next(),
                    batch.at().toEpochMilli(),
                    batch.last(),
                    skipped.after(batch),
                    number);
        }
    }

    /**
     * Opens the index in a folder, which is made if it is missing.
     *
     * @param trail the trail's folder, from which lines are read
     * @throws IOException if the folder cannot be used, or another process uses it
     */
    public static LuceneIndex open(Path folder, String origin, TrailFiles files, Path trail) throws IOException {
        return open(Opening.folder(folder), origin, TrailLines.of(files, trail));
    }

    /** Takes the directory: where it fails, that is closed. */
    static LuceneIndex open(Directory directory, String origin, TrailLines lines) throws IOException {
        try {
            return new LuceneIndex(origin, directory, lines, State.of(Opening.writer(directory, origin), 0));
        } catch (Throwable e) {
            directory.close();
            throw e;
        }
    }

    @Override
    public String engine() {
        return "lucene";
    }

    /** Also what a search found damaged is then forgotten, to be fed anew. */
    @Override
    public long next(String of) throws IOException {
        if (damaged) {
            LOG.log(Level.WARNING, "CTR0813 A search found the index damaged; it is made anew from the trail");
            clear(of);
            damaged = false;
        }
        return state.next;
    }

    @Override
    public Optional<String> last(String of) {
        return of.equals(origin) ? Optional.of(state.last).filter(hash -> !hash.isEmpty()) : Optional.empty();
    }

    /** Where it fails, the index is opened again as it was committed last. */
    @Override
    public void apply(IndexBatch batch) throws IOException {
        State before = state;
        try {
            for (IndexBatch.Line line : batch.lines()) {
                before.writer.addDocument(Documents.of(line.record()));
            }
            for (SeenCertificate seen : batch.certificates()) {
                Term key = new Term(Documents.CERTIFICATE, seen.certificate().sha256());
                before.writer.updateDocument(key, Documents.of(seen));
            }
            if (batch.retired() > 0) {
                before.writer.deleteDocuments(LongPoint.newRangeQuery(Documents.SEQUENCE, 0, batch.retired() - 1));
            }
            State after = before.after(batch);
            before.writer.setLiveCommitData(Opening.userData(origin, after.next, after.at, after.last, after.skipped)
                    .entrySet());
            before.searchers.maybeRefreshBlocking();
            state = after;
        } catch (Throwable e) {
            reopen(before, e);
            throw e;
        }
    }

    private void reopen(State broken, Throwable cause) throws IOException {
        try {
            broken.searchers.close();
            broken.writer.rollback();
        } catch (Throwable e) {
            cause.addSuppressed(e);
        }
        state = State.of(Opening.writer(directory, origin), broken.number + 1);
    }

    @Override
    public void commit() throws IOException {
        State now = state;
        try {
            now.writer.commit();
        } catch (Throwable e) {
            reopen(now, e);
            throw e;
        }
    }

    @Override
    public void clear(String of) throws IOException {
        State before = state;
        before.searchers.close();
        before.writer.rollback();
        state = State.of(Opening.create(directory, origin), before.number + 1);
    }

    /** One of another version is made anew as it is opened. */
    @Override
    public boolean forgetOutdated(String of) {
        return false;
    }

    @Override
    public RecordPage search(RecordQuery query) throws IOException {
        return isOther(query.filter())
                ? new RecordPage(List.of(), null, 0)
                : ask(searching -> searching.records(query, origin, lines));
    }

    @Override
    public Optional<Found> record(String of, long sequence) throws IOException {
        return of.equals(origin) ? ask(searching -> searching.record(sequence, origin, lines)) : Optional.empty();
    }

    @Override
    public Optional<Found> oldest(String of) throws IOException {
        RecordFilter own = RecordFilter.of(Field.ORIGIN, of);
        return search(RecordQuery.of(own, Order.OLDEST, 1)).records().stream().findFirst();
    }

    private boolean isOther(RecordFilter filter) {
        List<String> origins = filter.equal().get(Field.ORIGIN);
        return origins != null && !origins.contains(origin);
    }

    @Override
    public CertificatePage certificates(CertificateQuery query) throws IOException {
        return query.origins().isEmpty() || query.origins().contains(origin)
                ? ask(searching -> searching.certificates(query))
                : new CertificatePage(List.of(), null);
    }

    @Override
    public Optional<SeenCertificate> certificate(String of, String sha256) throws IOException {
        return of.equals(origin)
                ? ask(searching -> searching.certificateText(sha256)).map(SeenCertificateText::parse)
                : Optional.empty();
    }

    @Override
    public Summary summarise(SummaryQuery query) throws IOException {
        return isOther(query.filter())
                ? new Summary(Map.of(), List.of(), List.of(), List.of())
                : ask(searching -> searching.summary(query));
    }

    private interface Question<T> {
        T ask(Searching searching) throws IOException;
    }

    private <T> T ask(Question<T> question) throws IOException {
        try (Searching searching = new Searching(state.searchers)) {
            return question.ask(searching);
        } catch (CorruptIndexException e) {
            damaged = true;
            throw e;
        } catch (AlreadyClosedException e) {
            throw new IOException("the index is being opened again", e);
        }
    }

    @Override
    public Coverage coverage() {
        State now = state;
        Instant at = now.at == 0 ? null : Instant.ofEpochMilli(now.at);
        return new Coverage(List.of(new Coverage.Trail(origin, now.next, at, now.skipped, now.number)));
    }

    @Override
    public void close() throws IOException {
        State last = state;
        try (directory) {
            last.searchers.close();
            last.writer.close();
        }
    }
}
