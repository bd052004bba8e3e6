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
    /** What may be an address of IPv6 in a text, after a name with a colon, too; {@value} characters are the longest. */
    private static final String CANDIDATE = "(?<![0-9a-fA-F:.])(?<address>[0-9a-fA-F:.]{2,46})";

    private static final String SCOPE = "(?:%\\w+)?";

    private final String address;
    private final Pattern alone;
    private final Pattern inText = Pattern.compile(CANDIDATE);

    /** @param address numeric */
    ClientAddress(String address) {
        this.address = plain(address);
        this.alone = Pattern.compile("(?<![\\w.])" + Pattern.quote(this.address) + "(?![\\w.]*\\w)");
    }

    /** Whether a value is this address. */
    boolean is(String stated) {
        return plain(stated).equals(address);
    }

    /** Whether this address stands somewhere in a text. */
    boolean isIn(String text) {
        return alone.matcher(text).find() || (isIpv6() && isFound(inText, text));
    }

    /** Whether this address and a port stand somewhere in a text, one after the other. */
    boolean isIn(String text, int port) {
        String after = SCOPE + "]?[: ]{1,9}" + port + "(?!\\d)";
        return Pattern.compile("(?<![\\d.])" + Pattern.quote(address) + after)
                        .matcher(text)
                        .find()
                || (isIpv6() && isFound(Pattern.compile(CANDIDATE + after), text));
    }

    private boolean isIpv6() {
        return address.indexOf(':') >= 0;
    }

    private boolean isFound(Pattern candidates, String text) {
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
