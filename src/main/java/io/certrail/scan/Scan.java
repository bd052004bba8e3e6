package io.certrail.scan;

import io.certrail.scan.ScanOptions.Pace;
import io.certrail.scan.finding.Finding;
import io.certrail.scan.finding.Judgement;
import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.finding.Untested;
import io.certrail.scan.judge.Correlation;
import io.certrail.scan.judge.Findings;
import io.certrail.scan.judge.Judge;
import io.certrail.scan.judge.Tried;
import io.certrail.scan.log.LogLine;
import io.certrail.scan.log.LogRecord;
import io.certrail.scan.log.LogSource;
import io.certrail.scan.log.LogWatch;
import io.certrail.scan.log.Profile;
import io.certrail.scan.log.ProfileException;
import io.certrail.scan.log.Profiles;
import io.certrail.scan.probe.Expected.Decision;
import io.certrail.scan.probe.ProbeCatalog;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One scan: stands at the end of the log, makes the probes, reads what the log made of them, and judges. */
public final class Scan {
    private final ScanOptions options;
    private final List<LogSource> logs;
    private final Clock clock;
    private final String version;
    private final Profiles profiles = Profiles.builtIn();

    /**
     * A scan to be.
     *
     * @param logs where the server's log is read
     * @param version of Certrail, for the report
     */
    public Scan(ScanOptions options, List<LogSource> logs, Clock clock, String version) {
        this.options = options;
        this.logs = List.copyOf(logs);
        this.clock = clock;
        this.version = version;
    }

    /** What it would do: nothing is connected to. */
    public ProbeCatalog plan() {
        return ProbeCatalog.of(options.target().paths(), options.credentials());
    }

    /**
     * Makes the scan.
     *
     * @param settings findings of the half that reads configuration, to be reported with the others
     * @throws ScanException if there is no such profile, no log that can be read, no server, or none that
     *     speaks TLS
     */
    public ScanReport run(List<Finding> settings, Progress progress) throws ScanException, InterruptedException {
        Instant began = clock.instant();
        Optional<Profile> named = named();
        try (LogWatch watch = LogWatch.start(logs, clock)) {
            Pace pace = options.pace();
            var prober = new Prober(options, clock, progress);
            List<Tried> tried = prober.run(plan());
            List<LogLine> lines = settle(watch, pace.within());
            return report(began, lines, tried, prober.untested(), named, settings, watch.interval());
        } catch (IOException e) {
            throw new ScanException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Waits for records that come late; those that come later still count as missing. */
    private static List<LogLine> settle(LogWatch watch, Duration within) throws IOException, InterruptedException {
        Thread.sleep(within.plus(watch.interval().multipliedBy(2)).toMillis());
        return watch.lines();
    }

    private ScanReport report(
            Instant began,
            List<LogLine> lines,
            List<Tried> tried,
            List<Untested> untested,
            Optional<Profile> named,
            List<Finding> settings,
            Duration delay) {
        Profile profile = named.orElseGet(() -> profiles.detect(lines));
        List<LogRecord> records = lines.stream().map(profile::read).toList();
        var correlation = new Correlation(profile, records, tried, delay);
        var judge = new Judge(
                profile,
                profiles.reasons(),
                records,
                correlation,
                usual(tried),
                options.pace().within().plus(delay));
        List<Judgement> judgements = tried.stream().map(judge::judge).toList();
        List<Finding> findings = new ArrayList<>(new Findings(judgements, profile).all());
        findings.addAll(settings);
        var report = new ScanReport(
                options.target().url(),
                began,
                clock.instant(),
                profile.title(),
                logs.stream().map(LogSource::name).toList(),
                version,
                judgements,
                findings,
                untested,
                List.of(),
                remarks(profile, records));
        return report.loss().map(report::remarked).orElse(report);
    }

    /** What a good client gets need not be 200. */
    private static Set<Integer> usual(List<Tried> tried) {
        return tried.stream()
                .filter(each -> each.probe().expected().decision() == Decision.ACCEPT)
                .map(each -> each.sighting().status())
                .collect(Collectors.toSet());
    }

    /** Before anything is connected to; empty: it is detected. */
    private Optional<Profile> named() throws ScanException {
        String name = options.profile();
        try {
            return name == null ? Optional.empty() : Optional.of(profiles.named(name));
        } catch (ProfileException e) {
            throw new ScanException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new ScanException("the profile " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<String> remarks(Profile profile, List<LogRecord> records) {
        long strange =
                records.stream().filter(record -> record.format().isEmpty()).count();
        return strange == 0
                ? List.of()
                : List.of(strange + " of " + records.size() + " lines fit no format of the profile " + profile.name());
    }
}
