package io.certrail.event;

import java.util.List;

/**
 * What a ClientHello offered, recorded where nothing was negotiated: {@code tls.offered.*}.
 *
 * @param versions such as {@code 1.3}, {@code 1.2}, {@code 1.0}, {@code SSLv3}, or {@code 0x1a1a} where unknown
 * @param ciphers how many cipher suites; -1 unknown
 * @param groups IANA names, or hexadecimal where unknown
 * @param nextProtocols ALPN identifiers
 */
public record OfferedTls(List<String> versions, int ciphers, List<String> groups, List<String> nextProtocols) {
    private static final int MAX_ITEMS = 16;
    private static final int MAX_ITEM_LENGTH = 64;

    public OfferedTls {
        versions = bounded(versions);
        groups = bounded(groups);
        nextProtocols = bounded(nextProtocols);
    }

    private static List<String> bounded(List<String> items) {
        return items.stream()
                .limit(MAX_ITEMS)
                .map(item -> Text.bounded(item, MAX_ITEM_LENGTH))
                .toList();
    }

    void describe(RecordWriter record) {
        record.begin("offered")
                .put("versions", versions)
                .put("ciphers", ciphers)
                .put("groups", groups)
                .put("next_protocols", nextProtocols)
                .end();
    }
}
