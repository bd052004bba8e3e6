package io.certrail.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.event.NamedValue;
import io.certrail.index.ExpiryWatch;
import io.certrail.index.FedTrail;
import io.certrail.index.Happened;
import io.certrail.index.IndexFeed;
import io.certrail.index.RecordFilter;
import io.certrail.index.RecordFilter.Field;
import io.certrail.index.RecordIndex;
import io.certrail.index.RecordQuery;
import io.certrail.index.RecordQuery.Order;
import io.certrail.index.Skipped;
import io.certrail.trail.PlainChronicle;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailLines;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.NIOFSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the index does when it is lost, damaged, behind or of another trail. */
final class IndexFeedTest {
    @TempDir
    Path folder;

    private LuceneIndex open() throws IOException {
        return LuceneIndex.open(index(), FedTrail.ORIGIN, TrailFiles.onDisk(), folder.resolve("trail"));
    }

    private Path index() {
        return folder.resolve("index");
    }

    private long life(boolean recording) throws IOException {
        try (LuceneIndex index = open();
                FedTrail trail = new FedTrail(folder.resolve("trail"), index, FedTrail.ORIGIN)) {
            trail.record(recording ? Happened.events() : List.of());
            trail.awaitCurrent();
            return requests(index);
        }
    }

    private static long requests(LuceneIndex index) throws IOException {
        return index.search(RecordQuery.of(RecordFilter.of(Field.EVENT, "http.request"), Order.NEWEST, 1000))
                .records()
                .size();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(index())) {
            return files.filter(file -> !file.endsWith("write.lock")).toList();
        }
    }

    @Test
    void indexGoesOnWhereItWas() throws IOException {
        long first = life(true);
        assertThat(first).isPositive();
        assertThat(life(true)).isEqualTo(2 * first);
    }

    @Test
    void lostIndexIsMadeAnew() throws IOException {
        long before = life(true);
        for (Path file : files()) {
            Files.delete(file);
        }
        assertThat(life(false)).isEqualTo(before);
    }

    @Test
    void damagedIndexIsMadeAnewWhicheverFileIsDamaged() throws IOException {
        long before = life(true);
        for (int i = 0; i < files().size(); i++) {
            Path file = files().get(i);
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 0x40;
            Files.write(file, bytes);
            assertThat(life(false)).as("%s", file.getFileName()).isEqualTo(before);
        }
    }

    @Test
    void indexWhoseFilesAreCutIsMadeAnew() throws IOException {
        long before = life(true);
        for (Path file : files()) {
            try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() / 2);
            }
        }
        assertThat(life(false)).isEqualTo(before);
    }

    @Test
    void indexOfAnotherTrailIsMadeAnew() throws IOException {
        life(true);
        try (LuceneIndex other =
                LuceneIndex.open(index(), "another origin", TrailFiles.onDisk(), folder.resolve("trail"))) {
            assertThat(other.next("another origin")).isZero();
        }
    }

    @Test
    void whatIsNotTheIndexsIsNeverDeleted() throws IOException {
        long before = life(true);
        Path key = Files.writeString(index().resolve("key"), "PRIVATE");
        assertThat(life(false)).isEqualTo(before);
        List<Path> all = files();
        assertThatThrownBy(() -> LuceneIndex.open(index(), "another", TrailFiles.onDisk(), folder.resolve("trail")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("key")
                .hasMessageContaining("certrail.index.folder");
        assertThat(files()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(key).hasContent("PRIVATE");

        Files.delete(key);
        Path hidden = Files.writeString(index().resolve(".nfs0001"), "open elsewhere");
        LuceneIndex.open(index(), "another", TrailFiles.onDisk(), folder.resolve("trail"))
                .close();
        assertThat(hidden).hasContent("open elsewhere");
    }

    @Test
    void folderInWhichOtherThingsLieIsNotTaken() throws IOException {
        Files.createDirectories(index());
        Path other = Files.writeString(index().resolve("_config.yml"), "a name as Lucene's");
        Path one = Files.writeString(index().resolve("README"), "words");

        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("README");
        assertThat(files()).containsExactlyInAnyOrder(other, one);
    }

    @Test
    void indexOfAnotherApplicationIsNeverDeleted() throws IOException {
        anotherApplicationsIndex(Codec.getDefault());
        assertIsRefusedAsAnothers();
    }

    /** As one that was made with another version of Lucene. */
    @Test
    void indexOfAnotherApplicationWhoseFormatIsUnknownIsNeverDeleted() throws IOException {
        anotherApplicationsIndex(new FilterCodec("Theirs", Codec.getDefault()) {});
        assertIsRefusedAsAnothers();
    }

    @Test
    void indexOfAnotherApplicationThatIsDamagedOrHasNoCommitIsNeverDeleted() throws IOException {
        anotherApplicationsIndex(Codec.getDefault());
        Path commit = index().resolve("segments_1");
        byte[] bytes = Files.readAllBytes(commit);
        Files.write(commit, Arrays.copyOf(bytes, bytes.length / 2));
        assertIsRefusedAsAnothers();

        Files.delete(commit);
        assertIsRefusedAsAnothers();
    }

    @Test
    void indexOfAnotherApplicationThatTookTheFolderIsNeverDeleted() throws IOException {
        life(true);
        anotherApplicationsIndex(Codec.getDefault());
        assertIsRefusedAsAnothers();
    }

    private void anotherApplicationsIndex(Codec codec) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig().setCodec(codec).setOpenMode(OpenMode.CREATE);
        try (Directory directory = new NIOFSDirectory(index());
                IndexWriter writer = new IndexWriter(directory, config)) {
            writer.addDocument(new Document());
        }
    }

    private void assertIsRefusedAsAnothers() throws IOException {
        List<Path> all = files();
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another application's index")
                .hasMessageContaining("certrail.index.folder");
        assertThat(files()).containsExactlyInAnyOrderElementsOf(all).isNotEmpty();
    }

    @Test
    void rootOfAVolumeHasFoldersThatAreLeftAlone() throws IOException {
        Path files = Files.createDirectories(index().resolve("lost+found"));
        Path alike = Files.createDirectories(index().resolve("_volume.d"));
        long before = life(true);

        LuceneIndex.open(index(), "another", TrailFiles.onDisk(), folder.resolve("trail"))
                .close();
        assertThat(life(false)).isEqualTo(before);
        assertThat(files).isDirectory();
        assertThat(alike).isDirectory();
    }

    @Test
    void indexThatIsAheadOfTheTrailIsMadeAnew() throws IOException {
        life(true);
        life(true);
        Path trail = folder.resolve("trail");
        Files.move(trail, folder.resolve("moved"));
        assertThat(life(true)).isEqualTo(27);
    }

    @Test
    void longerTrailThatTookItsNameAndPlaceIsNoticed() throws IOException {
        long before = life(true);
        Files.move(folder.resolve("trail"), folder.resolve("moved"));
        try (LuceneIndex away = LuceneIndex.open(
                        folder.resolve("away"), FedTrail.ORIGIN, TrailFiles.onDisk(), folder.resolve("trail"));
                FedTrail other = new FedTrail(folder.resolve("trail"), away, FedTrail.ORIGIN)) {
            other.record(Happened.events());
            other.record(Happened.events());
        }

        assertThat(life(false)).isEqualTo(2 * before);
        assertThat(life(false)).isEqualTo(2 * before); // and is its own from now on
    }

    @Test
    void feedingGoesOnAfterAnError() throws IOException {
        AtomicInteger errors = new AtomicInteger();
        try (LuceneIndex index = open();
                FedTrail trail =
                        new FedTrail(folder.resolve("trail"), failingAtFirst(index, errors), FedTrail.ORIGIN)) {
            FedTrail.await(() -> errors.get() == 1);
            FedTrail.await(() -> trail.feed().state().word().equals("failing"));
            assertThat(trail.feed().state().fault()).isEqualTo("NoClassDefFoundError: of the test");
            trail.record(Happened.events());
            assertThat(requests(index)).isEqualTo(27);
            assertThat(trail.feed().state().fault()).isNull();
        }
    }

    /** An index whose first batch ends in an error. */
    private RecordIndex failingAtFirst(LuceneIndex index, AtomicInteger errors) {
        return (RecordIndex) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RecordIndex.class}, (self, method, args) -> {
                    if (method.getName().equals("apply") && errors.getAndIncrement() == 0) {
                        throw new NoClassDefFoundError("of the test");
                    }
                    return method.invoke(index, args);
                });
    }

    @Test
    void linesThatAreNoRecordsAreCountedOverRestarts() throws IOException {
        Path plain = folder.resolve("trail");
        for (int start = 1; start <= 2; start++) {
            try (LuceneIndex index = open();
                    Trail trail = Trail.open(
                            TrailOptions.of(plain),
                            TrailFiles.onDisk(),
                            Clock.systemUTC(),
                            new PlainChronicle(),
                            TrailMeter.NONE);
                    IndexFeed feed = IndexFeed.start(
                            index,
                            TrailFiles.onDisk(),
                            plain,
                            FedTrail.ORIGIN,
                            trail::durable,
                            new ExpiryWatch(List.of(), (seen, days) -> {}, Clock.systemUTC()),
                            Clock.systemUTC())) {
                FedTrail.await(() -> feed.state().word().equals("current"));
                long next = trail.nextSequence();
                assertThat(index.coverage().trails().get(0).skipped()).isEqualTo(new Skipped(next, next - 1));
            }
        }
    }

    @Test
    void indexOfWhoStillRunsIsNotTaken() throws IOException {
        try (LuceneIndex index = open()) {
            assertThat(index.engine()).isEqualTo("lucene");
            assertThatThrownBy(this::open).isInstanceOf(IOException.class);
        }
    }

    @Test
    void indexThatFailedToOpenIsLetGoOf() throws IOException {
        long before = life(true);
        AtomicInteger locked = new AtomicInteger();
        Set<String> read = new HashSet<>();
        Directory failing = new FilterDirectory(new NIOFSDirectory(index())) {
            @Override
            public Lock obtainLock(String name) throws IOException {
                locked.incrementAndGet(); // first to check it, then to write
                return super.obtainLock(name);
            }

            @Override
            public IndexInput openInput(String name, IOContext context) throws IOException {
                // first by the writer, then to search
                if (locked.get() == 2 && name.endsWith(".cfs") && !read.add(name)) {
                    throw new FileSystemException(name, null, "Too many open files");
                }
                return super.openInput(name, context);
            }
        };

        TrailLines lines = TrailLines.of(TrailFiles.onDisk(), folder.resolve("trail"));
        assertThatThrownBy(() -> LuceneIndex.open(failing, FedTrail.ORIGIN, lines))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("Too many open files");
        try (LuceneIndex index = open()) {
            assertThat(requests(index)).isEqualTo(before);
        }
    }

    @Test
    void noticeOfAnEndIsGivenOnceForEachThresholdOverRestarts() throws IOException {
        life(true);
        assertThat(notices(40)).isEmpty();
        assertThat(notices(20)).containsExactly(30);
        assertThat(notices(20)).isEmpty();
        for (Path file : files()) {
            Files.delete(file); // what was told stands in the trail
        }
        assertThat(notices(20)).isEmpty();
        assertThat(notices(5)).containsExactly(7);
        assertThat(notices(5)).isEmpty();
    }

    /** What is told of one certificate so many days before its end; it goes on record as it would. */
    private List<Integer> notices(int days) throws IOException {
        String sha256 = Happened.certificate(1, 0).sha256();
        Instant now = Happened.certificate(1, 0).notAfter().minus(Duration.ofDays(days));
        List<Integer> told = new CopyOnWriteArrayList<>();
        Looks looks = new Looks(now);
        ExpiryWatch watch = new ExpiryWatch(
                List.of(7, 30),
                (seen, threshold) -> {
                    if (seen.certificate().sha256().equals(sha256)) {
                        told.add(threshold);
                    }
                },
                looks.withZone(ZoneOffset.UTC));
        try (LuceneIndex index = open();
                FedTrail trail = new FedTrail(folder.resolve("trail"), index, FedTrail.ORIGIN, watch)) {
            trail.awaitCurrent();
            FedTrail.await(() -> looks.count.get() > 1); // the first look is over when it is asked for the time again
            trail.record(told.stream()
                    .map(threshold -> Happened.told(
                            "certificate.expiring",
                            new NamedValue("sha256", sha256),
                            new NamedValue("threshold_days", threshold.toString())))
                    .toList());
        }
        return told;
    }

    /** A time that stands still, and how often it was asked for. */
    private static final class Looks implements InstantSource {
        private final Instant now;
        private final AtomicInteger count = new AtomicInteger();

        Looks(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            count.incrementAndGet();
            return now;
        }
    }
}
