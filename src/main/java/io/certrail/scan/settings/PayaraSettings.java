package io.certrail.scan.settings;

import io.certrail.scan.settings.Rule.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/** TLS listeners of Payara: {@code protocol} elements of a {@code domain.xml}, or commands that set their attributes. */
final class PayaraSettings {
    private static final Pattern COMMAND = Pattern.compile("set configs\\.config\\.(?<config>[\\w-]+)\\.network-config"
            + "\\.protocols\\.protocol\\.(?<protocol>[\\w-]+)\\.(?<attribute>[\\w.-]+)=(?<value>.*)");
    private static final String SECURITY = "security-enabled";
    /** What new configurations are made of: nobody connects there. */
    private static final String TEMPLATE = "default-config";

    private static final List<String> OLD = List.of("ssl2-enabled", "ssl3-enabled", "tls-enabled", "tls11-enabled");

    private PayaraSettings() {}

    /** A protocol of a configuration. */
    private record Listener(String config, String name) {
        /** Not the administration's: nobody else's business comes there. */
        boolean isClients() {
            return !config.equals(TEMPLATE) && !name.contains("admin");
        }

        String command(String attribute) {
            return "set configs.config." + config + ".network-config.protocols.protocol." + name + ".ssl." + attribute;
        }
    }

    /** Those of a domain. */
    static List<Fault> domain(String file, Element domain) {
        List<Fault> faults = new ArrayList<>();
        for (Element config : Xml.below(domain, "config")) {
            for (Element protocol : Xml.below(config, "protocol")) {
                var listener = new Listener(config.getAttribute("name"), protocol.getAttribute("name"));
                if (listener.isClients() && Expression.mayBeTrue(protocol.getAttribute(SECURITY))) {
                    faults.addAll(faults(file, listener, attributes(protocol)));
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

    /** Those whose TLS commands configure; what they leave out has Payara's default. */
    static List<Fault> commands(String file, String text) {
        Map<Listener, Map<String, String>> listeners = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            Matcher command = COMMAND.matcher(line.strip());
            if (command.matches()) {
                listeners
                        .computeIfAbsent(
                                new Listener(command.group("config"), command.group("protocol")),
                                listener -> new HashMap<>())
                        .put(command.group("attribute"), command.group("value"));
            }
        }
        List<Fault> faults = new ArrayList<>();
        listeners.forEach((listener, values) -> {
            if (listener.isClients() && isTls(values)) {
                faults.addAll(faults(file, listener, values));
            }
        });
        return faults;
    }

    /** Whether commands that set these attributes are about TLS: those of a plain listener set none of them. */
    private static boolean isTls(Map<String, String> values) {
        boolean configured = values.keySet().stream().anyMatch(name -> name.startsWith("ssl."));
        return Expression.mayBeTrue(values.getOrDefault(SECURITY, Boolean.toString(configured)));
    }

    private static List<Fault> faults(String file, Listener listener, Map<String, String> values) {
        String where = file + ", " + listener.name();
        List<Fault> faults = new ArrayList<>();
        String auth = Expression.value(values.get("ssl.client-auth"), "need");
        if (!auth.equals("need") && !Expression.mayBeTrue(values.get("ssl.client-auth-enabled"))) {
            faults.add(Rule.CLIENT_AUTH.fault(
                    where, said("client-auth", auth), "expected need", listener.command("client-auth=need")));
        }
        if (!Expression.isSet(values.get("ssl.crl-file"))) {
            faults.add(Rule.REVOCATION.fault(
                    where,
                    said("crl-file", ""),
                    "expected a file",
                    listener.command("crl-file=/etc/certrail/crl.pem")));
        }
        String timeout = Expression.value(values.get("ssl.handshake-timeout-millis"), "set");
        if (timeout.isEmpty() || timeout.equals("-1")) {
            faults.add(Rule.TIMEOUT.fault(
                    where,
                    said("handshake-timeout-millis", ""),
                    "the default is no limit",
                    listener.command("handshake-timeout-millis=5000")));
        }
        OLD.stream()
                .filter(old -> Boolean.parseBoolean(Expression.value(values.get("ssl." + old), "false")))
                .map(old -> Rule.PROTOCOLS.fault(
                        where, said(old, "true"), "expected false", listener.command(old + "=false")))
                .forEach(faults::add);
        return faults;
    }

    private static String said(String name, String value) {
        return value.isEmpty() ? name + " is not set" : name + "=" + value;
    }
}
