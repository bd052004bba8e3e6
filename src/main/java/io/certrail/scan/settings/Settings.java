package io.certrail.scan.settings;

import io.certrail.scan.finding.Finding;
import io.certrail.scan.settings.Rule.Fault;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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
            faults.addAll(faults(file, text(file)));
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

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw unknown(file);
        }
    }

    private static List<Fault> faults(Path file, String text) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (text.contains("<network-config")) {
            return PayaraSettings.domain(name, Xml.parse(file, text));
        }
        if (text.contains("urn:jboss:domain:")) {
            return WildFlySettings.faults(name, Xml.parse(file, text));
        }
        if (text.lines().anyMatch(line -> line.startsWith("set configs."))) {
            return PayaraSettings.commands(name, text);
        }
        if (text.lines().anyMatch(line -> line.strip().startsWith("certrail."))) {
            return CertrailRules.faults(name, text);
        }
        throw unknown(file);
    }

    private static IOException unknown(Path file) {
        return new IOException(file + " is no configuration that is known: expected Payara's domain.xml or preboot"
                + " commands, WildFly's standalone.xml, or properties of Certrail's");
    }
}
