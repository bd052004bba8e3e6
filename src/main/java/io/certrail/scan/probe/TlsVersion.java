package io.certrail.scan.probe;

/** The versions of TLS that are probed. */
public enum TlsVersion {
    TLS_1_2("1.2"),
    TLS_1_3("1.3");

    private final String number;

    TlsVersion(String number) {
        this.number = number;
    }

    public String number() {
        return number;
    }

    /** Its name in the JDK. */
    String jdkName() {
        return "TLSv" + number;
    }
}
