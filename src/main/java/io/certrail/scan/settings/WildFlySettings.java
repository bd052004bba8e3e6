package io.certrail.scan.settings;

import io.certrail.scan.settings.Rule.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/** TLS listeners of WildFly: {@code https-listener}, its {@code server-ssl-context} and {@code trust-manager}. */
final class WildFlySettings {
    private static final String HOOK = "io.certrail.hook";
    private static final String INITIAL = "initial-providers";
    private static final String GOOD = "TLSv1.3 TLSv1.2";

    private final String file;
    private final Element server;
    private final List<Fault> faults = new ArrayList<>();

    private WildFlySettings(String file, Element server) {
        this.file = file;
        this.server = server;
    }

    static List<Fault> faults(String file, Element server) {
        var settings = new WildFlySettings(file, server);
        Xml.below(server, "https-listener").forEach(settings::listener);
        settings.hook();
        return settings.faults;
    }

    private void listener(Element listener) {
        // without it a minute, by ListenerResourceDefinition of WildFly 39
        timeout(listener, "no-request-timeout", "60000", "an idle connection is kept");
        timeout(listener, "request-parse-timeout", "", "half a head is waited for");
        named("server-ssl-context", listener.getAttribute("ssl-context")).ifPresent(this::context);
    }

    /** Undertow takes a negative time for none. */
    private void timeout(Element listener, String attribute, String ifAbsent, String note) {
        String written = listener.getAttribute(attribute);
        String value =
                Expression.value(written.isBlank() ? ifAbsent : written, "set").strip();
        if (value.isEmpty() || value.startsWith("-")) {
            String name = listener.getAttribute("name");
            faults.add(Rule.TIMEOUT.fault(
                    file + ", https-listener " + name,
                    value.isEmpty() ? attribute + " is not set" : attribute + "=" + value,
                    note,
                    "/subsystem=undertow/server=default-server/https-listener=" + name + ":write-attribute(name="
                            + attribute + ", value=5000)"));
        }
    }

    private Optional<Element> named(String element, String name) {
        return Xml.below(server, element).stream()
                .filter(each -> each.getAttribute("name").equals(name))
                .findFirst();
    }

    private void context(Element context) {
        String where = file + ", server-ssl-context " + context.getAttribute("name");
        String cli = "/subsystem=elytron/server-ssl-context=" + context.getAttribute("name") + ":write-attribute(name=";
        if (!Expression.mayBeTrue(context.getAttribute("need-client-auth"))) {
            faults.add(Rule.CLIENT_AUTH.fault(
                    where, "need-client-auth is not true", "expected true", cli + "need-client-auth, value=true)"));
        }
        String protocols = Expression.value(context.getAttribute("protocols"), GOOD);
        if (protocols.isEmpty() || (" " + protocols + " ").matches(".* (SSLv2|SSLv3|TLSv1|TLSv1\\.1) .*")) {
            faults.add(Rule.PROTOCOLS.fault(
                    where,
                    protocols.isEmpty() ? "protocols is not set" : "protocols=" + protocols,
                    "expected " + GOOD,
                    cli + "protocols, value=[TLSv1.3, TLSv1.2])"));
        }
        if (!Expression.isSet(context.getAttribute("cipher-suite-names"))) {
            faults.add(Rule.PROTOCOLS.fault(
                    where,
                    "cipher-suite-names is not set",
                    "without it TLS 1.3 never happens",
                    cli + "cipher-suite-names, value=TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256)"));
        }
        revocation(where, context.getAttribute("trust-manager"));
    }

    private void revocation(String where, String trustManager) {
        boolean checked = named("trust-manager", trustManager)
                .filter(each -> !Xml.below(each, "certificate-revocation-list").isEmpty()
                        || !Xml.below(each, "certificate-revocation-lists").isEmpty()
                        || !Xml.below(each, "ocsp").isEmpty())
                .isPresent();
        if (!checked) {
            faults.add(
                    Rule.REVOCATION.fault(
                            where,
                            "trust-manager " + trustManager + " has neither revocation lists nor OCSP",
                            "expected one of them",
                            "/subsystem=elytron/trust-manager=" + trustManager
                                    + ":write-attribute(name=certificate-revocation-list, value={path=/etc/certrail/crl.pem})"));
        }
    }

    private void hook() {
        Set<String> used = new HashSet<>();
        Xml.below(server, "subsystem").forEach(each -> use(Expression.value(each.getAttribute(INITIAL), ""), used));
        boolean unknown = Xml.below(server, "subsystem").stream()
                .anyMatch(each ->
                        Expression.value(each.getAttribute(INITIAL), HOOK).equals(HOOK));
        List<Element> loaders = Xml.below(server, "provider-loader").stream()
                .filter(each -> each.getAttribute("module").equals(HOOK))
                .toList();
        if (loaders.isEmpty()) {
            faults.add(Rule.HOOK.fault(
                    file,
                    "no provider-loader has the module " + HOOK,
                    "expected one, among initial-providers",
                    "see server-config/wildfly/install.cli"));
        } else if (!unknown && loaders.stream().noneMatch(each -> used.contains(each.getAttribute("name")))) {
            String name = loaders.get(0).getAttribute("name");
            faults.add(Rule.HOOK.fault(
                    file,
                    "provider-loader " + name + " is not among initial-providers",
                    "expected it there, before the JDK's own TLS",
                    "/subsystem=elytron:write-attribute(name=initial-providers, value=" + name + ")"));
        }
    }

    /** Adds providers and, where they are aggregate ones, those that they consist of. */
    private void use(String providers, Set<String> used) {
        if (used.add(providers)) {
            named("aggregate-providers", providers).stream()
                    .flatMap(each -> Xml.below(each, "providers").stream())
                    .forEach(each -> use(each.getAttribute("name"), used));
        }
    }
}
