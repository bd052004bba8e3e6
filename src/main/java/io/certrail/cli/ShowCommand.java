package io.certrail.cli;

import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code certrail show}: records, readable. */
@Command(
        name = "show",
        description =
                "Shows a record with all its members, or several in a line each. Says nothing about whether they are"
                        + " genuine: see `certrail verify` and `certrail prove`.",
        footerHeading = "%nExamples:%n",
        footer = {"  certrail show 4711 /var/lib/certrail", "  certrail show 4700-4720 /var/lib/certrail"})
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "SEQ|FIRST-LAST", description = "the records' audit.sequence")
    private String range = "";

    @Parameters(index = "1", paramLabel = "DIR", description = "the folder of the trail")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        if (!range.matches("[0-9]{1,18}(-[0-9]{1,18})?")) {
            throw output.usage(
                    "expected the number of a record, or of the first and the last: 7 or 7-12, not " + range);
        }
        String[] ends = range.split("-", 2);
        long first = Long.parseLong(ends[0]);
        long last = Long.parseLong(ends[ends.length - 1]);
        if (last < first) {
            throw output.usage("expected the first record and then the last, as 7-12, not " + range);
        }
        long shown = 0;
        try (TrailReader reader = TrailReader.open(TrailFiles.onDisk(), TrailFolder.check(folder), first)) {
            while (first + shown <= last && !output.isBroken() && reader.next() && reader.sequence() <= last) {
                print(RecordView.of(reader.line()), ends.length == 1);
                shown++;
            }
        }
        if (shown == 0 && !output.isBroken()) {
            throw new IOException("no record " + range + ": it is not written yet, or retention deleted it");
        }
        return ExitStatus.GOOD;
    }

    private void print(RecordView record, boolean all) {
        if (all) {
            record.members().forEach(output.out()::println);
        } else {
            output.out().println(record.line(output.ansi()));
        }
    }
}
