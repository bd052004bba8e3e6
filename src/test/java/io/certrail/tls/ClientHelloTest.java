package io.certrail.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ClientHelloTest {
    private static final HandshakeClassifier CLASSIFIER = new HandshakeClassifier();

    @Test
    void aWholeHelloIsReadAsItStands() {
        ClientHello hello =
                ClientHello.parse(Hello.tls13().alpn("h2", "http/1.1").bytes()).orElseThrow();
        assertThat(hello.complete()).isTrue();
        assertThat(hello.flaw()).isNull();
        assertThat(hello.nameFlaw()).isNull();
        assertThat(hello.legacyVersion()).isEqualTo(0x0303);
        assertThat(hello.recordVersion()).isEqualTo(0x0301);
        assertThat(hello.versions()).containsExactly(0x0304, 0x0303);
        assertThat(hello.cipherSuites()).hasSize(Hello.MODERN.length).startsWith(0x1301);
        assertThat(hello.groups()).containsExactly(0x001D, 0x0017);
        assertThat(hello.keyShares()).containsExactly(0x001D);
        assertThat(hello.signatureSchemes()).contains(0x0403);
        assertThat(hello.serverName()).isEqualTo("localhost");
        assertThat(hello.nextProtocols()).containsExactly("h2", "http/1.1");
        assertThat(hello.sessionId()).isTrue();
        assertThat(hello.offersTicket()).isFalse();
        assertThat(hello.offered().versions()).containsExactly("1.3", "1.2");
        assertThat(hello.offered().groups()).containsExactly("x25519", "secp256r1");
    }

    @Test
    void theJdksOwnHelloHasNoFlaw() throws java.security.GeneralSecurityException, javax.net.ssl.SSLException {
        javax.net.ssl.SSLEngine engine = javax.net.ssl.SSLContext.getDefault().createSSLEngine("host.example", 1);
        engine.setUseClientMode(true);
        java.nio.ByteBuffer out = java.nio.ByteBuffer.allocate(20_000);
        engine.wrap(java.nio.ByteBuffer.allocate(0), out);
        ClientHello hello =
                ClientHello.parse(Arrays.copyOf(out.array(), out.position())).orElseThrow();
        assertThat(hello.complete()).isTrue();
        assertThat(hello.flaw()).isNull();
        assertThat(hello.serverName()).isEqualTo("host.example");
        assertThat(hello.offers(0x0304)).isTrue();
    }

    @Test
    void fragmentsArePutTogether() {
        ClientHello whole = ClientHello.parse(Hello.tls13().bytes()).orElseThrow();
        for (int size : new int[] {1, 7, 100}) {
            assertThat(ClientHello.parse(Hello.tls13().fragments(size))).contains(whole);
        }
    }

    @Test
    void aPartOfAHelloHasNoFlawYet() {
        byte[] bytes = Hello.tls13().bytes();
        for (int length = 11; length < bytes.length; length++) {
            Optional<ClientHello> hello = ClientHello.parse(Arrays.copyOf(bytes, length));
            assertThat(hello).isPresent();
            assertThat(hello.get().complete()).isFalse();
            assertThat(hello.get().flaw()).isNull();
        }
    }

    @Test
    void hostileNamesAreTextAndHaveAFlaw() {
        byte[] name = {'a', 0, (byte) 0xFF, '\n'};
        ClientHello hello =
                ClientHello.parse(Hello.tls13().serverName(name).bytes()).orElseThrow();
        assertThat(hello.serverName()).isEqualTo("a\0\uFFFD\n");
        assertThat(hello.nameFlaw()).isNotNull();
        byte[] fine = "_x-1.example".getBytes(StandardCharsets.UTF_8);
        assertThat(ClientHello.parse(Hello.tls13().serverName(fine).bytes())
                        .orElseThrow()
                        .nameFlaw())
                .isNull();
    }

    @Property(tries = 2000)
    void noBytesMakeItThrow(@ForAll byte[] bytes) {
        ClientHello.parse(bytes);
    }

    @Property(tries = 3000)
    void noDamageMakesItThrow(@ForAll("damaged") byte[] bytes) {
        ClientHello.parse(bytes).ifPresent(hello -> {
            assertThat(hello.extensions()).hasSizeLessThanOrEqualTo(256);
            assertThat(hello.offered()).isNotNull();
        });
        for (Ending ending : Ending.values()) {
            assertThat(CLASSIFIER.classify(HandshakeFacts.ending(ending)
                            .received(bytes, bytes.length, Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length))
                            .failure(new javax.net.ssl.SSLHandshakeException("no cipher suites in common"))
                            .build()))
                    .isNotNull();
        }
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        Arbitrary<byte[]> good = Arbitraries.of(
                Hello.tls13().alpn("h2").bytes(),
                Hello.tls12().fragments(20),
                new Hello().withoutExtensions().bytes());
        Arbitrary<int[]> places = Arbitraries.integers()
                .between(0, 300)
                .array(int[].class)
                .ofMinSize(0)
                .ofMaxSize(8);
        return Combinators.combine(
                        good,
                        places,
                        Arbitraries.bytes(),
                        Arbitraries.integers().between(0, 300))
                .as((bytes, at, value, length) -> {
                    byte[] copy = bytes.clone();
                    for (int place : at) {
                        copy[place % copy.length] = (byte) (value + place);
                    }
                    return Arrays.copyOf(copy, Math.min(length, copy.length));
                });
    }
}
