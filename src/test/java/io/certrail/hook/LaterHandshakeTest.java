package io.certrail.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.tls.TestPki;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a handshake on an established connection changes: a renegotiation of TLS 1.2, or a certificate on demand. */
class LaterHandshakeTest {
    private static final String AUTHENTICATED = "io.certrail.authenticated";

    private final CertrailProvider provider = new CertrailProvider("deadline=0s");
    private final Hearer hearer = Hearer.ofAll();
    private final AtomicInteger asked = new AtomicInteger();
    private final SSLContext server = EngineSite.server(provider, chain -> asked.incrementAndGet());
    private final SSLContext client = EngineSite.changing(this::who);
    private TestPki.Identity presented = EngineSite.alice();
    private EnginePair engines;

    LaterHandshakeTest() {
        provider.subscribe(hearer);
    }

    private TestPki.Identity who() {
        return presented;
    }

    @AfterEach
    void stop() throws Exception {
        engines.server().closeOutbound();
        hearer.await("closed", 1); // so that all else is told
        hearer.subscription().cancel();
        assertThat(hearer.facts("fault")).isEmpty();
    }

    /** Two engines that made a handshake of TLS 1.2. */
    private EnginePair connect() throws Exception {
        SSLEngine watched = server.createSSLEngine("127.0.0.1", 5);
        EnginePair pair = new EnginePair(client.createSSLEngine("server.example", 443), watched);
        pair.client().setEnabledProtocols(new String[] {"TLSv1.2"});
        pair.shakeHands();
        return pair;
    }

    private Object authenticated() {
        return engines.server().getSession().getValue(AUTHENTICATED);
    }

    private static Object[] chain(Map<?, ?> fact) {
        return (X509Certificate[]) fact.get("presented");
    }

    @Test
    void sessionTellsWhatARenegotiationBrought() throws Exception {
        engines = connect();
        assertThat(authenticated()).isNull();

        engines.client().getSession().invalidate();
        presented = EngineSite.bob();
        engines.shakeHands();
        Map<String, Object> told = hearer.await("authenticated", 1).get(0);
        assertThat(chain(told)).containsExactly(EngineSite.bob().certificate());
        engines.server().getSession().removeValue(AUTHENTICATED);
        assertThat(authenticated()).isSameAs(told);
    }

    @Test
    void sessionTellsThatItsConnectionIsOver() throws Exception {
        engines = connect();
        SSLSession session = engines.server().getSession();
        assertThat(session.getValue("io.certrail.closed")).isNull();
        engines.server().closeOutbound();
        assertThat(session.getValue("io.certrail.closed")).isEqualTo(true);
    }

    @Test
    void certificateIsNotTheConnectionsBeforeItsKeyIsProven() throws Exception {
        engines = connect();
        engines.client().getSession().invalidate();
        presented = EngineSite.bob();
        engines.shakeHandsUntil(() -> asked.get() == 2);

        assertThat(asked).hasValue(2);
        assertThat(authenticated()).isNull();
        assertThat(hearer.facts("authenticated")).isEmpty();
    }

    @Test
    void certificateOfASessionThatIsResumedInARenegotiationIsTold() throws Exception {
        engines = connect();
        engines.client().getSession().invalidate();
        presented = EngineSite.bob();
        EnginePair other = connect();
        engines.shakeHands(); // the client has but one session with this server: bob's

        assertThat(asked).hasValue(2);
        assertThat(engines.server().getSession().getPeerCertificates())
                .containsExactly(EngineSite.bob().certificate());
        assertThat(chain((Map<?, ?>) authenticated()))
                .containsExactly(EngineSite.bob().certificate());
        assertThat(hearer.await("authenticated", 1).get(0)).isSameAs(authenticated());
        other.server().closeOutbound();
    }

    @Test
    void certificateThatIsThereNoMoreIsToldAsNone() throws Exception {
        engines = connect();
        engines.client().getSession().invalidate();
        engines.server().setWantClientAuth(true);
        presented = null;
        engines.shakeHands();

        assertThat(hearer.await("authenticated", 1).get(0))
                .isSameAs(authenticated())
                .doesNotContainKey("presented");
    }

    @Test
    void sameCertificateAgainIsNoNews() throws Exception {
        engines = connect();
        engines.client().getSession().invalidate();
        engines.shakeHands();

        assertThat(asked).hasValue(2);
        assertThat(authenticated()).isNull();
    }

    @Test
    void ticketOfTls13IsNoNews() throws Exception {
        engines = new EnginePair(client.createSSLEngine(), server.createSSLEngine("127.0.0.1", 5));
        engines.shakeHands();

        assertThat(engines.server().getSession().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(hearer.await("handshake", 1).get(0)).containsEntry("verdict", "established");
        assertThat(authenticated()).isNull();
    }
}
