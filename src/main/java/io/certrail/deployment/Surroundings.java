package io.certrail.deployment;

import io.certrail.event.NamedValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What runs here, as {@code audit.started} tells it.
 *
 * @param version Certrail's
 */
record Surroundings(String version) {
    private static final String RESOURCE = "certrail.properties";

    static Surroundings here() {
        return new Surroundings(ownVersion());
    }

    List<NamedValue> details() {
        List<NamedValue> details = new ArrayList<>();
        details.add(new NamedValue("version", version));
        details.add(new NamedValue("java", Runtime.version().toString()));
        details.add(new NamedValue("pid", Long.toString(ProcessHandle.current().pid())));
        return details;
    }

    private static String ownVersion() {
        Properties built = new Properties();
        try (InputStream in = Surroundings.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The build is incomplete: " + RESOURCE + " is missing");
            }
            built.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return built.getProperty("version", "unknown");
    }
}
