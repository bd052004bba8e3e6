package io.certrail.cli;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.Cosignature;
import io.certrail.tlog.Opened;
import io.certrail.tlog.VerifierKey;
import io.certrail.trail.CheckpointCounts;
import io.certrail.verify.RecordProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code certrail check}: whether a proof holds. */
@Command(
        name = "check",
        description = "Checks a proof that `certrail prove` made, and shows the record if it holds.",
        exitCodeList = {
            "0:the record is in the log",
            "1:it is not, or that cannot be concluded from this",
            "2:the command line is wrong",
            "3:a file could not be read"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  certrail check 4711.proof --key certrail.pub",
            "  certrail check 4711.proof --key certrail.pub --witness witness.pub"
        })
final class CheckCommand implements Callable<Integer> {
    private static final long LONGEST = 32 << 20;

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "PROOF", description = "the file")
    private Path file = Path.of("");

    @Option(
            names = "--key",
            required = true,
            paramLabel = "KEY",
            description = "the log's key: a file such as a copy of key.pub, or the text of one")
    private String key = "";

    @Option(
            names = "--witness",
            paramLabel = "KEY",
            description =
                    "the key of a witness that has to have cosigned the checkpoint, or a file with it; for several witnesses,"
                            + " several times")
    private List<String> witnesses = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IOException(file + " is longer than any proof");
        }
        RecordProof proof = RecordProof.parse(Files.readAllBytes(file)).orElse(null);
        if (proof == null) {
            output.err().println("certrail check: " + file + " is no proof: expected what `certrail prove` writes");
            return ExitStatus.FINDINGS;
        }
        try {
            return check(proof, TrailFolder.key(key), TrailFolder.witnesses(witnesses));
        } catch (IllegalArgumentException e) {
            throw output.usage(String.valueOf(e.getMessage()));
        }
    }

    private int check(RecordProof proof, VerifierKey log, List<VerifierKey> trusted) {
        Opened<Checkpoint> opened = proof.check(log);
        List<Cosignature> cosignatures = new ArrayList<>();
        Opened<?> doubted = opened;
        for (VerifierKey witness : trusted) {
            Opened<List<Cosignature>> its = proof.cosignatures(List.of(witness));
            cosignatures.addAll(its.accepted().orElse(List.of()));
            doubted = doubted.rejected().isPresent() ? doubted : its;
        }
        if (doubted instanceof Opened.Rejected<?> rejected) {
            output.err()
                    .println("certrail check: the proof does not hold: " + rejected.flaw() + ", "
                            + HarmlessText.of(rejected.detail()));
            return ExitStatus.FINDINGS;
        }
        print(proof, opened.accepted().orElseThrow(), cosignatures);
        return ExitStatus.GOOD;
    }

    private void print(RecordProof proof, Checkpoint checkpoint, List<Cosignature> cosignatures) {
        String when = CheckpointCounts.of(checkpoint)
                .map(counts -> ", sealed at the latest at " + counts.time())
                .orElse("");
        output.err()
                .println("The record is number " + proof.proof().index() + " of the log "
                        + HarmlessText.of(checkpoint.origin()) + when + ".");
        for (Cosignature each : cosignatures) {
            output.err()
                    .println("Cosigned by "
                            + HarmlessText.of(each.witness().id().toString()) + " at " + each.time() + ".");
        }
        output.out().println(HarmlessText.of(proof.record()));
        output.out().flush();
    }
}
