package io.certrail.sink;

import io.certrail.tlog.SignatureType;
import io.certrail.tlog.VerifierKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place outside, as it is configured. */
public sealed interface Target {
    /** Forms of a target, for whoever has to correct one. */
    String FORMS = "stdout, file:/absolute/path, syslog:host:port or witness:https://host/prefix#verifier-key";

    /** The process' standard output. */
    record Stdout() implements Target {}

    /** @param path absolute; its folder is there */
    record File(Path path) implements Target {}

    /**
     * Syslog over TLS.
     *
     * @param port 1 to 65535; by RFC 5425 it is 6514
     */
    record Syslog(String host, int port) implements Target {}

    /**
     * A witness after C2SP tlog-witness.
     *
     * @param prefix its submission prefix, without a slash at the end
     * @param key that its cosignatures are verified by
     */
    record Witness(URI prefix, VerifierKey key) implements Target {}

    /**
     * The target of a text.
     *
     * @throws IllegalArgumentException if it is none; the message says what was expected
     */
    static Target parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        return switch (kind) {
            case "stdout" -> stdout(text);
            case "file" -> file(rest);
            case "syslog" -> syslog(rest);
            case "witness" -> witness(rest);
            default -> throw new IllegalArgumentException(FORMS);
        };
    }

    private static Target stdout(String text) {
        check(text.equals("stdout"), "stdout, without anything after it");
        return new Stdout();
    }

    private static Target file(String text) {
        try {
            Path path = Path.of(text);
            check(path.isAbsolute() && path.getNameCount() > 0, "file: and an absolute path of a file");
            return new File(path.normalize());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("file: and a path of this operating system", e);
        }
    }

    private static Target syslog(String text) {
        Matcher parts = Pattern.compile("\\[?([^\\s\\[\\]/]+?)]?:(\\d{1,5})").matcher(text);
        check(parts.matches(), "syslog:host:port, such as syslog:logs.example.com:6514");
        int port = Integer.parseInt(parts.group(2));
        check(port >= 1 && port <= 65_535, "syslog:host:port with a port from 1 to 65535");
        return new Syslog(parts.group(1), port);
    }

    private static Target witness(String text) {
        int hash = text.indexOf('#');
        check(hash > 0, "witness:https://host/prefix#verifier-key: the key that its cosignatures are verified by");
        VerifierKey key = VerifierKey.read(text.substring(hash + 1))
                .filter(read -> read.type() == SignatureType.COSIGNATURE)
                .orElseThrow(() -> new IllegalArgumentException("after the # a verifier key of C2SP tlog-cosignature,"
                        + " <name>+<8 hexadecimal digits>+<Base64>, of an Ed25519 key (type 0x04)"));
        return new Witness(prefix(text.substring(0, hash)), key);
    }

    private static URI prefix(String text) {
        String expected = "witness:https://host/prefix#verifier-key, without a user and a query";
        try {
            URI uri = new URI(text.replaceFirst("/+$", ""));
            check("https".equals(uri.getScheme()) && uri.getHost() != null, expected);
            check(uri.getUserInfo() == null && uri.getQuery() == null, expected);
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }

    private static void check(boolean fits, String expected) {
        if (!fits) {
            throw new IllegalArgumentException(expected);
        }
    }
}
