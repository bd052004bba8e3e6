package io.certrail.dev;

import io.certrail.dev.pki.PkiFolder;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A domain that {@code install.sh} has configured, as an operator would: started as it is downloaded, but with its other
 * ports closed from the first moment. It is made once, and anew when the scripts change.
 */
final class ConfiguredDomain {
    private final PayaraServer server;
    private final Path domains;
    private final Path mark;

    ConfiguredDomain(PayaraServer server) {
        this.server = server;
        domains = server.store().resolve("domains");
        mark = server.store().resolve("configured");
    }

    /** The folder of the domain, which does not run. */
    Path get(ServerOptions options) throws StartException, IOException, InterruptedException {
        String scripts = fingerprint();
        Path domain = domains.resolve(PayaraServer.DOMAIN);
        FolderLock lock = FolderLock.await(server.store());
        try {
            if (!Files.exists(mark) || !Files.readString(mark).equals(scripts)) {
                Files.deleteIfExists(mark);
                Folders.delete(domains);
                Folders.copy(distributed(), domain);
                plainLog(domain.resolve("config").resolve("logging.properties"));
                configure(options);
                Files.writeString(mark, scripts);
            }
        } finally {
            lock.close();
        }
        return domain;
    }

    private Path distributed() {
        return server.distribution().resolve("glassfish").resolve("domains").resolve(PayaraServer.DOMAIN);
    }

    private void configure(ServerOptions options) throws StartException, IOException, InterruptedException {
        Path work = server.store().resolve("configuration");
        var first = ServerOptions.of(new FirstStart(), work, options.pki(), options.httpsPort());
        var running = Server.start(first, line -> {});
        try {
            install(work);
        } finally {
            running.stop();
        }
    }

    private void install(Path work) throws StartException, IOException, InterruptedException {
        var asadmin = new Asadmin(server);
        Path password = Files.writeString(work.resolve("password"), "AS_ADMIN_ALIASPASSWORD=" + PkiFolder.PASSWORD);
        for (String store : List.of("mutual-tls-keystore", "mutual-tls-truststore")) {
            asadmin.run(List.of("--passwordfile=" + password, "create-password-alias", store));
        }
        Files.write(work.resolve("install.log"), asadmin.script("install.sh", "--values-elsewhere", "--no-restart"));
    }

    /** Its output is read: one format, no colours. */
    private static void plainLog(Path properties) throws IOException {
        String log = Files.readString(properties);
        Files.writeString(
                properties,
                log.replace("UniformLogFormatter", "ODLLogFormatter").replaceAll("ansiColor=true", "ansiColor=false"));
    }

    private String fingerprint() throws IOException {
        try (Stream<Path> files = Files.list(server.configuration())) {
            var digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files.sorted().toList()) {
                digest.update(Files.readAllBytes(file));
            }
            return new BigInteger(1, digest.digest()).toString(16) + " " + server.distribution();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The domain as it is downloaded, but for the ports: none may be open to others, not for a moment. */
    private final class FirstStart implements Product {
        @Override
        public String title() {
            return server.title();
        }

        @Override
        public Speech speech() {
            return server.speech();
        }

        @Override
        public List<Integer> otherPorts() {
            return server.otherPorts();
        }

        @Override
        public List<String> command(ServerOptions options, Path watch)
                throws StartException, IOException, InterruptedException {
            List<String> closing = new ArrayList<>();
            closing.add("create-module-config jms-service");
            closing.add("create-module-config microprofile-openapi-configuration");
            closing.addAll(Files.readAllLines(server.configuration().resolve("ports.asadmin")));
            closing.add("set configs.config.server-config.network-config.network-listeners.network-listener"
                    + ".admin-listener.port=${admin.port}");
            return server.command(options, watch, domains, closing, List.of());
        }
    }
}
