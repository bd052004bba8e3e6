package io.certrail.event;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the TLS layer of a connection: {@code tls.*}.
 *
 * @param protocolVersion {@code 1.2} or {@code 1.3} as negotiated so far
 * @param cipher the JSSE (IANA) name of the cipher suite
 * @param nextProtocol ALPN identifier that was agreed
 * @param resumed whether a session was resumed; {@code null} where there was no session
 * @param established whether the handshake ended well
 * @param alertSent RFC 8446 name of the alert that the server made
 * @param alertReceived RFC 8446 name of the alert that the client sent
 * @param offered the ClientHello's offer, where nothing was agreed
 * @param client the certificate presented
 */
public record TlsFacts(
        @Nullable String protocolVersion,
        @Nullable String cipher,
        @Nullable String nextProtocol,
        @Nullable Boolean resumed,
        boolean established,
        @Nullable String alertSent,
        @Nullable String alertReceived,
        @Nullable OfferedTls offered,
        @Nullable CertificateFacts client) {

    void describe(RecordWriter record) {
        record.begin("tls")
                .begin("protocol")
                .put("version", protocolVersion)
                .end()
                .put("cipher", cipher)
                .put("next_protocol", nextProtocol);
        if (resumed != null) {
            record.put("resumed", resumed.booleanValue());
        }
        record.put("established", established)
                .begin("alert")
                .put("sent", alertSent)
                .put("received", alertReceived)
                .end();
        if (offered != null) {
            offered.describe(record);
        }
        if (client != null) {
            client.describe(record);
        }
        record.end();
    }
}
