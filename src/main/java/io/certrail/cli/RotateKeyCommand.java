package io.certrail.cli;

import io.certrail.tlog.VerifierKey;
import io.certrail.trail.CheckpointOptions;
import io.certrail.trail.KeyReplacement;
import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code certrail rotate-key}: a new key for a trail. */
@Command(
        name = "rotate-key",
        description = {
            "Replaces the key that signs a trail's checkpoints, while nobody writes it. The old key signs that the new one"
                    + " follows (keys/), so whoever has the old public key can verify on.",
            "",
            "For a key that was stolen this is not enough: the thief can hand over, too. Tell your readers which key is right."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  certrail rotate-key /var/lib/certrail",
            "  certrail rotate-key /var/lib/certrail --private-key /etc/certrail/key",
            "",
            "Run it as the user that the server runs as, so that the server can read the new key; as another it is refused."
        })
final class RotateKeyCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "DIR", description = "the folder of the trail")
    private Path folder = Path.of("");

    @Option(
            names = "--private-key",
            paramLabel = "FILE",
            description = "where the private key lies; default: key in DIR")
    private @Nullable Path privateKey;

    @Override
    public Integer call() throws IOException {
        CheckpointOptions plain = CheckpointOptions.defaults();
        CheckpointOptions options = new CheckpointOptions(plain.interval(), plain.idle(), privateKey, null);
        VerifierKey key = KeyReplacement.replace(TrailFiles.onDisk(), TrailFolder.check(folder), options);
        output.out().println(key);
        output.out().flush();
        return ExitStatus.GOOD;
    }
}
