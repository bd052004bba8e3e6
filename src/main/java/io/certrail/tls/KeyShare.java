package io.certrail.tls;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The public key of a client in its hello (RFC 8446 section 4.2.8), as far as its form goes: of a point whether it is on the
 * curve only the engine tells.
 */
final class KeyShare {
    private static final byte UNCOMPRESSED = 4;

    /** Bytes of a key, by group: RFC 8446 section 4.2.8.1 and 4.2.8.2, RFC 7748 section 5. */
    private static final Map<Integer, Integer> LENGTHS = Map.ofEntries(
            Map.entry(0x0017, 65),
            Map.entry(0x0018, 97),
            Map.entry(0x0019, 133),
            Map.entry(0x001D, 32),
            Map.entry(0x001E, 56),
            Map.entry(0x0100, 256),
            Map.entry(0x0101, 384),
            Map.entry(0x0102, 512),
            Map.entry(0x0103, 768),
            Map.entry(0x0104, 1024));

    private KeyShare() {}

    /** What is wrong with it, in words; {@code null} if nothing is, or the group is none of those known here. */
    static @Nullable String flaw(int group, byte[] key) {
        Integer length = LENGTHS.get(group);
        if (length == null) {
            return null;
        }
        String name = TlsName.group(group);
        if (key.length != length) {
            return "the key for " + name + " has " + key.length + " bytes where it takes " + length;
        }
        return name.startsWith("secp") && key[0] != UNCOMPRESSED
                ? "the key for " + name + " is no uncompressed point"
                : null;
    }
}
