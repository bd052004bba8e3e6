package io.certrail.scan.finding;

/** The clauses that findings cite, each looked up in the standard that it names. */
public enum Clause {
    API10_2019("OWASP API Security Top 10:2019", "API10", "Insufficient Logging & Monitoring"),
    API2_2023("OWASP API Security Top 10:2023", "API2", "Broken Authentication"),
    API5_2023("OWASP API Security Top 10:2023", "API5", "Broken Function Level Authorization"),
    API8_2023("OWASP API Security Top 10:2023", "API8", "Security Misconfiguration"),
    A09_2025("OWASP Top 10:2025", "A09", "Security Logging and Alerting Failures"),
    ASVS_16_2_1("OWASP ASVS 5.0", "16.2.1", "each entry says when, where, who and what"),
    ASVS_16_2_2("OWASP ASVS 5.0", "16.2.2", "synchronised clocks; UTC or an explicit offset"),
    ASVS_16_2_4("OWASP ASVS 5.0", "16.2.4", "logs can be read and correlated by the log processor"),
    ASVS_16_2_5("OWASP ASVS 5.0", "16.2.5", "sensitive data is logged by its level of protection; credentials are not"),
    ASVS_16_3_1("OWASP ASVS 5.0", "16.3.1", "all authentication operations are logged, failed ones too"),
    ASVS_16_3_2("OWASP ASVS 5.0", "16.3.2", "failed authorization attempts are logged"),
    ASVS_16_3_3("OWASP ASVS 5.0", "16.3.3", "attempts to bypass controls, such as input validation, are logged"),
    ASVS_16_3_4("OWASP ASVS 5.0", "16.3.4", "unexpected errors and failures of controls are logged"),
    ASVS_16_4_1("OWASP ASVS 5.0", "16.4.1", "data is encoded so that nothing can be injected into a log"),
    ASVS_16_4_2("OWASP ASVS 5.0", "16.4.2", "logs are protected from unauthorized access and changes"),
    ASVS_16_4_3("OWASP ASVS 5.0", "16.4.3", "logs are sent to a logically separate system"),
    ASVS_16_5_1("OWASP ASVS 5.0", "16.5.1", "consumers get a generic message"),
    PCI_10_2_1_1("PCI DSS 4.0.1", "10.2.1.1", "all individual user access to cardholder data is logged"),
    PCI_10_2_1_4("PCI DSS 4.0.1", "10.2.1.4", "all invalid logical access attempts are logged"),
    PCI_10_2_2(
            "PCI DSS 4.0.1", "10.2.2", "user, type of event, time, success or failure, origin, and what was affected"),
    PCI_10_3_1("PCI DSS 4.0.1", "10.3.1", "read access to audit logs is limited"),
    PCI_10_5_1("PCI DSS 4.0.1", "10.5.1", "audit logs are kept for 12 months, 3 of them at hand"),
    PCI_10_6_1("PCI DSS 4.0.1", "10.6.1", "system clocks are synchronized by time-synchronization technology"),
    AU_2("NIST SP 800-53 Rev. 5", "AU-2", "Event Logging"),
    AU_3("NIST SP 800-53 Rev. 5", "AU-3", "Content of Audit Records"),
    AU_5("NIST SP 800-53 Rev. 5", "AU-5", "Response to Audit Logging Process Failures"),
    AU_8("NIST SP 800-53 Rev. 5", "AU-8", "Time Stamps"),
    AU_9("NIST SP 800-53 Rev. 5", "AU-9", "Protection of Audit Information"),
    AU_11("NIST SP 800-53 Rev. 5", "AU-11", "Audit Record Retention"),
    AU_12("NIST SP 800-53 Rev. 5", "AU-12", "Audit Record Generation"),
    CWE_117("CWE", "CWE-117", "Improper Output Neutralization for Logs"),
    CWE_209("CWE", "CWE-209", "Generation of Error Message Containing Sensitive Information"),
    CWE_295("CWE", "CWE-295", "Improper Certificate Validation"),
    CWE_299("CWE", "CWE-299", "Improper Check for Certificate Revocation"),
    CWE_532("CWE", "CWE-532", "Insertion of Sensitive Information into Log File"),
    CWE_778("CWE", "CWE-778", "Insufficient Logging");

    private final String standard;
    private final String number;
    private final String says;

    Clause(String standard, String number, String says) {
        this.standard = standard;
        this.number = number;
        this.says = says;
    }

    public String standard() {
        return standard;
    }

    /** As the standard numbers it. */
    public String number() {
        return number;
    }

    /** Its title, or in our words what it asks for. */
    public String says() {
        return says;
    }

    /** Standard and number, as one cites. */
    public String citation() {
        return standard.equals("CWE") ? number : standard + " " + number;
    }
}
