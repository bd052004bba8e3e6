package io.certrail.cli;

import io.certrail.scan.probe.Target;
import io.certrail.scan.probe.Target.Paths;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Resources of the server that probes ask for. Where the log is Certrail's trail, its own application's are taken. */
final class ScanPaths {
    @Option(names = "--forbidden", paramLabel = "PATH", description = "A resource that the client may not have.")
    private @Nullable String forbidden;

    @Option(
            names = "--json",
            paramLabel = "PATH",
            description = "A resource that takes JSON by POST; it is sent a broken one.")
    private @Nullable String json;

    @Option(names = "--failing", paramLabel = "PATH", description = "A resource that answers GET with 500.")
    private @Nullable String failing;

    Target target(String url, boolean trail) {
        Paths usual = trail ? Paths.CERTRAIL : Paths.ROOT;
        return Target.of(
                url,
                new Paths(
                        usual.allowed(),
                        forbidden == null ? usual.forbidden() : forbidden,
                        json == null ? usual.json() : json,
                        failing));
    }
}
