package io.certrail.scan.settings;

import io.certrail.scan.settings.Rule.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/** TLS listeners of Payara: {@code protocol} elements of a {@code domain.xml}, or commands that set their attributes. */
final class PayaraSettings {
    private static final String PREFIX = "set configs.config.server-config.network-config.protocols.protocol.";
    private static final Pattern COMMAND = Pattern.compile(
            "set configs\\.config\\.[\\w-]+\\.network-config\\.protocols\\.protocol\\.([\\w-]+)\\.([\\w.-]+)=(.*)");

    private static final List<String> OLD = List.of("ssl2-enabled", "ssl3-enabled", "tls-enabled", "tls11-enabled");

    private PayaraSettings() {}

    /** Those of a domain, without the administration's: nobody else's business comes there. */
    static List<Fault> domain(String file, Element domain) {
        List<Fault> faults = new ArrayList<>();
        for (Element config : Xml.below(domain, "config")) {
            if (config.getAttribute("name").equals("default-config")) {
                continue; // a template
            }
            for (Element protocol : Xml.below(config, "protocol")) {
                boolean tls = protocol.getAttribute("security-enabled").equals("true");
                if (tls && !protocol.getAttribute("name").contains("admin")) {
                    faults.addAll(faults(file, protocol.getAttribute("name"), attributes(protocol)));
                }
            }
        }
        return faults;
    }

    private static Map<String, String> attributes(Element protocol) {
        Map<String, String> values = new HashMap<>();
        for (String child : List.of("ssl", "http")) {
            for (Element element : Xml.below(protocol, child)) {
                NamedNodeMap attributes = element.getAttributes();
                for (int i = 0; i < attributes.getLength(); i++) {
                    values.put(
                            child + "." + attributes.item(i).getNodeName(),
                            attributes.item(i).getNodeValue());
                }
            }
        }
        return values;
    }

    /** Those that commands configure; what they leave out has Payara's default. */
    static List<Fault> commands(String file, String text) {
        Map<String, Map<String, String>> listeners = new TreeMap<>();
        for (String line : text.lines().toList()) {
            Matcher command = COMMAND.matcher(line.strip());
            if (command.matches()) {
                listeners
                        .computeIfAbsent(command.group(1), name -> new HashMap<>())
                        .put(command.group(2), command.group(3));
            }
        }
        List<Fault> faults = new ArrayList<>();
        listeners.forEach((name, values) -> faults.addAll(faults(file, name, values)));
        return faults;
    }

    private static List<Fault> faults(String file, String listener, Map<String, String> values) {
        String where = file + ", " + listener;
        String set = PREFIX + listener + ".ssl.";
        List<Fault> faults = new ArrayList<>();
        String auth = values.getOrDefault("ssl.client-auth", "");
        if (!auth.equals("need") && !Boolean.parseBoolean(values.get("ssl.client-auth-enabled"))) {
            faults.add(Rule.CLIENT_AUTH.fault(
                    where, said("client-auth", auth), "expected need", set + "client-auth=need"));
        }
        if (values.getOrDefault("ssl.crl-file", "").isBlank()) {
            faults.add(Rule.REVOCATION.fault(
                    where, said("crl-file", ""), "expected a file", set + "crl-file=/etc/certrail/crl.pem"));
        }
        if (values.getOrDefault("ssl.handshake-timeout-millis", "-1").equals("-1")) {
            faults.add(Rule.TIMEOUT.fault(
                    where,
                    said("handshake-timeout-millis", ""),
                    "the default is no limit",
                    set + "handshake-timeout-millis=5000"));
        }
        OLD.stream()
                .filter(old -> Boolean.parseBoolean(values.get("ssl." + old)))
                .map(old -> Rule.PROTOCOLS.fault(where, said(old, "true"), "expected false", set + old + "=false"))
                .forEach(faults::add);
        return faults;
    }

    private static String said(String name, String value) {
        return value.isEmpty() ? name + " is not set" : name + "=" + value;
    }
}
