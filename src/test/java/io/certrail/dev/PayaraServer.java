package io.certrail.dev;

import io.certrail.dev.ServerOptions.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Payara Server: a copy of a domain that server-config/payara-server/install.sh configured once for this build. Each start
 * says by system properties what differs, and deploys.
 *
 * @param distribution Payara Server, unpacked
 * @param configuration folder with {@code install.sh}
 * @param store where the configured domain is kept
 * @param adminPort on loopback
 */
public record PayaraServer(Path distribution, Path configuration, Path store, int adminPort) implements Product {
    static final String DOMAIN = "domain1";

    public PayaraServer {
        distribution = distribution.toAbsolutePath();
        configuration = configuration.toAbsolutePath();
        store = store.toAbsolutePath();
    }

    @Override
    public String title() {
        return "Payara Server";
    }

    @Override
    public Speech speech() {
        return Speech.PAYARA_SERVER;
    }

    @Override
    public List<Integer> otherPorts() {
        return List.of(adminPort);
    }

    @Override
    public List<String> command(ServerOptions options, Path watch)
            throws StartException, IOException, InterruptedException {
        Path configured = new ConfiguredDomain(this).get(options);
        Path domains = options.work().resolve("domains");
        Folders.delete(domains);
        Folders.copy(configured, domains.resolve(DOMAIN));
        List<String> commands = new ArrayList<>();
        for (Deployment deployment : options.deployments()) {
            commands.add("deploy --name=" + deployment.name() + " --contextroot=" + deployment.contextRoot() + " \""
                    + deployment.war() + "\"");
        }
        return command(options, watch, domains, List.of(), commands);
    }

    /** The command of a domain, with administrator's commands before and after its services start. */
    List<String> command(ServerOptions options, Path watch, Path domains, List<String> before, List<String> after)
            throws StartException, IOException, InterruptedException {
        List<String> last = new ArrayList<>(after);
        last.add("uptime"); // its record tells that the others are done
        var dryRun = List.of(
                "start-domain",
                "--domaindir=" + domains,
                "--prebootcommandfile=" + Files.write(options.work().resolve("preboot.txt"), before),
                "--postbootcommandfile=" + Files.write(options.work().resolve("postboot.txt"), last),
                "--dry-run",
                DOMAIN);
        return started(new Asadmin(this).run(dryRun), options, watch);
    }

    /** Of what asadmin would start, with the agent, and without the master password on standard input. */
    private List<String> started(List<String> told, ServerOptions options, Path watch) throws StartException {
        List<String> words = new ArrayList<>(told.stream()
                .dropWhile(line -> !line.endsWith("/java"))
                .takeWhile(line -> !line.isEmpty())
                .toList());
        int main = words.indexOf("com.sun.enterprise.glassfish.bootstrap.ASMain");
        int input = words.indexOf("-read-stdin");
        if (main < 0 || input < 0) {
            throw new StartException("asadmin does not tell how it starts a domain: " + told);
        }
        words.set(input + 1, "false");
        words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        List<String> more = new ArrayList<>(options.jvmArguments());
        more.add("-javaagent:" + watch);
        properties(options).forEach((key, value) -> more.add("-D" + key + "=" + value));
        words.addAll(main, more);
        return List.copyOf(words);
    }

    private Map<String, String> properties(ServerOptions options) throws StartException {
        Map<String, String> all = new LinkedHashMap<>(options.properties());
        all.put(PayaraMicro.FRESH_FRAMES, "true");
        all.put("tls.port", String.valueOf(options.httpsPort()));
        all.put("tls.keystore", options.pki().server().toString());
        all.put("tls.truststore", options.pki().truststore().toString());
        all.put("admin.port", String.valueOf(adminPort));
        return all;
    }
}
