package io.certrail.server.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.ConnectionFacts;
import io.certrail.servlet.RecordingFixture;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionIdentityTest {
    private static final SSLSession SESSION = (SSLSession) Proxy.newProxyInstance(
            ConnectionIdentityTest.class.getClassLoader(),
            new Class<?>[] {SSLSession.class},
            (proxy, method, arguments) -> {
                if (method.getName().equals("getPeerCertificates")) {
                    throw new SSLPeerUnverifiedException("none");
                }
                return null;
            });

    @TempDir
    Path folder;

    private RecordingFixture fixture;
    private @Nullable FollowedConnection followed = new FollowedConnection();

    @BeforeEach
    void make() throws IOException {
        fixture = new RecordingFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private ConnectionIdentity identity() {
        return new ConnectionIdentity(
                fixture.recorder(), session -> followed, FollowedConnection.CLIENT, FollowedConnection.SERVER);
    }

    @Test
    void whatALaterHandshakeBroughtIsStatedFromThenOn() {
        ConnectionIdentity identity = identity();
        followed.agreedOn("first");
        assertThat(identity.facts(SESSION).tls().cipher()).isEqualTo("first");
        followed.agreedOn("second");

        assertThat(identity.known().tls().cipher()).isEqualTo("second");
        ConnectionFacts facts = identity.facts(SESSION);
        assertThat(facts.tls().cipher()).isEqualTo("second");
        assertThat(facts.id()).isEqualTo("boot-h5");
        assertThat(facts.server()).isEqualTo(FollowedConnection.SERVER);
    }

    @Test
    void theSameIsStatedUntilThen() {
        ConnectionIdentity identity = identity();
        followed.agreedOn("first");

        assertThat(identity.facts(SESSION)).isSameAs(identity.facts(SESSION)).isSameAs(identity.known());
    }

    /** The hook lets go of a connection at its end, and what it then tells of it is its first handshake. */
    @Test
    void whatIsKnownStaysAfterTheEnd() {
        ConnectionIdentity identity = identity();
        followed.agreedOn("first");
        identity.facts(SESSION);
        followed.agreedOn("second");
        followed = new FollowedConnection();
        followed.agreedOn("first");

        assertThat(identity.facts(SESSION).tls().cipher()).isEqualTo("second");
    }

    @Test
    void connectionThatIsNotFollowedHasOneIdForAllItsRequests() {
        followed = null;
        ConnectionIdentity identity = identity();
        ConnectionFacts facts = identity.facts(SESSION);
        followed = new FollowedConnection();
        followed.agreedOn("first");

        assertThat(facts.id()).startsWith("boot-x");
        assertThat(identity.facts(SESSION)).isSameAs(facts);
    }

    @Test
    void connectionWithoutTlsHasOneIdForAllItsRequests() {
        ConnectionIdentity identity = identity();
        assertThat(identity.known()).isNull();
        ConnectionFacts facts = identity.facts((SSLSession) null);

        assertThat(facts.tls()).isNull();
        assertThat(identity.facts((SSLSession) null)).isSameAs(facts).isSameAs(identity.known());
    }
}
