package io.certrail.bench.verify;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.Outcome;
import io.certrail.event.RecordEncoder;
import io.certrail.event.RequestEvent;
import io.certrail.event.RequestFacts;
import io.certrail.recorder.Recorder;
import io.certrail.trail.Retention;
import io.certrail.trail.Ticket;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailAssert;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.Wait;
import io.certrail.verify.Progress;
import io.certrail.verify.Report;
import io.certrail.verify.SampleTrail;
import io.certrail.verify.Verdict;
import io.certrail.verify.Verifier;
import io.certrail.verify.VerifyOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One step of {@link GrowthBenchmark} in a process of its own: prints figures as {@code name=value}. */
final class GrowthProcess {
    private static final long SEGMENT_BYTES = 64L << 20;
    private static final int WAIT_EACH = 1024;
    private static final Duration LONG = Duration.ofMinutes(1);

    private GrowthProcess() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "write" -> write(folder, Long.parseLong(arguments[2]));
            case "open" -> open(folder);
            case "verify" -> verify(folder);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Ends as a crash does, so that the next one has something to recover. */
    private static void write(Path folder, long records) throws IOException {
        String boot = Recorder.newBootId();
        Trail trail = SampleTrail.open(folder, boot, SEGMENT_BYTES, Retention.ALL);
        byte[] line = line(boot);
        long begin = System.nanoTime();
        for (long i = 1; i <= records; i++) {
            boolean waits = i % WAIT_EACH == 0 || i == records;
            Ticket ticket = trail.append(line, line.length, waits ? Wait.DURABLE : Wait.NONE);
            if (waits && !ticket.await(LONG)) {
                throw new IOException("not recorded: " + trail.status());
            }
        }
        say("write_ms", (System.nanoTime() - begin) / 1_000_000);
        say("behind", trail.checkpoint().orElseThrow().behind());
        memory();
        Runtime.getRuntime().halt(0);
    }

    /** A request's record, up to its sequence: some 420 bytes. */
    private static byte[] line(String boot) {
        ConnectionFacts connection = new ConnectionFacts(
                boot + "-x1", new Endpoint("192.0.2.7", 40_000), new Endpoint("198.51.100.1", 8443), null, null);
        RequestFacts asked = new RequestFacts("0123456789", "client", "GET", "/orders/1", "1.1", null, null, null);
        RequestEvent event = new RequestEvent(
                RequestEvent.ENDED,
                Instant.now(),
                Outcome.SUCCESS,
                1_000_000,
                null,
                connection,
                asked,
                null,
                200,
                -1,
                -1,
                null,
                List.of(),
                null);
        return new RecordEncoder().encode(event, boot).copy();
    }

    private static void open(Path folder) throws IOException {
        long begin = System.nanoTime();
        try (Trail trail = SampleTrail.open(folder, Recorder.newBootId(), SEGMENT_BYTES, Retention.ALL)) {
            say("open_ms", (System.nanoTime() - begin) / 1_000_000);
            TrailAssert.awaitSealed(trail);
            memory();
        }
    }

    private static void verify(Path folder) throws IOException {
        long begin = System.nanoTime();
        Report report = new Verifier(TrailFiles.onDisk(), VerifyOptions.of(null)).verify(folder, Progress.NONE);
        long nanos = System.nanoTime() - begin;
        if (!report.holds(Verdict.INTACT) || !report.holds(Verdict.COMPLETE)) { // a start without a stop is a warning
            throw new IOException("the trail is not good: " + report.counts());
        }
        say("verify_ms", nanos / 1_000_000);
        say("records", report.records());
        say("bytes", report.bytes());
        memory();
    }

    private static void memory() throws IOException {
        System.gc();
        say("heap_kib", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10);
        say("peak_resident_kib", peakResidentKib());
    }

    /** VmHWM (proc(5)): the most that was ever resident. */
    private static long peakResidentKib() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmHWM in /proc/self/status");
    }

    private static void say(String name, long value) {
        System.out.println(name + "=" + value);
        System.out.flush();
    }
}
