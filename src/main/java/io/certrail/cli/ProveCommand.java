package io.certrail.cli;

import io.certrail.trail.TrailFiles;
import io.certrail.verify.RecordProof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code certrail prove}: a record that somebody without the trail can check. */
@Command(
        name = "prove",
        description =
                "Writes a record with the proof that it is in the log (C2SP tlog-proof): whoever has the log's public key"
                        + " can check it with `certrail check`, without the trail.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  certrail prove 4711 /var/lib/certrail -o 4711.proof",
            "  certrail check 4711.proof --key certrail.pub",
            "  certrail prove 4711 /var/lib/certrail --witness witness.pub -o 4711.proof"
        })
final class ProveCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "SEQ", description = "the record's audit.sequence")
    private long sequence;

    @Parameters(index = "1", paramLabel = "DIR", description = "the folder of the trail")
    private Path folder = Path.of("");

    @Option(
            names = "--witness",
            paramLabel = "KEY",
            description =
                    "prove by the last checkpoint that this witness cosigned, not by the newest one: its key, or a file with it")
    private @Nullable String witness;

    @Option(names = "-o", paramLabel = "FILE", description = "where to; must not be there. Default: standard output")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException {
        if (sequence < 0) {
            throw output.usage("SEQ: expected 0 or more, not " + sequence);
        }
        byte[] proof = prove(TrailFolder.check(folder)).bytes();
        if (file != null) {
            Files.write(file, proof, StandardOpenOption.CREATE_NEW);
        } else {
            output.out().print(new String(proof, StandardCharsets.UTF_8));
            output.out().flush();
        }
        return ExitStatus.GOOD;
    }

    private RecordProof prove(Path trail) throws IOException {
        if (witness == null) {
            return RecordProof.make(TrailFiles.onDisk(), trail, sequence);
        }
        try {
            return RecordProof.make(TrailFiles.onDisk(), trail, sequence, TrailFolder.witness(witness));
        } catch (IllegalArgumentException e) {
            throw output.usage(String.valueOf(e.getMessage()));
        }
    }
}
