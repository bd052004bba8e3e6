package io.certrail.scan.probe;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is probed, and nothing else.
 *
 * @param host as the user named it
 * @param paths of resources for the probes that need one
 */
public record Target(String host, int port, Paths paths) {
    private static final int HTTPS = 443;

    public Target {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + ": expected 1 to 65535");
        }
    }

    /**
     * Reads {@code https://host:port}; a path in it is that of a resource which the good client may get.
     *
     * @throws IllegalArgumentException if it is none, with what was expected
     */
    public static Target of(String url, Paths paths) {
        URI uri = URI.create(url);
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(url + ": expected https://host:port");
        }
        String path = uri.getRawPath();
        Paths all = path == null || path.isEmpty() || path.equals("/") ? paths : paths.withAllowed(path);
        return new Target(unbracketed(uri.getHost()), uri.getPort() < 0 ? HTTPS : uri.getPort(), all);
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    public String url() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return "https://" + name + ":" + port;
    }

    String authority() {
        return url().substring("https://".length());
    }

    /**
     * Resources of the target.
     *
     * @param allowed one that the good client may get
     * @param forbidden one that it may not
     * @param json one that takes JSON by POST, and will be sent a broken one
     * @param failing one that answers GET with 500
     */
    public record Paths(String allowed, @Nullable String forbidden, @Nullable String json, @Nullable String failing) {
        public static final Paths ROOT = new Paths("/", null, null, null);

        /** Certrail's own application, at the root. */
        public static final Paths CERTRAIL = ofCertrailAt("");

        /**
         * Certrail's own application.
         *
         * @param context where it is deployed: empty, or {@code /name}
         */
        public static Paths ofCertrailAt(String context) {
            return new Paths(context + "/api/whoami", context + "/api/entries", context + "/api/events", null);
        }

        Paths withAllowed(String path) {
            return new Paths(path, forbidden, json, failing);
        }

        Optional<String> forbiddenPath() {
            return Optional.ofNullable(forbidden);
        }

        Optional<String> jsonPath() {
            return Optional.ofNullable(json);
        }

        Optional<String> failingPath() {
            return Optional.ofNullable(failing);
        }
    }
}
