package io.certrail.tls;

import org.jspecify.annotations.Nullable;

/** What RFC 6066 section 3 demands of a host name: ASCII, a DNS name, no address, no dot at the end. */
final class HostName {
    private static final int MAX_LENGTH = 255;
    private static final int MAX_LABEL = 63;

    private HostName() {}

    /** What is wrong with it, in words; {@code null} where nothing is. */
    static @Nullable String flaw(byte[] name) {
        if (name.length == 0) {
            return "the host name is empty";
        }
        if (name.length > MAX_LENGTH) {
            return "the host name has " + name.length + " bytes";
        }
        if (name[name.length - 1] == '.') {
            return "the host name ends with a dot";
        }
        return characters(name);
    }

    private static @Nullable String characters(byte[] name) {
        int label = 0;
        for (byte b : name) {
            if (b == '.') {
                if (label == 0) {
                    return "the host name has an empty label";
                }
                label = 0;
            } else if (!isLetter(b)) {
                return String.format("the host name holds byte 0x%02x", b);
            } else if (++label > MAX_LABEL) {
                return "the host name has a label of more than 63 bytes";
            }
        }
        return null;
    }

    /** Underscores are no part of host names, but common in DNS. */
    private static boolean isLetter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-' || b == '_';
    }
}
