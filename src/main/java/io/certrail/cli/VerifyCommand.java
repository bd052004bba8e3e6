package io.certrail.cli;

import io.certrail.event.DurationText;
import io.certrail.tlog.VerifierKey;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailKeys;
import io.certrail.verify.Progress;
import io.certrail.verify.Report;
import io.certrail.verify.Verifier;
import io.certrail.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code certrail verify}: is a trail intact, and is it complete? */
@Command(
        name = "verify",
        description = {
            "Says whether a trail is intact (nothing was changed, cut, reordered, added or deleted since it was signed) and"
                    + " whether it is complete (all that happened is on record). Also while the trail is being written.",
            "",
            "The answer is worth as much as what it is given from elsewhere: with the folder alone, somebody who rewrote all"
                    + " of it is not found out; with the key (--key), only somebody who has the private key could have; with"
                    + " an earlier checkpoint (--checkpoint), or a witness that cosigned one (--witness), he could not go back"
                    + " before it either."
        },
        exitCodeList = {
            "0:intact and complete",
            "1:there are findings to look at",
            "2:the command line is wrong",
            "3:the trail cannot be read: nothing can be said"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  certrail verify /var/lib/certrail --key certrail.pub",
            "  certrail verify /var/lib/certrail --key certrail.pub --checkpoint yesterday.note",
            "  certrail verify /var/lib/certrail --key certrail.pub --witness witness.pub",
            "  certrail verify /var/lib/certrail --since 2026-11-24T00:00:00Z --format json",
            "",
            "To be able to: copy key.pub from the trail once, and a checkpoint every day, to another machine."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int MAX_THREADS = 256;

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "DIR", description = "the folder of the trail")
    private Path folder = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "the key that the trail began with: a file such as a copy of key.pub, or the text of one")
    private @Nullable String key;

    @Option(
            names = "--checkpoint",
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "checkpoints that were kept elsewhere, as they arrived there: a note, a file of notes, a log of syslog or of a"
                            + " standard output; the trail must hold what they hold")
    private List<Path> checkpoints = new ArrayList<>();

    @Option(
            names = "--witness",
            paramLabel = "KEY",
            description =
                    "the key of a witness that certrail.checkpoint.to names, what stands after its #, or a file with it: what it"
                            + " cosigned last lies in the trail, and counts like a checkpoint that was kept elsewhere; for several"
                            + " witnesses, several times")
    private List<String> witnesses = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "TIME|SIZE",
            description =
                    "begin with the last checkpoint before this time (RFC 3339), or with this record; what is before is taken from the tiles")
    private @Nullable String since;

    @Option(
            names = "--idle",
            paramLabel = "TIME",
            description =
                    "the longest time between two checkpoints of a running server, as 1h; default: certrail.checkpoint.idle as the trail tells it, else 1h")
    private @Nullable String idle;

    @Option(names = "--format", defaultValue = "text", description = "text (default) or json")
    private ReportFormat format = ReportFormat.TEXT;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "that hash, up to " + MAX_THREADS + "; default: one a processor")
    private int threads = Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);

    @Override
    public Integer call() throws IOException {
        Report report = new Verifier(TrailFiles.onDisk(), options()).verify(TrailFolder.check(folder), progress());
        if (key == null) {
            output.err().println("certrail verify: WARNING: no --key was given, so this folder vouches for itself.");
        }
        format.print(report, output);
        return report.isGood() ? ExitStatus.GOOD : ExitStatus.FINDINGS;
    }

    private VerifyOptions options() throws IOException {
        if (threads < 1 || threads > MAX_THREADS) {
            throw output.usage("--threads: expected 1 to " + MAX_THREADS + ", not " + threads);
        }
        try {
            VerifierKey given = key == null ? null : TrailFolder.key(key); // once: it may come by a pipe
            VerifyOptions options = VerifyOptions.of(given)
                    .threads(threads)
                    .outside(checkpoints.isEmpty() ? List.of() : outside(origin(given)))
                    .witnesses(TrailFolder.witnesses(witnesses));
            options = idle == null ? options : options.idle(idle(idle));
            return since == null ? options : since(options, since);
        } catch (IllegalArgumentException e) {
            throw output.usage(String.valueOf(e.getMessage()));
        }
    }

    private static VerifyOptions since(VerifyOptions options, String since) {
        if (since.matches("[0-9]{1,18}")) {
            return options.since(Long.parseLong(since));
        }
        try {
            return options.since(Instant.parse(since));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "--since: expected a number of a record or a time as 2026-11-25T16:00:00Z, not " + since, e);
        }
    }

    private static Duration idle(String text) {
        Duration idle = DurationText.parse(text);
        if (idle == null || idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException("--idle: expected a time as 90s, 10m, 1h, 7d or PT1H, not " + text);
        }
        return idle;
    }

    private List<VerifyOptions.Outside> outside(@Nullable String origin) throws IOException {
        List<VerifyOptions.Outside> notes = new ArrayList<>();
        for (Path file : checkpoints) {
            notes.addAll(KeptNotes.read(file, origin, output.err()));
        }
        return notes;
    }

    /** Of the trail that is to be verified, {@code null} if nothing tells. */
    private @Nullable String origin(@Nullable VerifierKey given) throws IOException {
        if (given != null) {
            return given.name();
        }
        return TrailKeys.of(TrailFiles.onDisk(), folder)
                .first()
                .map(VerifierKey::name)
                .orElse(null);
    }

    /** On a terminal only, and gone when the report comes. */
    private Progress progress() {
        if (!output.ansi().enabled()) {
            return Progress.NONE;
        }
        int[] shown = {-1};
        return (done, all) -> {
            int percent = (int) (all == 0 ? 100 : done * 100 / all);
            if (percent != shown[0]) {
                shown[0] = percent;
                output.err().print(percent == 100 ? "\r\u001b[K" : "\r" + percent + "% of " + (all >> 20) + " MiB");
                output.err().flush();
            }
        };
    }
}
