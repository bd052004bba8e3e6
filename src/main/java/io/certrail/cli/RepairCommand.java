package io.certrail.cli;

import io.certrail.event.NamedValue;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.TrailChronicle;
import io.certrail.trail.CheckpointOptions;
import io.certrail.trail.Repairs;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailRepair;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code certrail repair}: what a start of the server puts right after a crash, without the server. */
@Command(
        name = "repair",
        description = {
            "Puts right what a crash left, as the next start of the server does: a line cut short at the end is set aside in"
                    + " torn/, records that only the write-ahead log has are written to their file, and all is sealed by a"
                    + " checkpoint. For a trail whose server will not start again, or not soon; else there is no need.",
            "",
            "No record is made up: one that was lost stays lost. What is added are the records of every start and stop"
                    + " (audit.started, which names this command, audit.recovered, audit.stopped). Where there is nothing to"
                    + " do, nothing is changed.",
            "",
            "Damage that no crash leaves is not repaired but refused, and then nothing is changed: records that are missing or"
                    + " changed, lines torn in the middle. Only what a start looks at is looked at, and how each older file"
                    + " ends; `certrail verify` reads all."
        },
        exitCodeList = {
            "0:repaired, or nothing to do",
            "1:with --dry-run: there is something to do",
            "2:the command line is wrong",
            "3:refused, or not all of it could be done: the message says why and what to do"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  certrail repair --dry-run /var/lib/certrail",
            "  certrail repair /var/lib/certrail",
            "  certrail repair /var/lib/certrail --private-key /etc/certrail/key --format json",
            "",
            "Run it as the user that the server runs as, so that the server can write on; as another it is refused. Keep a copy of the folder first if"
                    + " the trail may be needed as evidence of the crash itself."
        })
final class RepairCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "DIR", description = "the folder of the trail")
    private Path folder = Path.of("");

    @Option(names = "--dry-run", description = "say what would be done, and touch nothing")
    private boolean dryRun;

    @Option(
            names = "--private-key",
            paramLabel = "FILE",
            description = "where the private key lies that signs checkpoints; default: key in DIR")
    private @Nullable Path privateKey;

    @Option(names = "--format", defaultValue = "text", description = "text (default) or json")
    private RepairFormat format = RepairFormat.TEXT;

    @Override
    public Integer call() throws IOException {
        CheckpointOptions plain = CheckpointOptions.defaults();
        CheckpointOptions options = new CheckpointOptions(plain.interval(), plain.idle(), privateKey, null);
        TrailRepair repair = TrailRepair.of(TrailFiles.onDisk(), TrailFolder.check(folder), options, Clock.systemUTC());
        Repairs repairs = dryRun ? repair.plan() : run(repair);
        format.print(repairs, dryRun, output);
        return dryRun && repairs.isNeeded() ? ExitStatus.FINDINGS : ExitStatus.GOOD;
    }

    private static Repairs run(TrailRepair repair) throws IOException {
        String bootId = Recorder.newBootId();
        List<NamedValue> about = List.of(new NamedValue("command", "certrail repair " + Certrail.version()));
        return repair.run(new TrailChronicle(bootId, about), bootId);
    }
}
