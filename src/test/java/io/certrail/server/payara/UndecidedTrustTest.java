package io.certrail.server.payara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.hook.EngineSite;
import io.certrail.tls.Ending;
import io.certrail.tls.HandshakeFacts;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

/** A connection that ends while the trust manager is asked, which may take as long as an OCSP responder does. */
class UndecidedTrustTest {
    private static final X509Certificate[] CHAIN = {EngineSite.alice().certificate()};

    private final SSLEngine engine = EngineSite.client(null).createSSLEngine();
    private final OpenConnection open = new OpenConnection("boot-1", true, FakeConnection.open(), true);

    private HandshakeFacts end() {
        open.engine(engine);
        return HandshakeHook.failed(open, Ending.TIMED_OUT, null);
    }

    @Test
    void certificateOnWhichItHasNotDecidedIsToldAsNotTrustedAndTheEngineIsNotAsked() {
        open.handshake().presented(CHAIN, null);
        HandshakeFacts facts = end();
        assertThat(facts.presented()).containsExactly(CHAIN);
        assertThat(facts.trusted()).isFalse();
        assertThat(facts.trustFailure()).isNull();
        assertThat(facts.enabledProtocols()).isEmpty(); // the engine would answer once it has decided
    }

    @Test
    void certificateThatItAcceptedIsTrustedThoughTheHandshakeCameToNothing() {
        open.handshake().presented(CHAIN, null);
        open.handshake().trusted();
        HandshakeFacts facts = end();
        assertThat(facts.presented()).containsExactly(CHAIN);
        assertThat(facts.trusted()).isTrue();
        assertThat(facts.enabledProtocols()).isNotEmpty();
    }

    @Test
    void trustManagerTellsWhatItDecidedOnceItHas() throws Exception {
        var said = new Said();
        new ObservingTrustManager(EngineSite.trusting(chain -> said.words.add("asked")), said)
                .checkClientTrusted(CHAIN, "RSA", engine);
        assertThat(said.words).containsExactly("presented", "asked", "trusted");

        var doubt = new Said();
        var refusing = EngineSite.trusting(chain -> {
            throw new CertificateException("revoked");
        });
        assertThatThrownBy(() -> new ObservingTrustManager(refusing, doubt).checkClientTrusted(CHAIN, "RSA", engine))
                .isInstanceOf(CertificateException.class);
        assertThat(doubt.words).containsExactly("presented", "refused");
    }

    private static final class Said implements ObservingTrustManager.TrustObserver {
        private final List<String> words = new ArrayList<>();

        @Override
        public void presented(SSLEngine engine, X509Certificate[] chain, SSLSession session) {
            words.add("presented");
        }

        @Override
        public void trusted(SSLEngine engine) {
            words.add("trusted");
        }

        @Override
        public void refused(SSLEngine engine, Throwable cause, List<X509Certificate> anchors) {
            words.add("refused");
        }
    }
}
