package io.certrail.server.payara;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.tls.TestPki;
import java.lang.reflect.Proxy;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

class SessionChainTest {
    private static final X509Certificate[] ALICE = TestPki.chain(TestPki.root("CN=alice"));
    private static final X509Certificate[] BOB = TestPki.chain(TestPki.root("CN=bob"));

    private final SessionChain chain = new SessionChain();
    private final AtomicInteger asked = new AtomicInteger();

    private SSLSession session(X509Certificate... certificates) {
        return (SSLSession) Proxy.newProxyInstance(
                SessionChainTest.class.getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    if (certificates.length == 0) {
                        throw new SSLPeerUnverifiedException("none");
                    }
                    return certificates.clone();
                });
    }

    @Test
    void aSessionIsAskedOnceAndItsChainIsTheCallers() {
        SSLSession session = session(ALICE);
        chain.of(session)[0] = null;
        assertThat(chain.of(session)).containsExactly(ALICE);
        assertThat(asked).hasValue(1);
    }

    @Test
    void anotherSessionHasItsOwnChainOrNone() {
        assertThat(chain.of(session(ALICE))).containsExactly(ALICE);
        assertThat(chain.of(session(BOB))).containsExactly(BOB);
        assertThat(chain.of(session())).isNull();
        assertThat(chain.of(null)).isNull();
    }

    @Test
    void aSessionThatHasNoneIsAskedAgain() {
        SSLSession session = session();
        assertThat(chain.of(session)).isNull();
        assertThat(chain.of(session)).isNull();
        assertThat(asked).hasValue(2);
    }
}
