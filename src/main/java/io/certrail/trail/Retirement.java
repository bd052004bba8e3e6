package io.certrail.trail;

import io.certrail.trail.Chronicle.Retired;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** Carries out retention: chooses segments, and deletes them once it is on disk that they are. */
final class Retirement {
    private static final long INTERVAL_NANOS = Duration.ofHours(1).toNanos();

    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Retention retention;
    private final TrailFiles files;
    private final Path entries;
    private final Clock clock;
    private final EvenClock even;
    private final KeptTime kept;
    private LongSupplier sealed = () -> Long.MAX_VALUE;
    private final Set<Path> told = new LinkedHashSet<>();
    private long checked = System.nanoTime() - INTERVAL_NANOS;
    private int segments = -1;

    /**
     * @param nanos monotonic time
     * @throws IOException if the segments can not be listed
     */
    Retirement(Retention retention, TrailFiles files, TrailLayout layout, Clock clock, LongSupplier nanos)
            throws IOException {
        this.retention = retention;
        this.files = files;
        this.entries = layout.entries();
        this.clock = clock;
        this.kept = new KeptTime(files, layout);
        this.even =
                retention.age().isPresent() ? EvenClock.resumed(kept, clock, nanos) : EvenClock.believing(clock, nanos);
    }

    /** Tells from which sequence on lines may not be deleted, because the tree still needs them. Before the writer begins. */
    void keepFrom(LongSupplier sequence) {
        sealed = sequence;
    }

    /** How long until it is to be asked again, unless a segment is begun before. */
    long nanosUntilDue() {
        return retention.keepsAll() ? Long.MAX_VALUE : INTERVAL_NANOS - (System.nanoTime() - checked);
    }

    /** Whether it is to be asked now. */
    boolean isDue(int segmentsBegun) {
        return !retention.keepsAll() && (segmentsBegun != segments || nanosUntilDue() <= 0);
    }

    /** The segments to delete now, oldest first; none unless it is due. */
    List<Retired> due(int segmentsBegun) {
        if (!isDue(segmentsBegun)) {
            return List.of();
        }
        try {
            return choose(segmentsBegun);
        } catch (IOException e) {
            GuardedLog.logThrown(
                    Level.WARNING, "CTR0304 Retention could not list the segments, tried again within the hour", e);
            return List.of();
        }
    }

    /** Chooses the segments to delete that were not told yet, oldest first. */
    private List<Retired> choose(int segmentsBegun) throws IOException {
        checked = System.nanoTime();
        segments = segmentsBegun;
        List<TrailFiles.Listed> listed = new ArrayList<>(files.list(entries));
        listed.removeIf(file -> !SegmentName.isSegment(file.file()));
        long total = listed.stream().mapToLong(TrailFiles.Listed::bytes).sum();
        Instant now = even.instant();
        keepTime();
        List<Retired> retired = new ArrayList<>();
        for (int i = 0; i + 1 < listed.size() && isOver(listed.get(i), total, now); i++) {
            if (SegmentName.parse(listed.get(i + 1).file()).first() > sealed.getAsLong()) {
                checked += RETRY_NANOS - INTERVAL_NANOS; // the tree has not come so far, but soon will
                break;
            }
            total -= listed.get(i).bytes();
            if (!told.contains(listed.get(i).file())) {
                retired.add(retired(listed.get(i), listed.get(i + 1)));
            }
        }
        return retired;
    }

    /** Keeps what time it is for the next life, where segments grow too old. */
    void keepTime() {
        if (retention.age().isPresent()) {
            kept.keep(even.belief());
        }
    }

    private boolean isOver(TrailFiles.Listed segment, long total, Instant now) {
        boolean old = retention
                .age()
                .map(age -> Duration.between(segment.modified(), now).compareTo(age) > 0)
                .orElse(false);
        return old || (retention.maxBytes() > 0 && total > retention.maxBytes());
    }

    private Retired retired(TrailFiles.Listed segment, TrailFiles.Listed successor) throws IOException {
        SegmentName name = SegmentName.parse(segment.file());
        return new Retired(
                clock.instant(),
                name.name(),
                name.first(),
                SegmentName.parse(successor.file()).first(),
                segment.bytes());
    }

    /** Marks a segment to be deleted, once its record is queued. */
    void told(Retired retired) {
        told.add(entries.resolve(retired.segment()));
    }

    /** Deletes what was told, which is on disk by now. What can not be deleted stays marked. */
    void delete() {
        if (told.isEmpty()) {
            return;
        }
        try {
            for (Path file : List.copyOf(told)) {
                files.delete(file);
                told.remove(file);
            }
            files.forceFolder(entries);
        } catch (IOException e) {
            GuardedLog.logThrown(
                    Level.WARNING, "CTR0305 Retention could not delete a segment, tried again after the next force", e);
        }
    }
}
