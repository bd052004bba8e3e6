package io.certrail.dev;

import io.certrail.dev.ServerOptions.Deployment;
import io.certrail.dev.pki.PkiFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Payara Micro: the command is what server-config/payara-micro/README.md tells to type, with the blanks filled in.
 *
 * @param jar Payara Micro
 * @param configuration folder with {@code preboot.txt}, {@code postboot.txt} and {@code logging.properties}
 */
public record PayaraMicro(Path jar, Path configuration) implements Product {
    /** Payara's HTTP/2 makes its frames anew, see server-config/payara-micro/README.md. */
    static final String FRESH_FRAMES = "org.glassfish.grizzly.http2.frames.Http2Frame.dont-recycle";

    public PayaraMicro {
        jar = jar.toAbsolutePath();
        configuration = configuration.toAbsolutePath();
    }

    @Override
    public String title() {
        return "Payara Micro";
    }

    @Override
    public Speech speech() {
        return Speech.PAYARA_MICRO;
    }

    @Override
    public List<String> command(ServerOptions options, Path watch) throws StartException, IOException {
        Path root = options.work().resolve("payara");
        Folders.delete(root);
        Files.createDirectories(root);
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-javaagent:" + watch);
        words.addAll(options.jvmArguments());
        store(words, "javax.net.ssl.keyStore", options.pki().server());
        store(words, "javax.net.ssl.trustStore", options.pki().truststore());
        property(words, FRESH_FRAMES, "true");
        options.properties().forEach((key, value) -> property(words, key, value));
        words.addAll(List.of("-jar", jar.toString(), "--nocluster", "--disablephonehome"));
        words.addAll(List.of("--rootdir", root.toString(), "--sslport", String.valueOf(options.httpsPort())));
        words.addAll(List.of("--prebootcommandfile", configured("preboot.txt")));
        words.addAll(List.of("--postbootcommandfile", configured("postboot.txt")));
        words.addAll(List.of("--logproperties", configured("logging.properties")));
        for (Deployment deployment : options.deployments()) {
            words.addAll(List.of("--deploy", deployment.war() + ":" + deployment.contextRoot()));
        }
        return List.copyOf(words);
    }

    private String configured(String name) {
        return configuration.resolve(name).toString();
    }

    private static void store(List<String> words, String key, Path file) {
        property(words, key, file.toString());
        property(words, key + "Type", "PKCS12");
        property(words, key + "Password", PkiFolder.PASSWORD);
    }

    private static void property(List<String> words, String key, String value) {
        words.add("-D" + key + "=" + value);
    }
}
