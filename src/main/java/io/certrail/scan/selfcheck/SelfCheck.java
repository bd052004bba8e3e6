package io.certrail.scan.selfcheck;

import io.certrail.scan.ScanException;
import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.finding.Severity;
import io.certrail.scan.report.JsonReport;
import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Checks this server by a schedule, one check at a time, until it is closed. A check that cannot be made, or takes too long,
 * is logged and reported; the next one comes when its time has come. Safe for use by any thread.
 */
public final class SelfCheck implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SelfCheck.class.getName());
    /** How long an idle thread for probes is kept: most of the time there is none. */
    private static final Duration IDLE = Duration.ofSeconds(5);
    /** Longest that closing waits for a check which was told to end. */
    private static final Duration END = Duration.ofSeconds(10);

    private final Check check;
    private final ReportFile last;
    private final ScheduledExecutorService schedule =
            Executors.newSingleThreadScheduledExecutor(named("certrail-self-check"));
    /** One thread: a check that was told to end, and has not yet, keeps the next one waiting. */
    private final ExecutorService scanning;

    private final ScheduledFuture<?> checking;

    /** @param threads for the probes, one at a time */
    SelfCheck(Check check, ReportFile last, ThreadFactory threads) {
        this.check = check;
        this.last = last;
        scanning = scanning(threads);
        checking = schedule.scheduleWithFixedDelay(
                this::guarded,
                check.options().delay().toMillis(),
                check.options().interval().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** A core thread, though it ends when idle: a check whose thread cannot be made is not left in the queue for the next. */
    private static ExecutorService scanning(ThreadFactory threads) {
        var one =
                new ThreadPoolExecutor(1, 1, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    private static ThreadFactory named(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Begins; the first check is made within a minute.
     *
     * @param contextPath of this application: empty, or {@code /name}
     * @param trail folder of the trail
     * @param end the sequence of the trail's next record
     */
    public static SelfCheck start(
            SelfCheckOptions options, OwnServer server, String contextPath, Path trail, LongSupplier end, Clock clock) {
        return new SelfCheck(
                new Check(options, server, contextPath, trail, end, clock),
                new ReportFile(TrailFiles.onDisk(), trail),
                named("certrail-self-check-scan"));
    }

    /** A task that throws would be the schedule's last, be it an error that passes: no thread, no memory. */
    private void guarded() {
        try {
            once();
        } catch (Throwable e) {
            tellThrown(e);
        }
    }

    private void tellThrown(Throwable thrown) {
        try {
            tellFailure(check.clock().instant(), words(thrown));
        } catch (Throwable again) {
            LOG.log(Level.WARNING, "CTR0856 A self-check could not be made, nor could that be told", again);
        }
    }

    private void once() {
        Instant began = check.clock().instant();
        Future<ScanReport> running = scanning.submit(check::make);
        try {
            tell(running.get(check.options().timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            running.cancel(true);
            tellFailure(
                    began,
                    "it was not over after " + check.options().timeout().toSeconds()
                            + " s: certrail.self-check.timeout");
        } catch (ExecutionException e) {
            tellFailure(began, words(e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            running.cancel(true); // closed
            Thread.currentThread().interrupt();
        }
    }

    private static String words(Throwable cause) {
        boolean ours = cause instanceof ScanException || cause.getClass().equals(IOException.class);
        return ours && cause.getMessage() != null ? cause.getMessage() : cause.toString();
    }

    /** Of a check that was made. */
    void tell(ScanReport report) {
        long urgent = report.findings().stream()
                .filter(each -> each.severity().compareTo(Severity.MEDIUM) >= 0)
                .count();
        LOG.log(
                urgent == 0 && report.loss().isEmpty() ? Level.INFO : Level.WARNING,
                "CTR0852 Self-check: {0} of {1} probes recorded without a flaw, score {2}, {3} findings, {4} of them medium"
                        + " or more severe{5}",
                report.flawless(),
                report.judgements().size(),
                report.score(),
                report.findings().size(),
                urgent,
                report.loss().map(loss -> "; " + loss).orElse(""));
        keep(JsonReport.write(report));
    }

    private void tellFailure(Instant began, String why) {
        LOG.log(Level.WARNING, "CTR0851 A self-check could not be made: {0}", why);
        keep(JsonReport.failed(
                target(), began, check.clock().instant(), check.server().version(), why));
    }

    private String target() {
        try {
            return check.url();
        } catch (ScanException e) {
            return "unknown";
        }
    }

    private void keep(String report) {
        try {
            last.replace(report);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "CTR0854 The report of a self-check could not be kept: {0}", e.toString());
        }
    }

    /** Ends the schedule and the check that is being made, closes its connections, and waits for its threads. */
    @Override
    public void close() {
        checking.cancel(true);
        schedule.shutdownNow();
        scanning.shutdownNow();
        try {
            long end = System.nanoTime() + END.toNanos();
            for (ExecutorService each : new ExecutorService[] {schedule, scanning}) {
                if (!each.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    LOG.log(Level.WARNING, "CTR0855 A self-check has not ended after {0} s", END.toSeconds());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
