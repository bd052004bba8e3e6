package io.certrail.bench;

import io.certrail.bench.app.IdleFilter;
import io.certrail.bench.app.PingApplication;
import io.certrail.bench.app.PingResource;
import io.certrail.bench.naive.NaiveFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** What is compared: the same application, and what keeps its log. */
enum Variant {
    BARE("bare", "nothing: the application alone, with CDI"),
    TWIN("twin", "nothing, once more: the noise floor"),
    PLAIN("plain", "nothing, and no CDI either"),
    FILTER("filter", "a servlet filter that does nothing"),
    HOOK("hook", "the hook in the server, and nobody who listens to it"),
    NONE("none", "Certrail, durability none: records are queued"),
    ANSWER("answer", "Certrail, durability answer: each answer waits for its record"),
    NAIVE("naive", "filter: JSON-B string, synchronised write"),
    NAIVE_FORCE("naive-force", "the same filter, and a force per record");

    /** The request that all serve. */
    static final String PATH = "/api/ping";

    /** In a record; before the application is there the answers are others. */
    private static final Pattern ANSWERED = Pattern.compile("\"status(_code)?\":200\\b");

    private final String id;
    private final String description;

    Variant(String id, String description) {
        this.id = id;
        this.description = description;
    }

    String id() {
        return id;
    }

    String description() {
        return description;
    }

    boolean certrail() {
        return this == NONE || this == ANSWER;
    }

    private boolean naive() {
        return this == NAIVE || this == NAIVE_FORCE;
    }

    /** Whether the server has the hook, where there is one. */
    boolean hook() {
        return this == HOOK || certrail();
    }

    /** Those chosen by {@code bench.variants}, without Certrail's where it has not been built. */
    static List<Variant> chosen(Platform platform) {
        String ids = Settings.text("bench.variants", "");
        List<Variant> chosen = ids.isEmpty()
                ? Stream.of(values())
                        .filter(variant -> variant != HOOK || platform.hasHook())
                        .toList()
                : Arrays.stream(ids.split(",")).map(Variant::of).toList();
        if (chosen.contains(HOOK) && !platform.hasHook()) {
            throw new IllegalArgumentException("bench.variants: no variant hook on " + platform.name());
        }
        if (Files.exists(embed())) {
            return chosen;
        }
        System.out.printf("%s is not there: the variants with Certrail are left out%n", embed());
        return chosen.stream().filter(variant -> !variant.certrail()).toList();
    }

    private static Variant of(String id) {
        return Stream.of(values())
                .filter(variant -> variant.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("bench.variants: no variant " + id));
    }

    private static Path embed() {
        return Path.of(Settings.text("bench.embed", "target/certrail-embed.jar"));
    }

    /** The server's system properties. */
    Map<String, String> properties(Path home) {
        if (certrail()) {
            return Map.of(
                    "certrail.durability",
                    id,
                    "certrail.trail.folder",
                    home.resolve("trail").toString());
        }
        return naive()
                ? Map.of(
                        "bench.naive.file",
                        home.resolve("naive.log").toString(),
                        "bench.naive.force",
                        String.valueOf(this == NAIVE_FORCE))
                : Map.of();
    }

    /** How many answered requests are on record, or -1 where nobody kept any. */
    long records(Path home) throws IOException {
        if (!certrail() && !naive()) {
            return -1;
        }
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> file.toString().endsWith(".jsonl") || file.endsWith("naive.log"))
                    .mapToLong(Variant::requestLines)
                    .sum();
        }
    }

    private static long requestLines(Path file) {
        // ISO 8859-1: names and values asked for are ASCII, and no byte is malformed
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains("\"http.request\"")
                            && ANSWERED.matcher(line).find())
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the application to deploy. */
    void war(Path file) throws IOException {
        try (JarOutputStream war = new JarOutputStream(Files.newOutputStream(file))) {
            addClass(war, PingApplication.class);
            addClass(war, PingResource.class);
            war.putNextEntry(new ZipEntry("WEB-INF/jboss-web.xml"));
            war.write("<jboss-web><context-root>/</context-root></jboss-web>".getBytes(StandardCharsets.UTF_8));
            war.closeEntry();
            if (this != PLAIN) {
                war.putNextEntry(new ZipEntry("WEB-INF/beans.xml")); // Certrail's jar brings one: CDI is on for all
                war.closeEntry();
            }
            if (this == FILTER) {
                addClass(war, IdleFilter.class);
            }
            if (naive()) {
                addClass(war, NaiveFilter.class);
            }
            if (certrail()) {
                war.putNextEntry(new ZipEntry("WEB-INF/lib/certrail-embed.jar"));
                Files.copy(embed(), war);
                war.closeEntry();
            }
        }
    }

    private static void addClass(JarOutputStream war, Class<?> type) throws IOException {
        String path = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("no class file " + path);
            }
            war.putNextEntry(new ZipEntry("WEB-INF/classes/" + path));
            in.transferTo(war);
            war.closeEntry();
        }
    }
}
