package io.certrail.cli;

import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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

    @Override
    public Integer call() throws IOException {
        if (count < 0 || count > 1_000_000) {
            throw output.usage("-n: expected 0 to 1000000, not " + count);
        }
        Deque<String> last = new ArrayDeque<>();
        try (TrailReader reader = TrailReader.open(TrailFiles.onDisk(), TrailFolder.check(folder), begin())) {
            while (reader.next()) {
                line(reader.line(), last);
                if (last.size() > count) {
                    last.removeFirst();
                }
            }
            flush(last);
            while (follow && pause()) {
                while (reader.next()) {
                    line(reader.line(), last);
                }
                flush(last);
            }
        }
        return ExitStatus.GOOD;
    }

    /** The first record of the last segment but one: enough for most, and read in no time. */
    private long begin() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("entries"))) {
            long[] firsts = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches("0[0-9]{19}\\.jsonl"))
                    .mapToLong(name -> Long.parseLong(name.substring(0, 20)))
                    .sorted()
                    .toArray();
            return firsts.length < 2 ? 0 : firsts[firsts.length - 2];
        }
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
