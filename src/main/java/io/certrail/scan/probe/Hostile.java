package io.certrail.scan.probe;

/** Text that forges a record and steers a terminal, if a log lets it. The nonce is behind what steers: it tells whose that is. */
public final class Hostile {
    /** The member's name in a forged record. */
    public static final String MEMBER = "forged";

    private static final String ESCAPE = "\u001b[31m";

    private Hostile() {}

    /** A whole line between line breaks. */
    static String line(String nonce) {
        return "evil\r\n" + json(nonce) + "\r\n" + ESCAPE + nonce + "\r\n\r\n";
    }

    /** As a common name in a certificate. */
    public static String name(String nonce) {
        return "evil\r\n" + json(nonce) + "\r\n" + ESCAPE + nonce;
    }

    /** As a path, percent-encoded: RFC 3986 section 2.1. */
    public static String path(String nonce) {
        return "/evil-" + nonce + "%0d%0a%7b%22" + MEMBER + "%22:%22" + nonce + "%22%7d%0d%0a%1b%5b31m" + nonce;
    }

    /** As a header's value: closes a JSON string and opens a member of its own. */
    static String value(String nonce) {
        return "evil\",\"" + MEMBER + "\":\"" + nonce + "\",\"x\":\"";
    }

    /** What a forged record begins with. */
    public static String json(String nonce) {
        return "{\"" + MEMBER + "\":\"" + nonce + "\"}";
    }
}
