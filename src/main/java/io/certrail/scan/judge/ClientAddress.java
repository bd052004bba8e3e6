package io.certrail.scan.judge;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client's address in all the ways in which logs write it: of IPv6 in full or short (RFC 5952), of IPv4 also mapped to
 * IPv6 (RFC 4291 section 2.5.5.2).
 */
final class ClientAddress {
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    /** What may be an address of IPv6 in a text, after a name with a colon, too: of 45 characters at most. */
    private static final Pattern CANDIDATE = Pattern.compile("(?<![0-9a-fA-F:.])(?<address>[0-9a-fA-F:.]{2,46})");

    private static final String NO_PORT = "(?!(?:%\\w+)?]?:\\d)";
    private static final Pattern CANDIDATE_WITHOUT_PORT =
            Pattern.compile(CANDIDATE.pattern() + "(?![0-9a-fA-F:.])" + NO_PORT);

    private final String address;
    private final Pattern alone;
    private final Pattern withoutPort;
    private final Pattern withPort;
    private final Pattern candidateWithPort;

    /**
     * The address of one connection.
     *
     * @param address numeric; empty: of a connection that was never made, which no log names
     */
    ClientAddress(String address, int port) {
        this.address = plain(address);
        String after = "(?:%\\w+)?]?[: ]{1,9}" + port + "(?!\\d)";
        alone = Pattern.compile("(?<![\\w.])" + Pattern.quote(this.address) + "(?![\\w.]*\\w)");
        withoutPort = Pattern.compile(alone.pattern() + NO_PORT);
        withPort = Pattern.compile("(?<![\\d.])" + Pattern.quote(this.address) + after);
        candidateWithPort = Pattern.compile(CANDIDATE.pattern() + after);
    }

    /** Whether a value is this address. */
    boolean is(String stated) {
        return !address.isEmpty() && plain(stated).equals(address);
    }

    /** Whether this address stands somewhere in a text. */
    boolean isIn(String text) {
        return isFound(alone, text) || (isIpv6() && isAmong(CANDIDATE, text));
    }

    /** Likewise, and with no port behind a colon: with another one it is another connection's. */
    boolean isWithoutPortIn(String text) {
        return isFound(withoutPort, text) || (isIpv6() && isAmong(CANDIDATE_WITHOUT_PORT, text));
    }

    /** Whether this address and its port stand somewhere in a text, one after the other. */
    boolean isWithPortIn(String text) {
        return isFound(withPort, text) || (isIpv6() && isAmong(candidateWithPort, text));
    }

    private boolean isIpv6() {
        return address.indexOf(':') >= 0;
    }

    private boolean isFound(Pattern pattern, String text) {
        return !address.isEmpty() && pattern.matcher(text).find();
    }

    private boolean isAmong(Pattern candidates, String text) {
        for (Matcher candidate = candidates.matcher(text); candidate.find(); ) {
            String found = candidate.group("address");
            if (is(found) || (found.startsWith(":") && is(found.substring(1)))) {
                return true;
            }
        }
        return false;
    }

    /** As {@link InetAddress#getHostAddress()} gives it; in brackets it is parsed and never looked up. */
    private static String plain(String stated) {
        String literal = stated.replaceFirst("^\\[(.*)]$", "$1").replaceFirst("%.*$", "");
        if (!IPV6.matcher(literal).matches()) {
            return literal;
        }
        try {
            return InetAddress.getByName("[" + literal + "]").getHostAddress();
        } catch (UnknownHostException e) {
            return literal;
        }
    }
}
