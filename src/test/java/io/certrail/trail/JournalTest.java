package io.certrail.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    private static final byte[] LINE = PlainChronicle.line("test", "x".repeat(600_000));

    @TempDir
    Path folder;

    private final AtomicBoolean full = new AtomicBoolean();

    /** Two of them are more than is deferred: the first is handed to the segment, which fails, to make room for the second. */
    @Test
    void lineThatIsTakenBackIsNotInTheLog() throws IOException {
        TrailOptions options = TrailOptions.of(folder);
        TrailFiles files = FaultyFiles.where(
                (call, file) ->
                        full.get() && call.equals("write") && file.toString().endsWith(".jsonl"),
                "No space left on device");
        WriteAheadLog log = new WriteAheadLog(options, files, 0, new GuardedMeter(TrailMeter.NONE));
        Journal journal = new Journal(options, files, log, new Recovery.Found(0, 0, null, 0, List.of()));
        journal.force();
        journal.append(LINE);
        journal.force();
        assertThat(logged()).isEqualTo(1);
        full.set(true);
        journal.append(LINE);
        assertThatThrownBy(journal::force).hasMessageContaining("No space left on device");
        journal.abandon();
        assertThat(journal.durable()).isEqualTo(1);
        assertThat(logged()).isEqualTo(1);
        full.set(false);
        journal.append(LINE);
        journal.append(LINE);
        journal.force();
        assertThat(journal.durable()).isEqualTo(3);
        journal.close();
    }

    @Test
    void forceThatFoundNoThreadIsAskedForAgain() throws IOException {
        TrailOptions options = TrailOptions.of(folder);
        WriteAheadLog log = new WriteAheadLog(options, TrailFiles.onDisk(), 0, new GuardedMeter(TrailMeter.NONE));
        Journal journal = new Journal(options, TrailFiles.onDisk(), log, new Recovery.Found(0, 0, null, 0, List.of()));
        append(journal, "logged");
        journal.write();
        assertThat(journal.forced()).isZero();
        full.set(true);
        SegmentForcer forcer = new SegmentForcer(journal, new Doorbell(), work -> {
            if (full.getAndSet(false)) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(work);
        });
        forcer.ask();
        assertThat(full).isFalse();
        forcer.ask();
        forcer.close();
        assertThat(journal.forced()).isEqualTo(1);
        journal.close();
    }

    /** What is taken back would have its place in the half of the log that is written; what follows has none and goes to the other. */
    @Test
    void lineThatAnErrorTakesBackFromTheLogIsNotFoundInPlaceOfALaterOne() throws IOException {
        TrailOptions plain = TrailOptions.of(folder);
        TrailOptions options = new TrailOptions(
                folder,
                plain.segmentBytes(),
                plain.segmentAge(),
                plain.queueRecords(),
                plain.queueBytes(),
                plain.linger(),
                plain.forceInterval(),
                plain.retryInterval(),
                plain.retention(),
                64 << 10);
        TrailFiles files = FaultyFiles.where(
                (call, file) -> {
                    if (full.get() && call.equals("wrote") && file.equals(LogFile.path(folder))) {
                        throw new OutOfMemoryError("injected");
                    }
                    return false;
                },
                "never");
        WriteAheadLog log = new WriteAheadLog(options, files, 0, new GuardedMeter(TrailMeter.NONE));
        Journal journal = new Journal(options, files, log, new Recovery.Found(0, 0, null, 0, List.of()));
        append(journal, "x".repeat(20_000));
        full.set(true);
        assertThatThrownBy(() -> append(journal, "lost")).isInstanceOf(OutOfMemoryError.class);
        full.set(false);
        journal.abandon();
        append(journal, "y".repeat(9_000));
        assertThat(journal.durable()).isEqualTo(2);
        assertThat(TrailAssert.durableLines(folder))
                .hasSize(2)
                .last()
                .asString()
                .contains("yyyy");
        journal.close();
    }

    private static void append(Journal journal, String detail) throws IOException {
        journal.append(PlainChronicle.line("test", detail));
        journal.force();
    }

    /** How many lines a start would find. */
    private long logged() throws IOException {
        return LoggedLines.read(TrailFiles.onDisk(), folder).end(0);
    }
}
