package io.certrail.servlet;

import io.certrail.recorder.Durability;
import io.certrail.recorder.FailurePolicy;
import io.certrail.recorder.RecordObserver;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RecorderOptions;
import io.certrail.recorder.ServedAlways;
import io.certrail.trail.PlainChronicle;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailAssert;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import io.certrail.trail.TrailReader;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A recorder over a real trail in a folder, whose records a test reads back. */
public final class RecordingFixture implements AutoCloseable {
    private final Path folder;
    private final Trail trail;
    private final Recorder recorder;
    private final AtomicInteger open = new AtomicInteger();

    public RecordingFixture(Path folder) throws IOException {
        this(folder, Durability.ANSWER);
    }

    public RecordingFixture(Path folder, Durability durability) throws IOException {
        this(folder, durability, FailurePolicy.REFUSE, TrailFiles.onDisk());
    }

    public RecordingFixture(Path folder, Durability durability, FailurePolicy onFailure, TrailFiles files)
            throws IOException {
        this.folder = folder;
        trail = Trail.open(TrailOptions.of(folder), files, Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
        RecorderOptions options =
                new RecorderOptions(durability, onFailure, Duration.ofSeconds(5), new ServedAlways(List.of("/health")));
        recorder = new Recorder(options, trail, Clock.systemUTC(), "boot");
        recorder.observe(new RecordObserver() {
            @Override
            public void connectionOpened() {
                open.incrementAndGet();
            }

            @Override
            public void connectionClosed() {
                open.decrementAndGet();
            }
        });
        TrailAssert.awaitLines(folder, 1); // the trail's own first record would else meet the faults of a test
    }

    public Recorder recorder() {
        return recorder;
    }

    /** Connections that are open, as the recorder was told. */
    public int open() {
        return open.get();
    }

    /** From now on nothing can be recorded. */
    public void breakTrail() {
        trail.close();
    }

    /** The records of this name, in their order. Nothing can be recorded afterwards. */
    public List<JsonObject> records(String name) throws IOException {
        trail.close();
        List<JsonObject> found = new ArrayList<>();
        try (TrailReader reader = TrailReader.open(TrailFiles.onDisk(), folder, 0)) {
            while (reader.next()) {
                JsonObject record = parse(reader.line());
                if (record.get("event") instanceof JsonObject event
                        && event.getString("name").equals(name)) {
                    found.add(record);
                }
            }
        }
        return found;
    }

    /** The one record of this name. */
    public JsonObject record(String name) throws IOException {
        List<JsonObject> found = records(name);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + name + ", found " + found);
        }
        return found.get(0);
    }

    private static JsonObject parse(byte[] line) {
        try (var reader = Json.createReader(new ByteArrayInputStream(line))) {
            return reader.readObject();
        }
    }

    @Override
    public void close() {
        trail.close();
    }
}
