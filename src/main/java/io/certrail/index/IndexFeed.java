package io.certrail.index;

import io.certrail.trail.Durable;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Feeds an index from a trail, with a daemon thread of the lowest priority. While the trail grows, it rests as long as it worked, so
 * that recording has the processors. What goes wrong is said in {@link #state()} and tried again.
 */
public final class IndexFeed implements AutoCloseable {
    private static final Logger LOG = System.getLogger(IndexFeed.class.getName());
    /** Where memory is out, words may be, too. */
    private static final String UNTOLD = "it failed, and to tell why failed, too";

    private static final int BATCH_RECORDS = 10_000;
    private static final int BATCH_BYTES = 16 << 20;
    private static final Duration LONGEST_REST = Duration.ofMillis(250);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final RecordIndex index;
    private final Path folder;
    private final TrailFiles files;
    private final String origin;
    private final Supplier<Durable> durable;
    private final ExpiryWatch expiry;
    private final Clock clock;
    private final RecordParser parser = new RecordParser();
    private final CertificateLedger ledger;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile long indexed;
    private volatile @Nullable String fault;
    private @Nullable TrailReader reader;
    /** What the index is expected to ask for next. */
    private long expected;
    /** Whether the trail is the one that the index is of, and in the layout of this version. */
    private boolean known;

    /** The first time at once: what a commit takes to do is loaded before the application's end takes its classes away. */
    private long committedNanos = System.nanoTime() - IndexOptions.COMMIT.toNanos();

    private IndexFeed(
            RecordIndex index,
            TrailFiles files,
            Path folder,
            String origin,
            Supplier<Durable> durable,
            ExpiryWatch expiry,
            Clock clock) {
        this.index = index;
        this.files = files;
        this.folder = folder;
        this.origin = origin;
        this.durable = durable;
        this.expiry = expiry;
        this.clock = clock;
        this.ledger = new CertificateLedger(index, origin);
        this.thread = new Thread(null, this::run, "certrail-index", 0, false);
    }

    /**
     * Starts feeding.
     *
     * @param folder of the trail
     * @param origin under which the index knows the trail
     * @param durable how far the trail is on disk for good
     */
    @SuppressWarnings("ThreadPriorityCheck") // a kindness where the system heeds it; what counts is the rest it takes
    public static IndexFeed start(
            RecordIndex index,
            TrailFiles files,
            Path folder,
            String origin,
            Supplier<Durable> durable,
            ExpiryWatch expiry,
            Clock clock) {
        IndexFeed feed = new IndexFeed(index, files, folder, origin, durable, expiry, clock);
        feed.thread.setDaemon(true);
        feed.thread.setPriority(Thread.MIN_PRIORITY);
        feed.thread.start();
        return feed;
    }

    /** How it goes. */
    public IndexState state() {
        return new IndexState(index.engine(), indexed, durable.get().end(), fault);
    }

    /** Under which name the index knows this trail. */
    public String origin() {
        return origin;
    }

    private void run() {
        Duration rest = Duration.ZERO;
        while (!isStopped(rest)) {
            rest = attempt();
        }
        end();
    }

    /** Goes on after errors, too: if its thread ended, nothing would be indexed any more, and nobody would be told. */
    private Duration attempt() {
        try {
            Duration rest = step();
            recovered();
            return rest;
        } catch (Throwable e) {
            failed(e);
            return IndexOptions.RETRY;
        }
    }

    private boolean isStopped(Duration wait) {
        try {
            return stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true; // nobody but the end of the process interrupts a daemon of ours
        }
    }

    private void recovered() {
        if (fault != null) {
            LOG.log(Level.INFO, "The index goes on");
            fault = null;
        }
    }

    private void failed(Throwable e) {
        try {
            startOver();
            tell(e);
        } catch (Throwable again) {
            fault = UNTOLD;
        }
    }

    private void tell(Throwable e) {
        String words = e.getClass().getSimpleName() + ": " + e.getMessage();
        if (!words.equals(fault)) {
            LOG.log(Level.WARNING, "CTR0841 The index does not go on; recording does. It is tried again", e);
        }
        fault = words;
    }

    /** @return how long to rest */
    private Duration step() throws IOException {
        long begin = System.nanoTime();
        long from = index.next(origin);
        indexed = from;
        if (from != expected) {
            startOver(); // a batch did not reach it, or it was cleared
            expected = from;
        }
        Durable end = durable.get();
        if (from > end.end()) {
            LOG.log(Level.WARNING, "CTR0842 The index is ahead of the trail, so it is of another one: it is made anew");
            startOver();
            index.clear(origin);
            return Duration.ZERO;
        }
        if (!known && isMadeAnew()) {
            return Duration.ZERO;
        }
        boolean fed = from < end.end() && feed(from, end);
        if (!fed) {
            rest();
            return IndexOptions.POLL;
        }
        Duration worked = Duration.ofNanos(System.nanoTime() - begin);
        boolean grew = durable.get().end() > end.end();
        return grew ? shorter(worked, LONGEST_REST) : Duration.ZERO;
    }

    /** Looked at once: while it is written, nobody can put another trail into its place, nor another version into this one's. */
    private boolean isMadeAnew() throws IOException {
        boolean anew = isAnotherTrail() || index.forgetOutdated(origin);
        if (anew) {
            startOver();
        }
        known = true;
        return anew;
    }

    private boolean isAnotherTrail() throws IOException {
        boolean another = LastLine.isAnother(index, origin, files, folder);
        if (another) {
            LOG.log(
                    Level.WARNING,
                    "CTR0844 The trail has another line where the index stands, so it is another one: it is made anew");
            index.clear(origin);
        }
        return another;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private boolean feed(long from, Durable end) throws IOException {
        List<IndexBatch.Line> lines = new ArrayList<>();
        Skipped skipped = Skipped.NONE;
        long retired = 0;
        long cursor = from;
        int bytes = 0;
        byte[] last = {};
        TrailReader at = reader(from);
        while (lines.size() < BATCH_RECORDS && bytes < BATCH_BYTES && at.next(end)) {
            cursor = at.sequence() + 1;
            byte[] line = at.line();
            bytes += line.length;
            last = line;
            IndexedRecord record = parse(at.sequence(), at.offset(), line);
            if (record != null) {
                lines.add(new IndexBatch.Line(record, line));
                ledger.add(record);
                retired = Math.max(retired, retired(record));
            } else {
                skipped = skipped.and(at.sequence());
            }
        }
        if (cursor == from) {
            return false;
        }
        index.apply(new IndexBatch(
                origin, lines, skipped, ledger.take(), cursor, LastLine.hash(last), retired, clock.instant()));
        indexed = cursor;
        expected = cursor;
        commitIfDue();
        return true;
    }

    private TrailReader reader(long from) {
        TrailReader open = reader;
        if (open == null) {
            open = TrailReader.open(files, folder, from);
            reader = open;
        }
        return open;
    }

    /** A line that is no record is counted and not found, and nothing else is kept from being found for it. */
    private @Nullable IndexedRecord parse(long sequence, long offset, byte[] line) {
        try {
            return parser.parse(sequence, offset, line);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "CTR0843 A line of the trail is not indexed: {0}", e.getMessage());
            return null;
        }
    }

    private static long retired(IndexedRecord record) {
        String next = record.event().equals(IndexedRecord.RETIRED)
                ? record.details().getOrDefault("next_sequence", "0")
                : "0";
        return next.matches("\\d{1,18}") ? Long.parseLong(next) : 0;
    }

    private void commitIfDue() throws IOException {
        if (System.nanoTime() - committedNanos >= IndexOptions.COMMIT.toNanos()) {
            commit();
        }
    }

    private void commit() throws IOException {
        index.commit();
        committedNanos = System.nanoTime();
    }

    /** All that is on disk is indexed. */
    private void rest() throws IOException {
        commitIfDue();
        expiry.lookThrough(index, origin);
    }

    /** From where the index stands, as it says itself. */
    private void startOver() {
        ledger.forget();
        leaveReader();
    }

    private void leaveReader() {
        TrailReader open = reader;
        reader = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a reader of the trail did not close", e);
        }
    }

    private void end() {
        leaveReader();
        try {
            index.commit();
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.log(Level.DEBUG, "the index was not committed; it catches up at the next start", e);
        }
    }

    /** Stops feeding, and waits for it for ten seconds at most. The index stays open. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
