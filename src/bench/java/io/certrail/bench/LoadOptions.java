package io.certrail.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a load is to be. Exactly one of {@code requests}, {@code handshakes} and {@code seconds} is positive.
 *
 * @param pki folder with {@code truststore.p12} and {@code clients/NAME.p12}
 * @param clients names of the client certificates, used in turns; {@code none} is no certificate
 * @param requests how many in all, over {@code connections} connections
 * @param handshakes how many new connections, each with a full handshake, by {@code connections} threads
 * @param seconds how long to send requests
 * @param silent handshakes only, without a request each
 */
record LoadOptions(
        String host,
        int port,
        String path,
        Path pki,
        List<String> clients,
        int requests,
        int handshakes,
        int seconds,
        int connections,
        boolean silent) {
    /** Name of the client that has no certificate. */
    static final String NO_CERTIFICATE = "none";

    private static final String[] NAMES = {
        "host", "port", "path", "pki", "clients", "requests", "handshakes", "seconds", "connections", "silent"
    };

    LoadOptions {
        int kinds = (requests > 0 ? 1 : 0) + (handshakes > 0 ? 1 : 0) + (seconds > 0 ? 1 : 0);
        if (kinds != 1) {
            throw new IllegalArgumentException("say one of --requests N, --handshakes N, --seconds N");
        }
        if (connections < 1 || clients.isEmpty() || port < 1 || !path.startsWith("/")) {
            throw new IllegalArgumentException(
                    "expected --connections of at least 1, --clients NAME,…, --port, and --path from /");
        }
    }

    /** From {@code --name value} pairs; what is not given is looked up as {@code load.name}. */
    static LoadOptions parse(String[] arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].replaceFirst("^--", "");
            if (!List.of(NAMES).contains(name) || i + 1 == arguments.length) {
                throw new IllegalArgumentException(
                        arguments[i] + ": expected --NAME VALUE, NAME one of " + String.join(" ", NAMES));
            }
            System.setProperty("load." + name, arguments[i + 1]);
        }
        return fromProperties();
    }

    static LoadOptions fromProperties() {
        return new LoadOptions(
                Settings.text("load.host", "127.0.0.1"),
                Settings.number("load.port", 8443),
                Settings.text("load.path", "/api/whoami"),
                Path.of(Settings.text("load.pki", "target/pki")),
                names(Settings.text("load.clients", "alice")),
                Settings.number("load.requests", 0),
                Settings.number("load.handshakes", 0),
                Settings.number("load.seconds", 0),
                Settings.number("load.connections", 16),
                Settings.flag("load.silent"));
    }

    /** {@code a*3,b} is a, a, a, b. */
    private static List<String> names(String list) {
        List<String> names = new ArrayList<>();
        for (String item : list.split(",")) {
            String[] parts = item.split("\\*");
            int times = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
            for (int i = 0; i < times; i++) {
                names.add(parts[0]);
            }
        }
        return List.copyOf(names);
    }
}
