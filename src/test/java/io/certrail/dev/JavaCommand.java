package io.certrail.dev;

import io.certrail.dev.ServerOptions.Deployment;
import io.certrail.dev.pki.PkiFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts a server: what server-config/payara-micro/README.md tells to type, with the blanks filled in. */
final class JavaCommand {
    private final List<String> words = new ArrayList<>();

    private JavaCommand() {}

    /**
     * The words of the command.
     *
     * @param alias of the server's key in {@code server.p12}
     * @param watch the agent that stops the server when its parent is gone
     */
    static List<String> of(ServerOptions options, String alias, Path watch) {
        var command = new JavaCommand();
        command.words.add(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.jvm(options, watch);
        command.tls(options, alias);
        options.systemProperties().forEach(command::property);
        command.server(options);
        return List.copyOf(command.words);
    }

    private void jvm(ServerOptions options, Path watch) {
        words.add("-javaagent:" + watch);
        words.addAll(options.jvmArguments());
    }

    private void tls(ServerOptions options, String alias) {
        var pki = options.pki();
        store("javax.net.ssl.keyStore", pki.server());
        store("javax.net.ssl.trustStore", pki.truststore());
        property("tls.address", options.address());
        property("tls.alias", alias);
        property("tls.crl", pki.crl().toString());
        property("http.threads", String.valueOf(options.httpThreads()));
    }

    private void store(String key, Path file) {
        property(key, file.toString());
        property(key + "Type", "PKCS12");
        property(key + "Password", PkiFolder.PASSWORD);
    }

    private void property(String key, String value) {
        words.add("-D" + key + "=" + value);
    }

    private void server(ServerOptions options) {
        Path configuration = options.configuration();
        words.addAll(List.of("-jar", options.microJar().toString(), "--nocluster", "--disablephonehome"));
        words.addAll(List.of("--rootdir", options.work().resolve("payara").toString()));
        words.addAll(List.of("--sslport", String.valueOf(options.httpsPort())));
        words.addAll(List.of(
                "--prebootcommandfile", configuration.resolve("preboot.txt").toString()));
        words.addAll(List.of(
                "--postbootcommandfile", configuration.resolve("postboot.txt").toString()));
        words.addAll(List.of(
                "--logproperties", configuration.resolve("logging.properties").toString()));
        for (Deployment deployment : options.deployments()) {
            words.addAll(List.of("--deploy", deployment.war() + ":" + deployment.contextRoot()));
        }
    }
}
