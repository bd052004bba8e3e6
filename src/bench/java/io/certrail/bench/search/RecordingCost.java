package io.certrail.bench.search;

import io.certrail.bench.trail.LargeTrail;
import io.certrail.bench.trail.Population;
import io.certrail.event.AuditEvent;
import io.certrail.index.ExpiryWatch;
import io.certrail.index.IndexFeed;
import io.certrail.index.lucene.LuceneIndex;
import io.certrail.recorder.Durability;
import io.certrail.recorder.Recorder;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Durable records a second by threads that each wait for their own, with an index that is fed meanwhile and without. */
final class RecordingCost {
    private static final String ORIGIN = "bench.example/recording";
    private static final int PRODUCERS = 8;

    private final Path folder;
    private final double seconds;
    private int rounds;

    RecordingCost(Path folder, double seconds) {
        this.folder = folder;
        this.seconds = seconds;
    }

    double without() throws Exception {
        try (Trail trail = LargeTrail.open(next())) {
            return record(trail);
        }
    }

    double withIndex() throws Exception {
        Path at = next();
        try (Trail trail = LargeTrail.open(at);
                LuceneIndex index = LuceneIndex.open(at.resolve("index"), ORIGIN, TrailFiles.onDisk(), at);
                IndexFeed feed = feed(index, trail, at)) {
            double rate = record(trail);
            if (feed.state().indexed() == 0) {
                throw new IOException("the index was not fed: " + feed.state());
            }
            return rate;
        }
    }

    private Path next() {
        return folder.resolve("recording-" + rounds++);
    }

    static IndexFeed feed(LuceneIndex index, Trail trail, Path folder) {
        return IndexFeed.start(
                index,
                TrailFiles.onDisk(),
                folder,
                ORIGIN,
                trail::durable,
                new ExpiryWatch(List.of(), (seen, days) -> {}, Clock.systemUTC()),
                Clock.systemUTC());
    }

    private double record(Trail trail) throws Exception {
        Recorder recorder = LargeTrail.recorder(trail, Durability.ANSWER);
        ExecutorService threads = Executors.newFixedThreadPool(PRODUCERS);
        var connections = new AtomicLong();
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        List<Future<Long>> running = new ArrayList<>();
        for (int i = 0; i < PRODUCERS; i++) {
            running.add(threads.submit(() -> produce(recorder, connections, end)));
        }
        long count = 0;
        for (Future<Long> each : running) {
            count += each.get();
        }
        double elapsed = (System.nanoTime() - begin) / 1e9;
        threads.shutdown();
        recorder.close();
        return count / elapsed;
    }

    private static long produce(Recorder recorder, AtomicLong connections, long end) {
        long count = 0;
        while (System.nanoTime() < end) {
            long number = connections.incrementAndGet();
            for (AuditEvent event : Population.connection(number, recorder.nextConnectionId(), recorder.now())) {
                if (!recorder.recordToldOf(event)) {
                    throw new IllegalStateException("a record was lost: " + recorder.counts());
                }
                count++;
            }
        }
        return count;
    }
}
