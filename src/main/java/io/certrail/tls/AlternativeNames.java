package io.certrail.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The subject alternative names of a certificate (RFC 5280 section 4.2.1.6), as text with the kind before it. */
final class AlternativeNames {
    private static final String EXTENSION = "2.5.29.17";
    private static final String USER_PRINCIPAL_NAME = "1.3.6.1.4.1.311.20.2.3";
    private static final int MAX_LENGTH = 2048;

    private AlternativeNames() {}

    /** The names as they stand in the certificate; none where the extension is absent or no sequence. */
    static List<Der> of(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(EXTENSION);
        return extension == null
                ? List.of()
                : Der.read(extension)
                        .flatMap(octets -> Der.read(octets.content()))
                        .map(Der::children)
                        .orElse(List.of());
    }

    static String text(Der name) {
        return switch (name.tag() & 0x1F) {
            case 0 -> other(name);
            case 1 -> "EMAIL:" + string(name.content());
            case 2 -> "DNS:" + string(name.content());
            case 4 -> "DIR:" + DistinguishedName.of(name.content());
            case 6 -> "URI:" + string(name.content());
            case 7 -> "IP:" + address(name.content());
            case 8 -> "RID:" + name.identifier();
            default -> "OTHER:" + (name.tag() & 0x1F);
        };
    }

    /** Meant to be ASCII; what is not is read as UTF-8, bad bytes are replaced. */
    private static String string(byte[] content) {
        return new String(content, 0, Math.min(content.length, MAX_LENGTH), StandardCharsets.UTF_8);
    }

    private static String other(Der name) {
        List<Der> parts = name.children();
        String type = parts.isEmpty() ? "" : parts.get(0).identifier();
        Optional<String> text = parts.size() < 2
                ? Optional.empty()
                : Der.read(parts.get(1).content()).flatMap(Der::text);
        return type.equals(USER_PRINCIPAL_NAME) && text.isPresent() ? "UPN:" + text.get() : "OTHER:" + type;
    }

    static String address(byte[] content) {
        try {
            return InetAddress.getByAddress(content).getHostAddress();
        } catch (UnknownHostException e) {
            return HexFormat.of().formatHex(content, 0, Math.min(content.length, 32));
        }
    }

    /** Several names as one text, for messages. */
    static String some(X509Certificate certificate, int most) {
        List<Der> names = of(certificate);
        return IntStream.range(0, Math.min(most, names.size()))
                .mapToObj(i -> text(names.get(i)))
                .collect(Collectors.joining(", "));
    }
}
