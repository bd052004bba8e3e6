package io.certrail.dev;

import io.certrail.dev.pki.PkiException;
import io.certrail.dev.pki.PkiFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to start a server.
 *
 * @param product which server
 * @param work folder of this server alone: its log, and what it needs while it runs
 * @param pki the server's key, whom it trusts, whom it does not any more
 * @param address the address it listens on, nothing else is opened
 * @param httpsPort 1 to 65535
 * @param httpThreads most threads that work on requests
 * @param deployments what to deploy, may be empty
 * @param systemProperties for the server, keys and values as they are
 * @param jvmArguments for the server, before the system properties
 * @param startTimeout how long it may take until it is ready
 */
public record ServerOptions(
        Product product,
        Path work,
        PkiFolder pki,
        String address,
        int httpsPort,
        int httpThreads,
        List<Deployment> deployments,
        Map<String, String> systemProperties,
        List<String> jvmArguments,
        Duration startTimeout) {
    private static final int HIGHEST_PORT = 65_535;
    private static final int HTTP_THREADS = 200;

    public ServerOptions {
        work = work.toAbsolutePath();
        deployments = List.copyOf(deployments);
        systemProperties = Map.copyOf(systemProperties);
        jvmArguments = List.copyOf(jvmArguments);
        if (httpsPort < 1 || httpsPort > HIGHEST_PORT) {
            throw new IllegalArgumentException("port " + httpsPort + " is not between 1 and " + HIGHEST_PORT);
        }
        if (httpThreads < 1 || startTimeout.isNegative()) {
            throw new IllegalArgumentException("httpThreads " + httpThreads + ", startTimeout " + startTimeout);
        }
    }

    /** A server on loopback with nothing deployed. */
    public static ServerOptions of(Product product, Path work, PkiFolder pki, int httpsPort) {
        return new ServerOptions(
                product,
                work,
                pki,
                "127.0.0.1",
                httpsPort,
                HTTP_THREADS,
                List.of(),
                Map.of(),
                List.of(),
                Duration.ofMinutes(2));
    }

    /** With one more application. */
    public ServerOptions deploy(Path war, String contextRoot) {
        var more = new ArrayList<>(deployments);
        more.add(new Deployment(war.toAbsolutePath(), contextRoot));
        return with(more, systemProperties, jvmArguments, httpThreads);
    }

    /** With one more system property. */
    public ServerOptions property(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(systemProperties);
        more.put(key, value);
        return with(deployments, more, jvmArguments, httpThreads);
    }

    /** With the trail in this folder. */
    public ServerOptions trail(Path folder) {
        return property("certrail.trail.folder", folder.toAbsolutePath().toString());
    }

    public ServerOptions jvmArguments(List<String> arguments) {
        return with(deployments, systemProperties, arguments, httpThreads);
    }

    public ServerOptions httpThreads(int most) {
        return with(deployments, systemProperties, jvmArguments, most);
    }

    /** The same for another product. */
    public ServerOptions product(Product other) {
        return new ServerOptions(
                other,
                work,
                pki,
                address,
                httpsPort,
                httpThreads,
                deployments,
                systemProperties,
                jvmArguments,
                startTimeout);
    }

    /** All that it listens on. */
    List<Integer> ports() {
        List<Integer> ports = new ArrayList<>(product.otherPorts());
        ports.add(httpsPort);
        return ports;
    }

    /**
     * The system properties that server-config's files ask for, and those that were chosen.
     *
     * @throws StartException if the PKI cannot be used
     */
    Map<String, String> properties() throws StartException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("tls.address", address);
        all.put("tls.alias", alias());
        all.put("tls.crl", pki.crl().toString());
        all.put("http.threads", String.valueOf(httpThreads));
        all.putAll(systemProperties);
        return all;
    }

    private String alias() throws StartException {
        try {
            return pki.read().alias();
        } catch (PkiException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private ServerOptions with(List<Deployment> wars, Map<String, String> properties, List<String> jvm, int threads) {
        return new ServerOptions(product, work, pki, address, httpsPort, threads, wars, properties, jvm, startTimeout);
    }

    /** Where all that the server prints is written. */
    public Path log() {
        return work.resolve("server.log");
    }

    /**
     * An application.
     *
     * @param war the file
     * @param contextRoot {@code /} or {@code /name}
     */
    public record Deployment(Path war, String contextRoot) {
        public Deployment {
            if (!contextRoot.startsWith("/")) {
                throw new IllegalArgumentException("context root " + contextRoot + " does not begin with /");
            }
        }

        /** The file's name without its ending, by which Payara names it, too. */
        String name() {
            return war.getFileName().toString().replaceFirst("\\.war$", "");
        }
    }
}
