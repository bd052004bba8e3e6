package io.certrail.tls;

import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One element of DER (ITU-T X.690) that may be broken: what does not fit ends where its surroundings end.
 *
 * @param tag the identifier octet; tags of more than one octet do not occur in certificates
 * @param content not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
record Der(int tag, byte[] content) {
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int OCTET_STRING = 0x04;
    /** More elements than any sequence of interest has. */
    private static final int MAX_CHILDREN = 4096;

    /** The first element. */
    static Optional<Der> read(byte[] bytes) {
        List<Der> all = all(bytes, 1);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
    }

    /** The elements of a constructed one. */
    List<Der> children() {
        return all(content, MAX_CHILDREN);
    }

    private static List<Der> all(byte[] bytes, int most) {
        List<Der> elements = new ArrayList<>();
        Octets octets = new Octets(bytes);
        while (octets.remaining() >= 2 && elements.size() < most) {
            int tag = octets.u8();
            int length = length(octets);
            if (length < 0 || length > octets.remaining()) {
                break;
            }
            elements.add(new Der(tag, octets.take(length).rest()));
        }
        return elements;
    }

    private static int length(Octets octets) {
        int first = octets.u8();
        if (first < 0x80) {
            return first;
        }
        return switch (first) {
            case 0x81 -> octets.u8();
            case 0x82 -> octets.u16();
            case 0x83 -> octets.u24();
            default -> -1;
        };
    }

    /** The dotted form of an object identifier. */
    String identifier() {
        StringBuilder dotted = new StringBuilder();
        BigInteger arc = BigInteger.ZERO;
        for (byte b : Arrays.copyOf(content, Math.min(content.length, 128))) {
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(b & 0x7F));
            if (b >= 0) {
                append(dotted, arc);
                arc = BigInteger.ZERO;
            }
        }
        return dotted.toString();
    }

    private static void append(StringBuilder dotted, BigInteger arc) {
        if (dotted.length() > 0) {
            dotted.append('.').append(arc);
        } else {
            int first = arc.min(BigInteger.valueOf(80)).intValue() / 40;
            dotted.append(first).append('.').append(arc.subtract(BigInteger.valueOf(first * 40L)));
        }
    }

    /** The text of one of ASN.1's many kinds of strings, bad bytes replaced; empty where it is none. */
    Optional<String> text() {
        return switch (tag) {
            case 0x0C -> decoded(StandardCharsets.UTF_8);
            case 0x12, 0x13, 0x16, 0x1A -> decoded(StandardCharsets.UTF_8);
            case 0x14 -> decoded(StandardCharsets.ISO_8859_1);
            case 0x1E -> decoded(StandardCharsets.UTF_16BE);
            case 0x1C -> decoded(Charset.forName("UTF-32BE"));
            default -> Optional.empty();
        };
    }

    private Optional<String> decoded(Charset charset) {
        return Optional.of(new String(content, charset));
    }
}
