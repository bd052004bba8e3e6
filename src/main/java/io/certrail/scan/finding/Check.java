package io.certrail.scan.finding;

import static io.certrail.scan.finding.Clause.*;

import java.util.List;

/**
 * What is asked of a server and its log about each probe. The weight is the check's part of the score, the severity that of
 * a finding before the rule of {@link Finding} lowers it.
 */
public enum Check {
    DECISION(
            "wrong-decision",
            0,
            Severity.CRITICAL,
            "A client that should have been refused was served",
            "Whoever holds such a certificate, or none, is let in; the log can only tell of it afterwards.",
            List.of(API2_2023, CWE_295)),
    RECORDED(
            "not-recorded",
            5,
            Severity.HIGH,
            "Nothing is recorded",
            "An attempt that leaves no record can be repeated until it succeeds, and nobody can find out later.",
            List.of(API10_2019, A09_2025, AU_2, AU_12, CWE_778)),
    REASON(
            "reason-missing",
            3,
            Severity.MEDIUM,
            "The record does not say precisely why",
            "An expired certificate is an operator's mistake, a revoked one an attack: who reads the log must tell them"
                    + " apart.",
            List.of(ASVS_16_2_1, AU_3, CWE_778)),
    IDENTITY(
            "identity-missing",
            3,
            Severity.MEDIUM,
            "The record does not name the certificate that was presented",
            "Without subject, serial number or fingerprint nobody knows whose key was used, or stolen.",
            List.of(ASVS_16_2_1, PCI_10_2_2, AU_3)),
    PEER(
            "peer-missing",
            2,
            Severity.MEDIUM,
            "The record does not name the client's address and port",
            "Behind one address there are many clients; only the port ties a record to a connection and to other logs.",
            List.of(ASVS_16_2_1, PCI_10_2_2, AU_3)),
    OUTCOME(
            "outcome-missing",
            1,
            Severity.MEDIUM,
            "The record does not say how it ended",
            "What cannot be counted as success or failure cannot raise an alarm.",
            List.of(PCI_10_2_2, AU_3)),
    ONE_RECORD(
            "scattered",
            1,
            Severity.LOW,
            "Who, from where and why are not in one record",
            "Lines that must be joined by time or by a number are lost to most searches and alarms.",
            List.of(ASVS_16_2_4)),
    ONCE(
            "repeated",
            1,
            Severity.LOW,
            "The same is recorded more than once",
            "Counts and alarms on them are wrong, and an attempt seems to be many.",
            List.of(ASVS_16_2_4)),
    REQUEST_ID(
            "request-id-missing",
            1,
            Severity.LOW,
            "The record does not hold the request's id",
            "Without it a request cannot be followed through the services behind, or found from a client's complaint.",
            List.of(ASVS_16_2_4)),
    PROMPT(
            "late",
            1,
            Severity.LOW,
            "The record comes late",
            "What is written late cannot raise an alarm in time, and is lost when the server dies.",
            List.of(A09_2025)),
    STRUCTURED(
            "unstructured",
            1,
            Severity.LOW,
            "The record has no named fields",
            "Free text is parsed by patterns that break at the next version, or at a hostile name.",
            List.of(ASVS_16_2_4)),
    NO_LEAK(
            "reason-leaked",
            2,
            Severity.MEDIUM,
            "The answer tells the client what belongs into the log",
            "Stack traces and precise reasons teach an attacker what to try next.",
            List.of(ASVS_16_5_1, API8_2023, CWE_209)),
    NO_SECRET(
            "secret-logged",
            5,
            Severity.CRITICAL,
            "A secret stands in the log",
            "Whoever may read the log, or a copy of it, can use it.",
            List.of(ASVS_16_2_5, CWE_532)),
    NO_CERTIFICATE(
            "certificate-logged",
            1,
            Severity.LOW,
            "Whole certificates stand in the log",
            "They swell the log and hold names and addresses of people; a fingerprint says as much.",
            List.of(ASVS_16_2_5)),
    NO_FORGERY(
            "forged-record",
            5,
            Severity.CRITICAL,
            "A client can write records of its own",
            "An attacker can put words into the log's mouth: the log is no evidence any more.",
            List.of(ASVS_16_4_1, CWE_117)),
    CLEAN(
            "raw-controls",
            2,
            Severity.MEDIUM,
            "Control characters from the network stand raw in the log",
            "They hide or rewrite what a terminal or viewer shows of the log.",
            List.of(ASVS_16_4_1, CWE_117));

    private final String fault;
    private final int weight;
    private final Severity severity;
    private final String title;
    private final String why;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<Clause> clauses;

    Check(String fault, int weight, Severity severity, String title, String why, List<Clause> clauses) {
        this.fault = fault;
        this.weight = weight;
        this.severity = severity;
        this.title = title;
        this.why = why;
        this.clauses = clauses;
    }

    /** The word for its failure, which begins a finding's id. */
    public String fault() {
        return fault;
    }

    /** Its part of a probe's score; 0: it is no matter of the log. */
    public int weight() {
        return weight;
    }

    Severity severity() {
        return severity;
    }

    public String title() {
        return title;
    }

    public String why() {
        return why;
    }

    public List<Clause> clauses() {
        return clauses;
    }

    /** Whether it asks about the record, and so says nothing new where there is none. */
    public boolean needsRecord() {
        return switch (this) {
            case REASON, IDENTITY, PEER, OUTCOME, ONE_RECORD, ONCE, REQUEST_ID, PROMPT, STRUCTURED -> true;
            default -> false;
        };
    }

    /** The class of its findings: the probe's, but for what concerns all of a log. */
    public Signal signal(Signal probe) {
        return switch (this) {
            case NO_LEAK, NO_SECRET, NO_CERTIFICATE, NO_FORGERY, CLEAN -> Signal.DATA_EXPOSURE;
            default -> probe;
        };
    }

    /**
     * The rule: the check's own severity; one step less for input and availability; one step less where the log answers
     * in part.
     */
    public Severity severity(Signal signal, boolean partly) {
        Severity given = signal.isMinor() ? severity.lower() : severity;
        return partly ? given.lower() : given;
    }
}
