package io.certrail.index;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of IPv4 or IPv6 addresses, as CIDR writes it (RFC 4632 section 3.1, RFC 4291 section 2.3), or one address. Never asks
 * a name server.
 *
 * @param text the canonical form, as {@code 10.1.0.0/16}
 * @param network the first address of the block, in hexadecimal: 8 digits or 32
 * @param bits length of the prefix
 */
public record AddressPrefix(String text, String network, int bits) {
    private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    /** The block that a text names; empty if it names none. Bits beyond the prefix do not count. */
    public static Optional<AddressPrefix> parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return Optional.empty();
        }
        int bits = slash < 0 ? address.length * 8 : number(text.substring(slash + 1));
        return bits < 0 || bits > address.length * 8 ? Optional.empty() : Optional.of(of(address, bits));
    }

    private static AddressPrefix of(byte[] address, int bits) {
        for (int i = 0; i < address.length; i++) {
            int kept = Math.max(0, Math.min(8, bits - 8 * i));
            address[i] &= (byte) (0xFF00 >> kept);
        }
        return new AddressPrefix(name(address) + "/" + bits, HexFormat.of().formatHex(address), bits);
    }

    /** The bytes of a numeric address, 4 or 16; {@code null} if it is none. An IPv4-mapped one counts as IPv4. */
    public static byte @Nullable [] address(String text) {
        int zone = text.indexOf('%');
        String plain = zone < 0 ? text : text.substring(0, zone);
        boolean numeric = plain.indexOf(':') >= 0
                ? DIGITS.matcher(plain).matches()
                : IPV4.matcher(plain).matches()
                        && Arrays.stream(plain.split("\\.")).allMatch(part -> number(part) < 256);
        try {
            return numeric ? InetAddress.getByName(plain).getAddress() : null;
        } catch (UnknownHostException e) {
            return null; // no name, so nobody was asked
        }
    }

    /** Whether a recorded address lies in this block. */
    public boolean contains(String recorded) {
        byte[] address = address(recorded);
        if (address == null || address.length != first().length) {
            return false;
        }
        return of(address, bits).network.equals(network);
    }

    /** The first address of the block: 4 bytes, or 16. */
    public byte[] first() {
        return HexFormat.of().parseHex(network);
    }

    private static int number(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    private static String name(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("expected 4 or 16 bytes, not " + address.length, e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
