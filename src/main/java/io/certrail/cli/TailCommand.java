package io.certrail.cli;

import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailFiles.Listed;
import io.certrail.trail.TrailReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code certrail tail}: the last records, and those that come. */
@Command(
        name = "tail",
        description =
                "Shows the last records of a trail, a line each, and with -f those that come, until it is interrupted.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  certrail tail -f /var/lib/certrail",
            "  certrail tail -n 100 --failures --event tls.handshake /var/lib/certrail"
        })
final class TailCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 200;
    /** Enough for most, and read in no time. */
    private static final int FEW = 2;
    /** Records that are read before what came of them is shown. */
    private static final int AT_ONCE = 1_000;

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "DIR", description = "the folder of the trail")
    private Path folder = Path.of("");

    @Option(names = "-f", description = "go on with those that come")
    private boolean follow;

    @Option(names = "-n", paramLabel = "COUNT", description = "how many to begin with; default: 10")
    private int count = 10;

    @Option(names = "--failures", description = "only those whose outcome is failure")
    private boolean failures;

    @Option(names = "--event", paramLabel = "NAME", description = "only those of this event.name")
    private @Nullable String event;

    private final TrailFiles disk;

    TailCommand() {
        this(TrailFiles.onDisk());
    }

    TailCommand(TrailFiles disk) {
        this.disk = disk;
    }

    @Override
    public Integer call() throws IOException {
        if (count < 0 || count > 1_000_000) {
            throw output.usage("-n: expected 0 to 1000000, not " + count);
        }
        for (int files = FEW; !shown(files); files *= 2) {
            // those had too few of what is wanted
        }
        return ExitStatus.GOOD;
    }

    /**
     * Shows the last records, and those that come.
     *
     * @param files how many of the trail's last files to read
     * @return whether those, or all that there are, had enough; if not, nothing was shown
     */
    private boolean shown(int files) throws IOException {
        List<Listed> all = segments();
        List<Listed> read = all.subList(Math.max(0, all.size() - files), all.size());
        long begin = read.isEmpty() ? 0 : first(read.get(0));
        // bytes: what comes meanwhile may come faster than it is read
        long there = read.stream().mapToLong(Listed::bytes).sum();
        Deque<String> last = new ArrayDeque<>();
        try (TrailReader reader = TrailReader.open(disk, folder, begin)) {
            while (there > 0 && reader.next()) {
                byte[] line = reader.line();
                there -= line.length + 1;
                line(line, last);
                if (last.size() > count) {
                    last.removeFirst();
                }
            }
            if (last.size() < count && files < all.size()) {
                return false;
            }
            flush(last);
            while (follow && pause()) {
                showNew(reader);
            }
        }
        return true;
    }

    /** Shows those that have come, and while they come faster than they are read, those of them that were. */
    private void showNew(TrailReader reader) throws IOException {
        Deque<String> lines = new ArrayDeque<>();
        for (int read = 1; reader.next(); read++) {
            line(reader.line(), lines);
            if (read % AT_ONCE == 0) {
                flush(lines);
                if (output.isBroken()) {
                    return;
                }
            }
        }
        flush(lines);
    }

    /** The trail's files in their order. */
    private List<Listed> segments() throws IOException {
        return disk.list(TrailFolder.check(folder).resolve("entries")).stream()
                .filter(each -> name(each).matches("0[0-9]{19}\\.jsonl"))
                .toList();
    }

    /** The number of the first record in a file. */
    private static long first(Listed segment) {
        return Long.parseLong(name(segment).substring(0, 20));
    }

    private static String name(Listed segment) {
        return String.valueOf(segment.file().getFileName());
    }

    private void line(byte[] bytes, Deque<String> lines) {
        RecordView record = RecordView.of(bytes);
        boolean wanted =
                (!failures || record.isFailure()) && (event == null || event.equals(record.text("event.name")));
        if (wanted) {
            lines.addLast(record.line(output.ansi()));
        }
    }

    private void flush(Deque<String> lines) {
        lines.forEach(output.out()::println);
        lines.clear();
        output.out().flush();
    }

    private boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return !output.isBroken();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
