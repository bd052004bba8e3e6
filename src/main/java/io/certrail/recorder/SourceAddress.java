package io.certrail.recorder;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Whom a flood is counted under. An IPv4 address is its own source; of IPv6 it is the network of 64 bits, of which one host
 * can have every address (RFC 4291 section 2.5.4, RFC 4941).
 */
final class SourceAddress {
    /** An address that is not known. */
    static final String UNKNOWN = "unknown";

    private static final int NETWORK_GROUPS = 4;

    private SourceAddress() {}

    /** @param address numeric, of IPv6 in eight groups as {@link InetAddress#getHostAddress()} gives it, or shorter */
    static String of(@Nullable String address) {
        if (address == null) {
            return UNKNOWN;
        }
        if (address.indexOf(':') < 0) {
            return address;
        }
        return address.contains("::") ? expanded(address) : network(address);
    }

    private static String network(String address) {
        int end = -1;
        for (int group = 0; group < NETWORK_GROUPS; group++) {
            end = address.indexOf(':', end + 1);
            if (end < 0) {
                return address; // no address; whatever the server means by it, it is one source
            }
        }
        return address.substring(0, end) + "::/64";
    }

    /** In brackets it is parsed and never looked up. */
    private static String expanded(String address) {
        int scope = address.indexOf('%');
        try {
            String literal = scope < 0 ? address : address.substring(0, scope);
            return of(InetAddress.getByName("[" + literal + "]").getHostAddress());
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
