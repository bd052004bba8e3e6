package io.certrail.server.http2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The code in which headers' names and values may come (RFC 7541 section 5.2 and appendix B). It is canonical: the codes of one
 * length go up with their octets, those of the next length go on from there, so that the lengths tell all of it.
 */
final class HuffmanCode {
    /** Of the octets 0 to 255, {@code A} for 5 bits and so on. */
    private static final String LENGTHS = "ISXXXXXXXTZXXZXXXXXXXXZXXXXXXXXXBFFHIBDGFFDGDBBBAAABBBBBBBCDKBHF"
            + "IBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJBKABABABBBACCBBBABCBAABCCCCCKGJIX"
            + "PRPPRRRSRSSSSSTSTTRSTSSSSQRSRSSTRQPRRSSQSRRTQRSSQQRQSRSSPRRRSRRS"
            + "VVPORSRUVVVWWVTUOQVWWVWTQQVVXWWWPTPQRQQSRRUUTTVSVWVVWWWWWXWWWWWV";

    private static final int SHORTEST = 5;
    private static final int LONGEST = 30;
    /** The octets by their codes' lengths, and in order. */
    private static final byte[] OCTETS = new byte[LENGTHS.length()];
    /** By length: where its octets begin, the first code, and how many there are. */
    private static final int[] BEGINS = new int[LONGEST + 1];

    private static final int[] FIRST = new int[LONGEST + 1];
    private static final int[] COUNTS = new int[LONGEST + 1];

    static {
        int at = 0;
        int code = 0;
        for (int length = SHORTEST; length <= LONGEST; length++) {
            BEGINS[length] = at;
            FIRST[length] = code;
            for (int octet = 0; octet < LENGTHS.length(); octet++) {
                if (LENGTHS.charAt(octet) - 'A' + SHORTEST == length) {
                    OCTETS[at++] = (byte) octet;
                }
            }
            COUNTS[length] = at - BEGINS[length];
            code = (code + COUNTS[length]) << 1;
        }
    }

    private HuffmanCode() {}

    /** What was encoded, an octet a character; {@code null} if nothing was: the end is not how EOS begins, say. */
    static @Nullable String decode(byte[] bytes, int from, int count) {
        byte[] decoded = new byte[count * Byte.SIZE / SHORTEST];
        int length = 0;
        int code = 0;
        int bits = 0;
        for (int bit = 0; bit < count * Byte.SIZE; bit++) {
            int octet = bytes[from + bit / Byte.SIZE];
            code = code << 1 | (octet >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1);
            bits++;
            if (bits > LONGEST) {
                return null;
            }
            int index = code - FIRST[bits];
            if (bits >= SHORTEST && index >= 0 && index < COUNTS[bits]) {
                decoded[length++] = OCTETS[BEGINS[bits] + index];
                code = 0;
                bits = 0;
            }
        }
        boolean padded = bits < Byte.SIZE && code == (1 << bits) - 1;
        return padded ? new String(Arrays.copyOf(decoded, length), StandardCharsets.ISO_8859_1) : null;
    }
}
