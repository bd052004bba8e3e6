package io.certrail.dev;

import io.certrail.dev.ServerOptions.Deployment;
import io.certrail.dev.pki.PkiFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * WildFly: a folder of its own for each server, with the configuration that server-config/wildfly/install.cli made once for
 * this build. The command is what {@code standalone.sh} makes of its options, without the shell between, which would keep
 * signals and the exit code to itself. The context root of an application is what its {@code jboss-web.xml} says.
 *
 * @param home WildFly, unpacked
 * @param configuration folder with {@code install.cli}
 * @param artifacts folder with {@code certrail.war} and {@code certrail-hook.jar}
 * @param settings what an administrator says besides, in the words of a script for {@code jboss-cli}
 */
public record WildFly(Path home, Path configuration, Path artifacts, List<String> settings) implements Product {
    /** What WildFly opens for itself on a JDK with modules: setDefaultModularJvmOptions of bin/common.sh. */
    private static final List<String> MODULAR = Stream.concat(
                    Stream.of(
                                    "java.desktop/sun.awt",
                                    "java.naming/com.sun.jndi.ldap",
                                    "java.naming/com.sun.jndi.url.ldap",
                                    "java.naming/com.sun.jndi.url.ldaps",
                                    "jdk.naming.dns/com.sun.jndi.dns")
                            .map(packages -> "--add-exports=" + packages + "=ALL-UNNAMED"),
                    Stream.of(
                                    "java.base/java.lang",
                                    "java.base/java.lang.invoke",
                                    "java.base/java.lang.reflect",
                                    "java.base/java.io",
                                    "java.base/java.net",
                                    "java.base/java.security",
                                    "java.base/java.util",
                                    "java.base/java.util.concurrent",
                                    "java.management/javax.management",
                                    "java.naming/javax.naming")
                            .map(packages -> "--add-opens=" + packages + "=ALL-UNNAMED"))
            .toList();

    public WildFly {
        home = home.toAbsolutePath();
        configuration = configuration.toAbsolutePath();
        artifacts = artifacts.toAbsolutePath();
        settings = List.copyOf(settings);
    }

    /** As install.cli leaves it. */
    public WildFly(Path home, Path configuration, Path artifacts) {
        this(home, configuration, artifacts, List.of());
    }

    /** The same with other settings. */
    public WildFly with(List<String> commands) {
        return new WildFly(home, configuration, artifacts, commands);
    }

    @Override
    public String title() {
        return "WildFly";
    }

    @Override
    public Speech speech() {
        return Speech.WILDFLY;
    }

    @Override
    public List<String> command(ServerOptions options, Path watch)
            throws StartException, IOException, InterruptedException {
        ConfiguredWildFly scripts = new ConfiguredWildFly(this);
        Path configured = scripts.get(options);
        Path base = options.work().resolve("wildfly");
        Folders.delete(base);
        Folders.copy(configured, base.resolve("configuration"));
        if (!settings.isEmpty()) {
            scripts.apply(settings, base, options);
        }
        Path applications = Files.createDirectory(base.resolve("deployments"));
        for (Deployment deployment : options.deployments()) {
            Files.copy(
                    deployment.war(),
                    applications.resolve(deployment.war().getFileName().toString()));
        }
        List<String> words = new ArrayList<>();
        words.add("-javaagent:" + watch);
        words.addAll(options.jvmArguments());
        words.add("-Dlogging.configuration="
                + base.resolve("configuration/logging.properties").toUri());
        words.add("-Dorg.jboss.boot.log.file=" + base.resolve("log/server.log"));
        words.add("-Dorg.jboss.logmanager.nocolor=true");
        properties(options).forEach((key, value) -> words.add("-D" + key + "=" + value));
        return java(
                words,
                List.of("org.jboss.as.standalone", "-Djboss.home.dir=" + home, "-Djboss.server.base.dir=" + base));
    }

    /** The command of a JVM with one of WildFly's modules. */
    List<String> java(List<String> options, List<String> module) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(MODULAR);
        words.addAll(options);
        words.addAll(List.of("-jar", home.resolve("jboss-modules.jar").toString()));
        words.addAll(List.of("-mp", home.resolve("modules").toString()));
        words.addAll(module);
        return List.copyOf(words);
    }

    /** What wildfly.properties holds in production, and what the tests choose. */
    static Map<String, String> properties(ServerOptions options) throws StartException {
        Map<String, String> all = new LinkedHashMap<>(options.properties());
        all.put("jboss.bind.address", options.address());
        all.put("jboss.https.port", String.valueOf(options.httpsPort()));
        all.put("jboss.tx.node.id", "certrail");
        all.put("java.net.preferIPv4Stack", "true");
        all.put("tls.keystore", options.pki().server().toString());
        all.put("tls.keystore.password", PkiFolder.PASSWORD);
        all.put("tls.truststore", options.pki().truststore().toString());
        all.put("tls.truststore.password", PkiFolder.PASSWORD);
        return all;
    }
}
