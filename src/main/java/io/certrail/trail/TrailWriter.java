package io.certrail.trail;

import io.certrail.trail.Chronicle.Retired;
import io.certrail.trail.Chronicle.Stopped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one who writes. Its cycle: rest until something is due, take what was appended, write it, force it if it is time,
 * settle what is on disk. Whatever is thrown on the way ends in {@link #fail}: the segment is abandoned, who waits is
 * told, the rest is kept for the next attempt.
 */
final class TrailWriter implements Runnable {
    /** How often it is tried to deal with a failure once it is to end: nothing may hold the lock for ever. */
    private static final int LAST_ATTEMPTS = 3;

    private static final long LONGEST_LAST_REST = Duration.ofMillis(100).toNanos();

    private final Clock clock;
    private final Chronicle chronicle;
    private final GuardedMeter meter;
    private final Intake intake;
    private final Doorbell bell;
    private final Losses losses;
    private final Journal journal;
    private final SegmentForcer forcer;
    private final Retirement retirement;
    private final Deadlines deadlines;
    private final Backlog backlog = new Backlog();
    private final Settlement settlement;
    /** What is told until there is memory for the cause. */
    private final TrailStatus.Failing unworded;
    /** What is told at the end if there is no memory for the time. */
    private final TrailStatus.Closed undated;
    /** What is tried at least when a failure can not be dealt with, each for itself; made early, for memory may be out. */
    private final Runnable[] lastSteps;

    private volatile TrailStatus status;
    private volatile boolean closing;

    /** How often writing failed. */
    private final AtomicInteger failures = new AtomicInteger();

    /** Whether the operator was told of what fails. */
    private boolean told;

    private boolean stopped;
    private boolean ended;

    TrailWriter(
            TrailOptions options,
            Clock clock,
            Chronicle chronicle,
            GuardedMeter meter,
            Intake intake,
            Doorbell bell,
            Losses losses,
            Journal journal,
            SegmentForcer forcer,
            Retirement retirement) {
        this.clock = clock;
        this.chronicle = chronicle;
        this.meter = meter;
        this.intake = intake;
        this.bell = bell;
        this.losses = losses;
        this.journal = journal;
        this.forcer = forcer;
        this.retirement = retirement;
        this.deadlines = new Deadlines(options);
        this.settlement = new Settlement(backlog, chronicle, intake, losses, durableNow());
        TrailStatus.Writing writing = new TrailStatus.Writing(clock.instant());
        this.status = writing;
        this.unworded = new TrailStatus.Failing(writing.since(), "a failure can not be dealt with: memory is out");
        this.undated = new TrailStatus.Closed(writing.since());
        this.lastSteps =
                new Runnable[] {() -> settlement.settle(durableNow()), journal::abandon, settlement::loseUntold};
    }

    /** Queues a record of the trail's own. Before the thread starts, or by it. */
    void say(byte[] line) {
        settlement.say(line);
    }

    TrailStatus status() {
        return status;
    }

    TrailCounts counts() {
        return settlement.counts();
    }

    long untold() {
        return settlement.untold();
    }

    Durable durable() {
        return settlement.settled();
    }

    long nextSequence() {
        return durable().end();
    }

    /** How often writing failed so far: what was on disk and not durable before each failure may have been taken back. */
    int failures() {
        return failures.get();
    }

    /** Lets it write what it has and end. */
    void finish() {
        closing = true;
        bell.ring(Doorbell.WAITING);
    }

    @Override
    public void run() {
        while (!ended) {
            try {
                cycle();
            } catch (Throwable e) { // an error must not end the only writer without a word
                fail(e);
            }
        }
        try {
            journal.close();
            retirement.keepTime();
        } catch (RuntimeException | Error e) { // a start writes anew from the log what no segment has
            FailureLog.notClosed(e);
        }
        status = closed();
    }

    private TrailStatus.Closed closed() {
        try {
            return new TrailStatus.Closed(clock.instant());
        } catch (RuntimeException | Error e) { // ended it has
            return undated;
        }
    }

    private void cycle() throws IOException {
        rest();
        meter.lostTotal(losses.total());
        if (closing) {
            last();
        } else if (status instanceof TrailStatus.Failing failing) {
            settlement.loseWaiting(failing.cause());
            if (deadlines.untilRetry() <= 0) {
                commit(true);
            }
        } else {
            journal.expectSound();
            retire();
            if (nanosUntilCommit() <= 0) {
                commit(backlog.isUrgent() || intake.isCrowded());
            }
            if (journal.nanosUntilHandingOver() <= 0) {
                journal.write();
            }
        }
    }

    /** Sleeps until something is due. */
    private void rest() {
        if (nanosUntilDue() > 0) {
            bell.listen(weakestReason());
            take();
            long nanos = nanosUntilDue();
            if (nanos > 0) {
                bell.sleep(nanos);
            }
            bell.awake();
        }
        Thread.interrupted(); // else it could neither sleep nor use a channel
        take();
    }

    private int weakestReason() {
        if (!status.isWriting()) {
            return Doorbell.WAITING;
        }
        return backlog.hasUnwritten() ? Doorbell.CROWDED : Doorbell.ENTRY;
    }

    private void take() {
        boolean idle = !backlog.hasUnwritten();
        settlement.take();
        if (idle && backlog.hasUnwritten()) {
            deadlines.lingers();
        }
    }

    private long nanosUntilDue() {
        if (closing) {
            return 0;
        }
        if (!status.isWriting()) {
            return backlog.hasWaiting() ? 0 : deadlines.untilRetry();
        }
        long retire = retirement.isDue(journal.begun()) ? 0 : retirement.nanosUntilDue();
        return Math.min(Math.min(nanosUntilCommit(), journal.nanosUntilHandingOver()), retire);
    }

    private long nanosUntilCommit() {
        if (backlog.isUrgent() || intake.isCrowded() || losses.isUntold() || journal.isBroken()) {
            return 0;
        }
        long write = backlog.hasUnwritten() ? deadlines.untilWrite() : Long.MAX_VALUE;
        long force = backlog.hasUnforced() ? deadlines.untilForce() : Long.MAX_VALUE;
        return Math.min(write, force);
    }

    private void commit(boolean force) throws IOException {
        settlement.sayGap();
        boolean forces = force || deadlines.untilForce() <= 0;
        append(forces);
        if (forces) {
            force();
        }
    }

    /** @param forces whether it is made durable next; else it is handed to the file system */
    private void append(boolean forces) throws IOException {
        long begin = System.nanoTime();
        int count = 0;
        long bytes = 0;
        while (backlog.hasUnwritten()) {
            byte[] line = backlog.nextUnwritten().line();
            journal.append(line);
            backlog.wrote();
            count++;
            bytes += line.length;
        }
        if (!forces) {
            journal.write();
        }
        if (count > 0) {
            meter.appended(count, bytes, System.nanoTime() - begin);
        }
    }

    private void force() throws IOException {
        long begin = System.nanoTime();
        journal.force();
        deadlines.forced();
        if (journal.wantsForce()) {
            forcer.ask();
        }
        meter.forced(System.nanoTime() - begin);
        writesAgain(); // before anybody hears of it who would append again at once
        settlement.settle(durableNow());
        retirement.delete();
    }

    private void writesAgain() {
        if (status instanceof TrailStatus.Failing failing) {
            TrailStatus.Writing writing = new TrailStatus.Writing(clock.instant());
            intake.fail(null); // first: who sees that it writes may append at once
            status = writing;
            told = false;
            FailureLog.writesAgain(failing);
        }
    }

    private Durable durableNow() {
        return new Durable(journal.durable(), journal.begun());
    }

    /** Nothing is written again before a failure was dealt with, for which memory may be out, too. */
    private void fail(Throwable e) {
        boolean again = !status.isWriting();
        for (int last = 0; !isDealtWith(e, again) && !ended; last += closing ? 1 : 0) {
            tell(e);
            if (last >= LAST_ATTEMPTS) {
                giveUp();
                FailureLog.givenUp(e);
                return;
            }
            restAfterFailure();
        }
        tell(e);
    }

    /** Once for all failures until it writes again; as often as it takes, for memory may be out. */
    private void tell(Throwable e) {
        told = told || FailureLog.failing(e);
    }

    /** Until the next attempt to deal with it; a close shortens that. */
    private void restAfterFailure() {
        Thread.interrupted(); // else it would not rest
        bell.listen(Doorbell.WAITING);
        bell.sleep(closing ? Math.min(deadlines.retryNanos(), LONGEST_LAST_REST) : deadlines.retryNanos());
        bell.awake();
    }

    private boolean isDealtWith(Throwable e, boolean again) {
        try {
            failed(e, again);
            return true;
        } catch (Throwable more) { // what was not done by then, the next attempt does
            if (status.isWriting()) {
                status = unworded;
                intake.fail(unworded.cause());
            }
            return false;
        }
    }

    /** Ends it, with a failure that can not be dealt with: what is not durable is lost, and no gap record tells of it. */
    private void giveUp() {
        ended = true;
        for (Runnable step : lastSteps) {
            Guard.run(step);
        }
    }

    /** May be done again where it broke off. */
    private void failed(Throwable e, boolean again) {
        String cause = FailureLog.cause(e);
        settlement.settle(durableNow());
        journal.abandon();
        failures.incrementAndGet();
        settlement.rewind();
        if (e instanceof ForeignChangeException) {
            losses.owe(0, cause);
        }
        status = new TrailStatus.Failing(again ? status.since() : clock.instant(), cause);
        deadlines.failed();
        intake.fail(cause);
        settlement.loseWaiting(cause);
        if (again && settlement.isSealed()) { // not before: what is still in the intake would stay there for ever
            settlement.loseAll(cause);
            ended = true;
        }
        meter.failed();
    }

    /** Writes what is there and the last record, all in segments. One failure is tried again, on a new segment. */
    private void last() throws IOException {
        settlement.seal();
        if (!stopped || losses.isUntold()) { // what was noticed after the last record gets another one behind it
            commit(true);
            settlement.sayNow(chronicle.stopped(new Stopped(clock.instant(), counts())));
            commit(true);
            stopped = true;
        }
        journal.forceSegment();
        ended = true;
    }

    private void retire() {
        for (Retired retired : retirement.due(journal.begun())) {
            say(chronicle.retired(retired));
            retirement.told(retired);
        }
    }
}
