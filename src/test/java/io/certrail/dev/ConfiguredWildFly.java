package io.certrail.dev;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A WildFly that {@code install.cli} and {@code one-port.cli} have configured, as an operator would. It is made once, and
 * anew when the scripts or the hook change.
 */
final class ConfiguredWildFly {
    private static final long PATIENCE_SECONDS = 180;

    private final WildFly server;
    private final Path mark;

    ConfiguredWildFly(WildFly server) {
        this.server = server;
        mark = server.home().resolve("certrail-configured");
    }

    /**
     * The folder of the configuration, for a server that deploys what it is told: {@code certrail.war}, which the script
     * deploys, is not in it.
     */
    Path get(ServerOptions options) throws StartException, IOException, InterruptedException {
        Path ready = server.home().resolve("standalone").resolve("certrail-configuration");
        String scripts = fingerprint();
        FolderLock lock = FolderLock.await(server.home().resolve("certrail"));
        try {
            if (!Files.exists(mark) || !Files.readString(mark).equals(scripts)) {
                Files.deleteIfExists(mark);
                asDownloaded();
                run("install.cli", options);
                run("one-port.cli", options);
                take(ready);
                Files.writeString(mark, scripts);
            }
        } finally {
            lock.close();
        }
        return ready;
    }

    /** Whatever an earlier script did: WildFly keeps a copy of what it found when it first began. */
    private void asDownloaded() throws IOException {
        Path configuration = server.home().resolve("standalone").resolve("configuration");
        Path first = configuration.resolve("standalone_xml_history").resolve("standalone.initial.xml");
        if (Files.exists(first)) {
            Files.copy(first, configuration.resolve("standalone.xml"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void take(Path ready) throws IOException {
        Path from = server.home().resolve("standalone").resolve("configuration");
        Folders.delete(ready);
        Folders.copy(from, ready);
        Folders.delete(ready.resolve("standalone_xml_history"));
        Path xml = ready.resolve("standalone.xml");
        Files.writeString(xml, Files.readString(xml).replaceAll("(?s)\\s*<deployments>.*?</deployments>", ""));
    }

    /**
     * Runs a script as {@code jboss-cli.sh --properties=… --file=…} does.
     *
     * @throws StartException if it fails
     */
    void run(String script, ServerOptions options) throws StartException, IOException, InterruptedException {
        run(server.configuration().resolve(script), List.of(), options);
    }

    /**
     * Changes the configuration of a server that does not run.
     *
     * @param base the server's folder
     * @throws StartException if one of the commands fails
     */
    void apply(List<String> commands, Path base, ServerOptions options)
            throws StartException, IOException, InterruptedException {
        List<String> script = new ArrayList<>();
        script.add("embed-server --server-config=standalone.xml");
        script.addAll(commands);
        script.add("stop-embedded-server");
        Path file = Files.write(options.work().resolve("settings.cli"), script);
        run(file, List.of("-Djboss.server.base.dir=" + base), options);
    }

    private void run(Path script, List<String> jvm, ServerOptions options)
            throws StartException, IOException, InterruptedException {
        Path work = Files.createDirectories(options.work());
        Path log = work.resolve(script.getFileName() + ".log");
        List<String> all = new ArrayList<>(jvm);
        all.add("-Djboss.modules.system.pkgs=com.sun.java.swing");
        var builder = new ProcessBuilder(server.java(
                all,
                List.of(
                        "org.jboss.as.cli",
                        "--properties=" + write(work.resolve("wildfly.properties"), options),
                        "--file=" + script)));
        builder.environment().put("JBOSS_HOME", server.home().toString());
        builder.directory(server.artifacts().toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        var process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        if (process.waitFor() != 0) {
            throw new StartException(script.getFileName() + " fails: see " + log);
        }
    }

    private static Path write(Path file, ServerOptions options) throws StartException, IOException {
        var properties = new Properties();
        properties.putAll(WildFly.properties(options));
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        return file;
    }

    private String fingerprint() throws IOException {
        List<Path> made = new ArrayList<>();
        made.add(server.artifacts().resolve("certrail-hook.jar"));
        try (Stream<Path> scripts = Files.list(server.configuration())) {
            scripts.filter(file -> file.toString().endsWith(".cli")).sorted().forEach(made::add);
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (Path file : made) {
                digest.update(Files.readAllBytes(file));
            }
            return new BigInteger(1, digest.digest()).toString(16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
