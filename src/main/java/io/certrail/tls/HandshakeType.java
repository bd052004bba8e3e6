package io.certrail.tls;

import java.util.Map;

/** The names of handshake messages (RFC 8446 section 4, RFC 5246 section 7.4). */
final class HandshakeType {
    static final int CLIENT_HELLO = 1;
    static final int CERTIFICATE = 11;
    static final int CERTIFICATE_VERIFY = 15;
    static final int CLIENT_KEY_EXCHANGE = 16;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0, "HelloRequest"),
            Map.entry(CLIENT_HELLO, "ClientHello"),
            Map.entry(2, "ServerHello"),
            Map.entry(4, "NewSessionTicket"),
            Map.entry(5, "EndOfEarlyData"),
            Map.entry(8, "EncryptedExtensions"),
            Map.entry(CERTIFICATE, "Certificate"),
            Map.entry(12, "ServerKeyExchange"),
            Map.entry(13, "CertificateRequest"),
            Map.entry(14, "ServerHelloDone"),
            Map.entry(CERTIFICATE_VERIFY, "CertificateVerify"),
            Map.entry(CLIENT_KEY_EXCHANGE, "ClientKeyExchange"),
            Map.entry(20, "Finished"),
            Map.entry(24, "KeyUpdate"));

    private HandshakeType() {}

    static String of(int type) {
        return NAMES.getOrDefault(type, "a handshake message of type " + type);
    }
}
