package io.certrail.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.Fault;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class ConnectionFaultsTest {
    @Test
    void whatBreaksTlsAfterTheHandshakeIsToldAsSuch() {
        assertThat(ConnectionFaults.afterHandshake(new SSLException("Tag mismatch!")))
                .extracting(Fault::type)
                .isEqualTo("bad_record_mac");
        assertThat(ConnectionFaults.afterHandshake(new SSLException("Received fatal alert: record_overflow")))
                .isEqualTo(new Fault(
                        "client_alert_record_overflow", "after the handshake: client sent alert record_overflow"));
        assertThat(ConnectionFaults.afterHandshake(null))
                .extracting(Fault::type)
                .isEqualTo("internal_error");
    }

    @Test
    void streamBeyondThoseThatTheServerTakesIsNoBadHeader() {
        assertThat(ConnectionFaults.ofHeaderBlock("REFUSED_STREAM", null, 100, 4096, null))
                .isNull();
        assertThat(ConnectionFaults.ofHeaderBlock("PROTOCOL_ERROR", null, 100, 4096, null))
                .isNotNull();
    }
}
