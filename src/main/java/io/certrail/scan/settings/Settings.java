package io.certrail.scan.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.scan.finding.Finding;
import io.certrail.scan.settings.Rule.Fault;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Configuration files, told apart by what they hold. */
public final class Settings {
    private Settings() {}

    /** What is to be found about the machine that this runs on. */
    public static List<Finding> ofThisMachine() {
        return new HostClock(Path.of("/"))
                .fault().stream()
                        .map(fault -> fault.rule().finding(List.of(fault)))
                        .toList();
    }

    /**
     * What is to be found in configuration files and about logs.
     *
     * @param files {@code domain.xml}, preboot commands, {@code standalone.xml}, Certrail's properties
     * @param logs files or trails whose permissions are looked at
     * @throws IOException if a file cannot be read, or is none of these
     */
    public static List<Finding> findings(List<Path> files, List<Path> logs) throws IOException {
        List<Fault> faults = new ArrayList<>();
        for (Path file : files) {
            faults.addAll(faults(file));
        }
        for (Path log : logs) {
            faults.addAll(Permissions.faults(log));
        }
        Map<Rule, List<Fault>> byRule = new EnumMap<>(Rule.class);
        faults.forEach(fault ->
                byRule.computeIfAbsent(fault.rule(), rule -> new ArrayList<>()).add(fault));
        return byRule.entrySet().stream()
                .map(each -> each.getKey().finding(each.getValue()))
                .toList();
    }

    private static List<Fault> faults(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder: name the configuration file in it");
        }
        byte[] bytes = Files.readAllBytes(file);
        String name = String.valueOf(file.getFileName());
        String ascii = new String(bytes, ISO_8859_1); // whose encoding XML tells itself
        if (ascii.contains("<network-config")) {
            return PayaraSettings.domain(name, Xml.parse(file, bytes));
        }
        if (ascii.contains("urn:jboss:domain:")) {
            return WildFlySettings.faults(name, Xml.parse(file, bytes));
        }
        return faults(file, name, text(file, bytes));
    }

    private static String text(Path file, byte[] bytes) throws IOException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw unknown(file);
        }
    }

    private static List<Fault> faults(Path file, String name, String text) throws IOException {
        if (text.lines().anyMatch(line -> line.startsWith("set configs."))) {
            return PayaraSettings.commands(name, text);
        }
        if (text.lines().anyMatch(line -> line.strip().startsWith("certrail."))) {
            return CertrailRules.faults(name, properties(file, text));
        }
        throw unknown(file);
    }

    private static Properties properties(Path file, String text) throws IOException {
        var values = new Properties();
        try {
            values.load(new StringReader(text));
            return values;
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file + " is no properties file: " + e.getMessage() + "; a backslash is written twice", e);
        }
    }

    private static IOException unknown(Path file) {
        return new IOException(file + " is no configuration that is known: expected Payara's domain.xml or preboot"
                + " commands, WildFly's standalone.xml, or properties of Certrail's");
    }
}
