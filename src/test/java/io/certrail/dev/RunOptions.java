package io.certrail.dev;

import io.certrail.dev.pki.PkiFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What Maven's command line says: {@code -Dhttps.port}, {@code -Dadmin.port}, {@code -Dpki}, {@code -Dtrail}, {@code
 * -Djvm.args}, and every {@code -Dcertrail.*}, which is passed on to the server.
 *
 * @param build Maven's build folder
 * @param product which server
 * @param trail where the records are written
 * @param certrail system properties for the server, without the trail's folder
 */
record RunOptions(
        Path build,
        Product product,
        int httpsPort,
        PkiFolder pki,
        Path trail,
        List<String> jvmArguments,
        Map<String, String> certrail) {
    private static final String TRAIL_FOLDER = "certrail.trail.folder";
    private static final int DEFAULT_PORT = 8443;
    private static final int ADMIN_PORT = 4848;
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|[^\\s\"])+");

    /** Relative folders are the caller's, as in a shell. */
    static RunOptions of(Path project, Path build, String server, Map<String, String> properties)
            throws StartException {
        Map<String, String> certrail = new TreeMap<>(properties);
        certrail.keySet().removeIf(key -> !key.startsWith("certrail."));
        String given = certrail.remove(TRAIL_FOLDER);
        String trail = properties.getOrDefault("trail", given);
        String pki = properties.get("pki");
        return new RunOptions(
                build,
                Products.named(server, project, build, port("admin.port", properties, ADMIN_PORT)),
                port("https.port", properties, DEFAULT_PORT),
                new PkiFolder(pki == null ? build.resolve("pki") : Path.of(pki)),
                (trail == null ? build.resolve("trail") : Path.of(trail))
                        .toAbsolutePath()
                        .normalize(),
                words(properties.getOrDefault("jvm.args", "")),
                certrail);
    }

    private static int port(String key, Map<String, String> properties, int otherwise) throws StartException {
        String text = properties.getOrDefault(key, String.valueOf(otherwise));
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 1 && port <= HIGHEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // The same answer as for a number out of range.
        }
        throw new StartException("-D" + key + "=" + text + " is no port: give a number from 1 to " + HIGHEST_PORT);
    }

    /** At spaces, save those between double quotes. */
    private static List<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(word -> word.group().replace("\"", ""))
                .toList();
    }

    ServerOptions server() {
        var options = ServerOptions.of(product, build.resolve("run"), pki, httpsPort)
                .deploy(build.resolve("certrail.war"), "/")
                .jvmArguments(jvmArguments)
                .trail(trail);
        for (var property : certrail.entrySet()) {
            options = options.property(property.getKey(), property.getValue());
        }
        return options;
    }
}
