package io.certrail.scan.selfcheck;

import io.certrail.scan.Progress;
import io.certrail.scan.Scan;
import io.certrail.scan.ScanException;
import io.certrail.scan.ScanMark;
import io.certrail.scan.ScanOptions;
import io.certrail.scan.ScanOptions.Pace;
import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.probe.Credential;
import io.certrail.scan.probe.CredentialFiles;
import io.certrail.scan.probe.Credentials;
import io.certrail.scan.probe.Target;
import io.certrail.scan.probe.Trust;
import io.certrail.scan.settings.Settings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How this server is checked once.
 *
 * @param contextPath of this application: empty, or {@code /name}
 * @param folder of the trail
 * @param end the sequence of the trail's next record
 */
record Check(
        SelfCheckOptions options, OwnServer server, String contextPath, Path folder, LongSupplier end, Clock clock) {
    private static final Logger LOG = System.getLogger(Check.class.getName());
    private static final long MOST_BYTES = 64L << 20;

    /**
     * Makes the probes, judges the trail, and marks the probes in it.
     *
     * @throws ScanException if that cannot be done, with what to do
     * @throws IOException likewise, of a file that cannot be read
     * @throws InterruptedException if it was ended early; connections are closed then
     */
    ScanReport make() throws ScanException, IOException, InterruptedException {
        Pace pace = new Pace(Pace.SLOW.pause(), Pace.SLOW.patience(), options.stall(), Pace.SLOW.within());
        ScanOptions scan = new ScanOptions(Target.of(url(), paths()), trust(), credentials(), "certrail", pace);
        var log = new OwnTrail(folder, end, options.url() == null, MOST_BYTES);
        ScanReport report =
                new Scan(scan, List.of(log), clock, server.version()).run(Settings.ofThisMachine(), Progress.NONE);
        return marked(scan, report);
    }

    private ScanReport marked(ScanOptions scan, ScanReport report) {
        try {
            ScanMark.leave(scan, report, paths().json(), clock);
            return report;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "CTR0853 The probes of a self-check are not marked in the trail: {0}", e.toString());
            return report.remarked("the probes are not marked in the trail: " + e.getMessage());
        }
    }

    private Target.Paths paths() {
        return Target.Paths.ofCertrailAt(contextPath);
    }

    /**
     * Of what is checked.
     *
     * @throws ScanException if nobody knows
     */
    String url() throws ScanException {
        if (options.url() != null) {
            return options.url().toString();
        }
        Optional<InetSocketAddress> listener = server.tlsListeners().stream().findFirst();
        if (listener.isEmpty()) {
            throw new ScanException(
                    "no TLS listener of this server is known: name the one to check with certrail.self-check.url");
        }
        return "https://" + host(listener.get().getAddress()) + ":"
                + listener.get().getPort();
    }

    /** By which a certificate would name it. */
    private static String host(InetAddress bound) {
        if (bound.isAnyLocalAddress() || bound.isLoopbackAddress()) {
            return "localhost";
        }
        String address = bound.getHostAddress().replaceFirst("%.*", "");
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private Trust trust() throws IOException {
        try {
            return Trust.in(CredentialFiles.certificates(options.root()));
        } catch (GeneralSecurityException e) {
            throw new IOException(options.root() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private Credentials credentials() throws IOException {
        char[] password = Files.readString(options.passwordFile())
                .lines()
                .findFirst()
                .orElse("")
                .toCharArray();
        return new InFolder(
                options.clients(), new CredentialFiles(CredentialFiles.inFolder(options.clients()), password));
    }

    /** The files in a folder, with what to do about one that is not there. */
    private record InFolder(Path folder, Credentials files) implements Credentials {
        @Override
        public Optional<Credential> find(Kind kind, String nonce) {
            return files.find(kind, nonce);
        }

        @Override
        public String remedy(Kind kind) {
            return "put one into " + folder.resolve("clients").resolve(kind.id() + ".p12");
        }
    }
}
