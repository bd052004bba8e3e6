package io.certrail.tls;

import java.util.Map;

/** The names of handshake messages (RFC 8446 section 4, RFC 5246 section 7.4). */
final class HandshakeType {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0, "HelloRequest"),
            Map.entry(1, "ClientHello"),
            Map.entry(2, "ServerHello"),
            Map.entry(4, "NewSessionTicket"),
            Map.entry(5, "EndOfEarlyData"),
            Map.entry(8, "EncryptedExtensions"),
            Map.entry(11, "Certificate"),
            Map.entry(12, "ServerKeyExchange"),
            Map.entry(13, "CertificateRequest"),
            Map.entry(14, "ServerHelloDone"),
            Map.entry(15, "CertificateVerify"),
            Map.entry(16, "ClientKeyExchange"),
            Map.entry(20, "Finished"),
            Map.entry(24, "KeyUpdate"));

    private HandshakeType() {}

    static String of(int type) {
        return NAMES.getOrDefault(type, "a handshake message of type " + type);
    }
}
