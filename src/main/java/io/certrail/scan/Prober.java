package io.certrail.scan;

import io.certrail.scan.finding.Untested;
import io.certrail.scan.judge.Tried;
import io.certrail.scan.probe.Attempt;
import io.certrail.scan.probe.Probe;
import io.certrail.scan.probe.Probe.Trait;
import io.certrail.scan.probe.ProbeCatalog;
import io.certrail.scan.probe.Sighting;
import io.certrail.scan.probe.TlsVersion;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes probes: first whether the server is there at all, then one after the other, then those that stall together. */
final class Prober {
    private final ScanOptions options;
    private final Attempt.Setting setting;
    private final Progress progress;
    private final List<Tried> tried = new ArrayList<>();
    /** Of those nothing reached the server: no log can tell of them. */
    private final List<Tried> unconnected = new ArrayList<>();
    /** The versions in which the good client found no connection, with why. */
    private final Map<TlsVersion, String> unreached = new EnumMap<>(TlsVersion.class);

    private ProbeCatalog catalog = new ProbeCatalog(List.of(), List.of());

    Prober(ScanOptions options, Clock clock, Progress progress) {
        this.options = options;
        this.progress = progress;
        this.setting = options.setting(clock);
    }

    /** What was not made: for want of a certificate, a path, a version or a connection. */
    List<Untested> untested() {
        Stream<Untested> lost = unconnected.stream()
                .map(each -> Untested.lost(
                        each.probe().id(), each.probe().title(), each.sighting().trouble()));
        return Stream.concat(catalog.untested().stream(), lost).toList();
    }

    /**
     * Makes them.
     *
     * @return those that the server can know of
     * @throws ScanException if the good client is not served
     */
    List<Tried> run(ProbeCatalog wanted) throws ScanException, InterruptedException {
        List<Probe> good = wanted.probes().stream()
                .filter(probe -> probe.id().startsWith("request-served"))
                .toList();
        if (good.isEmpty()) {
            throw new ScanException("a scan needs a client that is served: name its PKCS#12 file with --client, or a"
                    + " folder of certificates with --pki");
        }
        catalog = wanted.limitedTo(versions(good), unreached);
        int of = catalog.probes().size();
        for (Probe probe : catalog.probes()) {
            if (!good.contains(probe) && !probe.is(Trait.STALLS)) {
                Thread.sleep(options.pace().pause().toMillis());
                add(new Tried(probe, probe.run(setting)), of);
            }
        }
        stalling(of);
        return List.copyOf(tried);
    }

    private void add(Tried made, int of) {
        (made.sighting().isConnected() ? tried : unconnected).add(made);
        progress.made(tried.size() + unconnected.size(), of, made.probe(), made.sighting());
    }

    /** The versions in which the good client is served; its connections are probes, too. */
    private Set<TlsVersion> versions(List<Probe> good) throws ScanException, InterruptedException {
        Set<TlsVersion> served = EnumSet.noneOf(TlsVersion.class);
        Sighting last = null;
        for (Probe probe : good) {
            Sighting sighting = probe.run(setting);
            TlsVersion version = probe.version();
            if (sighting.isServed() && version != null) {
                served.add(version);
                add(new Tried(probe, sighting), good.size());
            } else if (!sighting.isConnected() && version != null) {
                unreached.put(version, sighting.trouble());
            }
            last = sighting;
            Thread.sleep(options.pace().pause().toMillis());
        }
        if (served.isEmpty() && last != null) {
            throw new ScanException(Refusal.words(options.target(), last));
        }
        return served;
    }

    /** Begun one after the other, so that their ends can be told apart. */
    private void stalling(int of) throws InterruptedException {
        List<Probe> stalling = catalog.probes().stream()
                .filter(probe -> probe.is(Trait.STALLS))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, stalling.size()));
        try {
            List<Future<Tried>> running = new ArrayList<>();
            for (Probe probe : stalling) {
                Thread.sleep(options.pace().pause().multipliedBy(3).toMillis());
                running.add(threads.submit(() -> new Tried(probe, probe.run(setting))));
            }
            for (Future<Tried> each : running) {
                add(each.get(), of);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a probe threw", e);
        } finally {
            threads.shutdownNow(); // which closes the connections of those that are not over
            threads.awaitTermination(options.pace().patience().toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
