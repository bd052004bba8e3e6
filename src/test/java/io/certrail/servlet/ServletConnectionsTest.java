package io.certrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.TlsFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServletConnectionsTest {
    private final ServletConnections connections = new ServletConnections("boot", (chain, verified) -> {
        throw new AssertionError("there is no certificate");
    });
    private final FakeExchange exchange = new FakeExchange();

    private ConnectionFacts facts() {
        return connections.of(exchange.request);
    }

    @Test
    void requestsOfOneConnectionShareItsFacts() {
        assertThat(facts()).isSameAs(facts());
        assertThat(facts().id()).isEqualTo("boot-s1");
    }

    @Test
    void anotherConnectionUnderTheSameIdIsToldApart() {
        ConnectionFacts first = facts();
        exchange.clientPort++;
        assertThat(facts()).isNotSameAs(first);
        assertThat(facts().client().port()).isEqualTo(50_001);
    }

    @Test
    void serverThatTellsNoConnectionsApartGivesNoId() {
        exchange.connectionId = "";
        assertThat(facts().id()).isNull();
        assertThat(facts().server().port()).isEqualTo(8443);
    }

    @Test
    void plainConnectionHasNoTls() {
        exchange.secure = false;
        assertThat(facts().tls()).isNull();
    }

    @Test
    void http2NeedsItsProtocolIdentifier() {
        exchange.connectionProtocol = "h2";
        assertThat(tls().nextProtocol()).isEqualTo("h2");
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_AES_256_GCM_SHA384,1.3",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,1.2",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,1.2",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8,1.2",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,",
    })
    void cipherSuiteGivesTheProtocolAway(String cipher, String version) {
        exchange.attributes.put("jakarta.servlet.request.cipher_suite", cipher);
        assertThat(tls().protocolVersion()).isEqualTo(version);
    }

    @Test
    void protocolThatTheServerTellsIsTaken() {
        exchange.attributes.put("jakarta.servlet.request.cipher_suite", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");
        exchange.attributes.put("jakarta.servlet.request.secure_protocol", "TLSv1.2");
        assertThat(tls().protocolVersion()).isEqualTo("1.2");
    }

    private TlsFacts tls() {
        TlsFacts tls = facts().tls();
        assertThat(tls).isNotNull();
        return tls;
    }
}
