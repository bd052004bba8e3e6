package io.certrail.index.lucene;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.index.Skipped;
import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;

/** What a start does with what it finds in the index's folder. */
final class Opening {
    /** Newest first, which is what is asked for most: then the first hits are the page. */
    static final Sort NEWEST_FIRST = new Sort(new SortField(Documents.SEQUENCE, SortField.Type.LONG, true));

    private static final Logger LOG = System.getLogger(Opening.class.getName());
    private static final String LAYOUT = "layout";
    private static final String ORIGIN = "origin";
    /** A file that lies beside each index of ours: by it one that cannot be read is told from another application's. */
    private static final String MARK = "certrail-index";

    private static final String ANOTHERS =
            "another application's index (if it is a damaged one of Certrail's, delete it)";
    private static final double BUFFER_MIB = 16;
    private static final double LARGEST_MERGE_MIB = 512;

    private Opening() {}

    /** Not mapped into memory: a server whose application is deployed anew would keep the mappings until its collector comes by. */
    static Directory folder(Path folder) throws IOException {
        try {
            return new NIOFSDirectory(folder) {
                /** Files alone: the root of a volume has folders of its file system's. */
                @Override
                public String[] listAll() throws IOException {
                    String[] names = super.listAll();
                    Set<Path> files = TrailFiles.onDisk().list(getDirectory()).stream()
                            .map(TrailFiles.Listed::file)
                            .collect(Collectors.toSet());
                    return Stream.of(names)
                            .filter(name -> files.contains(getDirectory().resolve(name)))
                            .toArray(String[]::new);
                }
            };
        } catch (IOException e) {
            throw new IOException("The index's folder " + folder + " can not be used: " + e, e);
        }
    }

    /**
     * A writer that goes on with what is there, or begins anew if that is damaged, of another layout or of another trail.
     *
     * @throws LockObtainFailedException if another process has it
     * @throws IOException also if it would have to begin anew where others' files lie
     */
    static IndexWriter writer(Directory directory, String origin) throws IOException {
        if (!DirectoryReader.indexExists(directory)) {
            return create(directory, origin);
        }
        if (!isOurs(directory)) {
            throw others(ANOTHERS, directory);
        }
        try {
            if (isSound(directory, origin)) {
                return new IndexWriter(directory, config(OpenMode.APPEND));
            }
        } catch (LockObtainFailedException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) { // also what an older or newer Lucene left
            LOG.log(Level.WARNING, "CTR0811 The index is damaged, and made anew from the trail: {0}", e.toString());
        }
        return create(directory, origin);
    }

    private static boolean isSound(Directory directory, String origin) throws IOException {
        try (CheckIndex check = new CheckIndex(directory)) {
            check.setChecksumsOnly(true);
            CheckIndex.Status status = check.checkIndex();
            boolean ours = status.userData != null
                    && Documents.LAYOUT.equals(status.userData.get(LAYOUT))
                    && origin.equals(status.userData.get(ORIGIN));
            if (!status.clean || !ours) {
                LOG.log(
                        Level.WARNING,
                        status.clean
                                ? "CTR0812 The index is of another version or another trail, and made anew"
                                : "CTR0811 The index is damaged, and made anew from the trail");
            }
            return status.clean && ours;
        }
    }

    /**
     * A writer of an index without documents. What is there is deleted unread: a damaged commit cannot be opened even for that.
     *
     * @throws IOException if anything else than an index lies there, too: then nothing is deleted
     */
    static IndexWriter create(Directory directory, String origin) throws IOException {
        try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            List<String> own = own(directory);
            mark(directory);
            for (String file : own) {
                lock.ensureValid();
                directory.deleteFile(file);
            }
        }
        IndexWriter writer = new IndexWriter(directory, config(OpenMode.CREATE));
        writer.setLiveCommitData(userData(origin, 0, 0, "", Skipped.NONE).entrySet()); // from its first commit on
        return writer;
    }

    /** Lucene's files but its lock, if they are of an index of ours. Hidden ones are nobody's: a network file system's of what was deleted while it was open. */
    private static List<String> own(Directory directory) throws IOException {
        List<String> own = new ArrayList<>();
        for (String file : directory.listAll()) {
            if (isLucenes(file)) {
                own.add(file);
            } else if (!file.equals(IndexWriter.WRITE_LOCK_NAME) && !file.equals(MARK) && !file.startsWith(".")) {
                throw others(file, directory);
            }
        }
        if (!own.isEmpty() && !isOurs(directory)) {
            throw others(ANOTHERS, directory);
        }
        return own;
    }

    private static IOException others(String what, Directory directory) {
        return new IOException("The index's folder holds what is none of the index: " + what
                + ". Nothing was deleted; give certrail.index.folder a folder of its own: " + directory);
    }

    /** Whether an index is ours: its newest commit says so, and where none can be read, as of an unknown format, the mark. */
    private static boolean isOurs(Directory directory) throws IOException {
        try {
            Map<String, String> told = SegmentInfos.readLatestCommit(directory).getUserData();
            return told.keySet().containsAll(Set.of(LAYOUT, ORIGIN));
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "the index's newest commit cannot be read", e);
            return isMarked(directory);
        }
    }

    private static boolean isMarked(Directory directory) throws IOException {
        return List.of(directory.listAll()).contains(MARK);
    }

    /** On disk for good before anything is deleted or written, of which a crash may leave what cannot be read. */
    private static void mark(Directory directory) throws IOException {
        if (isMarked(directory)) {
            return;
        }
        try (IndexOutput mark = directory.createOutput(MARK, IOContext.DEFAULT)) {
            byte[] words = "The index in this folder is Certrail's.\n".getBytes(UTF_8);
            mark.writeBytes(words, words.length);
        }
        directory.sync(Set.of(MARK));
        directory.syncMetaData();
    }

    private static boolean isLucenes(String file) {
        return file.startsWith(IndexFileNames.SEGMENTS + "_")
                || file.startsWith(IndexFileNames.PENDING_SEGMENTS + "_")
                || IndexFileNames.CODEC_FILE_PATTERN.matcher(file).matches();
    }

    private static IndexWriterConfig config(OpenMode mode) {
        LogByteSizeMergePolicy merges =
                new LogByteSizeMergePolicy(); // neighbours only: segments keep the trail's order
        merges.setMaxMergeMB(LARGEST_MERGE_MIB);
        return new IndexWriterConfig()
                .setOpenMode(mode)
                .setRAMBufferSizeMB(BUFFER_MIB)
                .setMergeScheduler(new SerialMergeScheduler())
                .setMergePolicy(merges)
                .setIndexSort(NEWEST_FIRST)
                .setCommitOnClose(true);
    }

    /** What a commit says beside its documents. */
    static Map<String, String> userData(String origin, long next, long at, String last, Skipped skipped) {
        Map<String, String> data = new HashMap<>();
        data.put(LAYOUT, Documents.LAYOUT);
        data.put(ORIGIN, origin);
        data.put("next", Long.toString(next));
        data.put("at", Long.toString(at));
        data.put("last", last);
        data.put("skipped", Long.toString(skipped.count()));
        data.put("skipped_last", Long.toString(skipped.last()));
        return data;
    }
}
