package io.certrail.scan.settings;

import io.certrail.scan.finding.Clause;
import io.certrail.scan.finding.Evidence;
import io.certrail.scan.finding.Finding;
import io.certrail.scan.finding.Severity;
import io.certrail.scan.finding.Signal;
import java.util.List;

/** What is wrong with a setting, apart from where it was found. */
enum Rule {
    CLIENT_AUTH(
            "client-auth",
            Severity.HIGH,
            Signal.AUTHENTICATION,
            "Clients without a certificate are let in",
            "Without it the handshake proves nobody, and what refuses such clients later may log less.",
            List.of(Clause.API2_2023, Clause.CWE_295)),
    REVOCATION(
            "revocation",
            Severity.HIGH,
            Signal.AUTHENTICATION,
            "Revoked certificates are accepted",
            "Whoever holds a stolen key is served until its certificate ends.",
            List.of(Clause.API2_2023, Clause.CWE_299)),
    PROTOCOLS(
            "protocols",
            Severity.MEDIUM,
            Signal.AUTHENTICATION,
            "Protocols older than TLS 1.2 are enabled, or TLS 1.3 cannot happen",
            "Old versions have known weaknesses; in TLS 1.2 a client's certificate crosses the network in clear.",
            List.of(Clause.API8_2023)),
    TIMEOUT(
            "timeout",
            Severity.MEDIUM,
            Signal.AVAILABILITY,
            "A client that stalls is not given up",
            "Each holds a connection for as long as it likes, and leaves no record until it ends.",
            List.of(Clause.API8_2023)),
    HOOK(
            "hook",
            Severity.HIGH,
            Signal.AUTHENTICATION,
            "The JSSE hook is not installed",
            "On this server only the hook sees handshakes that fail: none of them is recorded.",
            List.of(Clause.ASVS_16_3_1, Clause.AU_12, Clause.CWE_778)),
    DURABILITY(
            "durability",
            Severity.MEDIUM,
            Signal.DATA_EXPOSURE,
            "Records are not on disk when the client is answered",
            "A crash takes the last records with it: the client knows what it got, and nobody else does.",
            List.of(Clause.AU_5)),
    ON_FAILURE(
            "on-failure",
            Severity.LOW,
            Signal.AVAILABILITY,
            "Requests are served while the trail cannot be written",
            "What happens then is counted, but not recorded. It is a choice; let somebody own it.",
            List.of(Clause.AU_5)),
    RETENTION(
            "retention",
            Severity.MEDIUM,
            Signal.DATA_EXPOSURE,
            "Records are deleted before a year is over",
            "Intrusions are often found months later.",
            List.of(Clause.PCI_10_5_1, Clause.AU_11)),
    SINK(
            "sink",
            Severity.LOW,
            Signal.DATA_EXPOSURE,
            "Nothing leaves the machine",
            "Who takes over the machine can delete the trail; a checkpoint or a copy elsewhere shows it.",
            List.of(Clause.ASVS_16_4_3, Clause.AU_9)),
    CLOCK(
            "clock",
            Severity.MEDIUM,
            Signal.DATA_EXPOSURE,
            "Nothing keeps the machine's clock right",
            "A record whose time is wrong cannot be put beside another machine's, and certificates are judged by that clock.",
            List.of(Clause.ASVS_16_2_2, Clause.PCI_10_6_1, Clause.AU_8)),
    CLOCK_UNSEEN(
            "clock-unseen",
            Severity.INFO,
            Signal.DATA_EXPOSURE,
            "Whether the machine's clock is kept right cannot be seen from here",
            "A record is worth as much as its time is.",
            List.of(Clause.ASVS_16_2_2, Clause.PCI_10_6_1, Clause.AU_8)),
    WRITABLE(
            "log-writable",
            Severity.HIGH,
            Signal.DATA_EXPOSURE,
            "Others than the server's user may change the log",
            "A log that others can change proves nothing.",
            List.of(Clause.ASVS_16_4_2, Clause.AU_9)),
    READABLE(
            "log-readable",
            Severity.MEDIUM,
            Signal.DATA_EXPOSURE,
            "Every user of the machine may read the log",
            "It names clients, addresses and what they did.",
            List.of(Clause.ASVS_16_4_2, Clause.PCI_10_3_1, Clause.AU_9)),
    KEY_READABLE(
            "key-readable",
            Severity.CRITICAL,
            Signal.DATA_EXPOSURE,
            "Others than the server's user may read the trail's signing key",
            "Who has the key can sign a trail of their own making.",
            List.of(Clause.ASVS_16_4_2, Clause.AU_9));

    private final String id;
    private final Severity severity;
    private final Signal signal;
    private final String title;
    private final String why;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<Clause> clauses;

    Rule(String id, Severity severity, Signal signal, String title, String why, List<Clause> clauses) {
        this.id = id;
        this.severity = severity;
        this.signal = signal;
        this.title = title;
        this.why = why;
        this.clauses = clauses;
    }

    /** A fault against this rule. */
    Fault fault(String where, String says, String note, String... remedy) {
        return new Fault(this, new Evidence(where, says, note, List.of()), List.of(remedy));
    }

    /** One place where a rule is not kept. */
    record Fault(Rule rule, Evidence evidence, List<String> remedy) {
        Fault {
            remedy = List.copyOf(remedy);
        }
    }

    /** One finding of all faults against this rule; there must be one. */
    Finding finding(List<Fault> faults) {
        return new Finding(
                "config/" + id,
                severity,
                signal,
                title,
                why,
                clauses,
                faults.stream().map(Fault::evidence).toList(),
                faults.size(),
                faults.size(),
                faults.stream()
                        .flatMap(each -> each.remedy().stream())
                        .distinct()
                        .toList());
    }
}
