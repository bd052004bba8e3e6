package io.certrail.dev;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The administrator's tool of a Payara Server, and scripts that use it. */
final class Asadmin {
    private final PayaraServer server;
    private final Path program;

    Asadmin(PayaraServer server) {
        this.server = server;
        program = server.distribution().resolve("bin").resolve("asadmin");
    }

    /**
     * Runs one command.
     *
     * @return what it printed
     * @throws StartException if it fails
     */
    List<String> run(List<String> arguments) throws StartException, IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("/bin/sh", program.toString(), "--interactive=false"));
        words.addAll(arguments);
        return execute(words);
    }

    /** Runs a script of server-config/payara-server. */
    List<String> script(String name, String... arguments) throws StartException, IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of("/bin/sh", server.configuration().resolve(name).toString()));
        words.addAll(List.of(arguments));
        return execute(words);
    }

    private List<String> execute(List<String> words) throws StartException, IOException, InterruptedException {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("ASADMIN", program.toString());
        builder.environment().put("AS_ADMIN_PORT", String.valueOf(server.adminPort()));
        builder.environment().put("AS_JAVA", System.getProperty("java.home"));
        var process = builder.start();
        process.getOutputStream().close();
        List<String> printed;
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            printed = lines.lines().toList();
        }
        if (process.waitFor() != 0) {
            throw new StartException(String.join(" ", words) + " failed: " + String.join(" ", printed));
        }
        return printed;
    }
}
