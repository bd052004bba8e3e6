package io.certrail.cli;

import io.certrail.scan.Progress;
import io.certrail.scan.Scan;
import io.certrail.scan.ScanException;
import io.certrail.scan.ScanMark;
import io.certrail.scan.ScanOptions;
import io.certrail.scan.ScanOptions.Pace;
import io.certrail.scan.finding.Finding;
import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.finding.Severity;
import io.certrail.scan.log.LogSource;
import io.certrail.scan.report.Baseline;
import io.certrail.scan.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code certrail scan}: provokes a mutual-TLS server, and tells what its log does not. */
@Command(
        name = "scan",
        description = {
            "Connects to a mutual-TLS server with good and bad clients, reads what its log made of each, and tells what is"
                    + " missing: unrecorded attempts, vague reasons, secrets, forged lines.",
            "Scan only servers that you may test. It makes some 45 connections, slowly, to the host that you name and to no"
                    + " other; no request changes anything."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  certrail scan https://localhost:8443 --pki target/pki --log certrail-trail",
            "  certrail scan https://api.example.com --client good.p12 --trust root.pem --ca-cert ca.pem --ca-key ca.key \\",
            "      --log /var/log/nginx/error.log --log /var/log/nginx/access.json --format html=scan.html",
            "  certrail scan https://localhost:8443 --pki target/pki --trail https://localhost:8443 --fail-on medium"
        })
final class ScanCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Parameters(
            paramLabel = "URL",
            description = "https://host:port, with the path of a resource that the good client may get.")
    private String url = "";

    @ArgGroup(validate = false, heading = "%nClients:%n")
    private final ScanClients clients = new ScanClients();

    @ArgGroup(validate = false, heading = "%nResources:%n")
    private final ScanPaths paths = new ScanPaths();

    @ArgGroup(validate = false, heading = "%nLog:%n")
    private final ScanLogs logs = new ScanLogs();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The server's configuration, read for what no probe can see: domain.xml, preboot commands,"
                    + " standalone.xml, or Certrail's properties. Repeatable.")
    private final List<Path> config = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT[=FILE]",
            description = "${COMPLETION-CANDIDATES}; to standard output where no file is named. Repeatable."
                    + " Without it: text.",
            completionCandidates = ScanFormat.Names.class)
    private final List<String> formats = new ArrayList<>();

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "high",
            description = "End with 1 if a finding is at least so severe and not accepted: ${COMPLETION-CANDIDATES}."
                    + " Default: ${DEFAULT-VALUE}.")
    private Severity failOn = Severity.HIGH;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "JSON file of findings that are accepted, with reason and expiry.")
    private @Nullable Path baseline;

    @Option(
            names = "--pause",
            paramLabel = "MS",
            defaultValue = "300",
            description = "Between two probes. Default: ${DEFAULT-VALUE}.")
    private long pause;

    @Option(
            names = "--stall",
            paramLabel = "SECONDS",
            defaultValue = "8",
            description = "Longest that a stalling client holds on. Default: ${DEFAULT-VALUE}.")
    private long stall;

    @Option(
            names = "--within",
            paramLabel = "MS",
            defaultValue = "2000",
            description = "How soon a record must be there. Default: ${DEFAULT-VALUE}.")
    private long within;

    @Option(
            names = "--mark",
            description =
                    "Afterwards, posts an event to the Certrail that was scanned: its trail tells probes from attacks."
                            + " The client must be a reporter.")
    private boolean mark;

    @Option(
            names = "--dry-run",
            description = "Lists the probes, those that cannot be made and why, and connects to nobody.")
    private boolean dryRun;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<ScanFormat> wanted = wanted();
        Optional<Baseline> accepted = accepted();
        ScanOptions options = options();
        List<LogSource> sources = dryRun ? List.of() : logs.sources(clients, output);
        var scan = new Scan(options, sources, Clock.systemUTC(), Certrail.version());
        var text = new ScanText(output.ansi());
        if (dryRun) {
            output.out().print(text.plan(options.target(), scan.plan()));
            output.out().flush();
            return ExitStatus.GOOD;
        }
        output.err().print(text.announcement(options.target(), scan.plan(), sources));
        output.err().flush();
        ScanReport made = run(scan, text.progress(output.err()));
        ScanReport raw = mark ? marked(options, made) : made;
        ScanReport report = accepted.map(each -> each.applied(raw, LocalDate.now(Clock.systemUTC())))
                .orElse(raw);
        write(wanted, report, text);
        report.loss().ifPresent(loss -> output.err().println("certrail scan: WARNING: " + loss));
        return status(report);
    }

    /** Of probes that are lost nothing can be said: a server that went down under the scan has not passed it. */
    private int status(ScanReport report) {
        if (report.open().stream().anyMatch(each -> each.severity().compareTo(failOn) >= 0)) {
            return ExitStatus.FINDINGS;
        }
        return report.loss().isEmpty() ? ExitStatus.GOOD : ExitStatus.UNREADABLE;
    }

    /** One that cannot be written keeps no other from being. */
    private void write(List<ScanFormat> wanted, ScanReport report, ScanText text) throws IOException {
        IOException failure = null;
        for (ScanFormat format : wanted) {
            try {
                format.write(report, failOn, text, output.out());
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** A mark that cannot be left is no reason to lose the report. */
    private static ScanReport marked(ScanOptions options, ScanReport report) {
        try {
            ScanMark.leave(options, report, options.target().paths().json(), Clock.systemUTC());
            return report;
        } catch (IOException e) {
            return report.remarked("the probes are not marked in the trail: " + e.getMessage());
        }
    }

    private ScanReport run(Scan scan, Progress progress) throws IOException, InterruptedException {
        try {
            return scan.run(settings(), progress);
        } catch (ScanException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A log that is a file here is of a server that runs here, as a rule: its clock is this machine's. */
    private List<Finding> settings() throws IOException {
        List<Finding> findings = new ArrayList<>(Settings.findings(config, logs.files()));
        if (!logs.files().isEmpty()) {
            findings.addAll(Settings.ofThisMachine());
        }
        return findings;
    }

    private List<ScanFormat> wanted() {
        try {
            return formats.isEmpty()
                    ? List.of(ScanFormat.TEXT)
                    : formats.stream().map(ScanFormat::parse).toList();
        } catch (IllegalArgumentException e) {
            throw output.usage("--format " + e.getMessage());
        }
    }

    private Optional<Baseline> accepted() throws IOException {
        Path file = baseline;
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Baseline.parse(Files.readString(file)));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private ScanOptions options() throws IOException {
        try {
            logs.check();
            var pace = new Pace(
                    Duration.ofMillis(pause),
                    Pace.SLOW.patience(),
                    Duration.ofSeconds(stall),
                    Duration.ofMillis(within));
            return new ScanOptions(
                    paths.target(url, logs.isTrail()), clients.trust(), clients.credentials(), logs.profile(), pace);
        } catch (IllegalArgumentException e) {
            throw output.usage(String.valueOf(e.getMessage()));
        }
    }
}
