package io.certrail.server.wildfly;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.servlet.RecordingFixture;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xnio.ChannelListener;
import org.xnio.Option;
import org.xnio.conduits.StreamSourceConduit;
import org.xnio.ssl.SslConnection;

/** When the session of a connection is asked for: whoever asks waits for the engine while a trust manager is asked. */
class InboundTest {
    @TempDir
    Path folder;

    private final FollowedConnection followed = new FollowedConnection();
    private final AtomicInteger asked = new AtomicInteger();
    private RecordingFixture fixture;
    private TappedConnection tapped;
    private Inbound inbound;
    private String next = "";

    @BeforeEach
    void make() throws IOException {
        fixture = new RecordingFixture(folder);
        followed.agreedOn("any");
        tapped = new TappedConnection(
                fixture.recorder(),
                new Shaking(),
                new ConnectionIdentity(
                        fixture.recorder(), session -> followed, FollowedConnection.CLIENT, FollowedConnection.SERVER),
                new BrokenRequests(fixture.recorder(), 1000),
                false,
                () -> {});
        inbound = new Inbound(
                (StreamSourceConduit) Proxy.newProxyInstance(
                        InboundTest.class.getClassLoader(),
                        new Class<?>[] {StreamSourceConduit.class},
                        (proxy, method, arguments) -> method.getName().equals("read") ? put(arguments) : null),
                tapped);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Object put(Object... arguments) {
        ((ByteBuffer) arguments[0]).put(next.getBytes(ISO_8859_1));
        return next.length();
    }

    /** Counts who asks for its session. */
    private final class Shaking extends SslConnection {
        Shaking() {
            super(null);
        }

        @Override
        public SSLSession getSslSession() {
            asked.incrementAndGet();
            return (SSLSession) Proxy.newProxyInstance(
                    InboundTest.class.getClassLoader(),
                    new Class<?>[] {SSLSession.class},
                    (proxy, method, arguments) -> null);
        }

        @Override
        public void startHandshake() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ChannelListener.Setter<? extends SslConnection> getHandshakeSetter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable SocketAddress getPeerAddress() {
            return null;
        }

        @Override
        public @Nullable SocketAddress getLocalAddress() {
            return null;
        }

        @Override
        public boolean supportsOption(Option<?> option) {
            return false;
        }

        @Override
        public <T> @Nullable T getOption(Option<T> option) {
            return null;
        }

        @Override
        public <T> @Nullable T setOption(Option<T> option, T value) {
            return null;
        }
    }

    private int read(String sent) throws IOException {
        next = sent;
        return inbound.read(ByteBuffer.allocate(100));
    }

    @Test
    void nobodyAsksForTheSessionBeforeTheHandshakeIsDone() throws IOException {
        assertThat(read("")).isZero();
        assertThat(asked).hasValue(0);
        assertThat(read("GET /")).isEqualTo(5);
        assertThat(asked).hasPositiveValue();
    }

    /** Clients that keep their connections open are many, and wait for long. */
    @Test
    void bytesOfTheHandshakeAreNotKeptWhileAConnectionWaitsForItsNextRequest() throws IOException {
        tapped.shakes(ByteBuffer.allocate(40));
        assertThat(read("")).isZero();
        assertThat(tapped.receivedBytes().count()).isEqualTo(40);
        tapped.shakes(ByteBuffer.allocate(30));
        assertThat(read("GET /")).isEqualTo(5);

        assertThat(tapped.receivedBytes().count()).isZero();
    }

    @Test
    void connectionThatEndsBeforeAnythingIsReadIsKnownByItsHandshake() throws IOException {
        assertThat(read("")).isZero();
        tapped.fate().failed(new SSLException("Tag mismatch"));
        inbound.closed();

        JsonObject closed = fixture.record("tls.closed");
        assertThat(closed.getJsonObject("mtls").getJsonObject("connection").getString("id"))
                .isEqualTo("boot-h5");
    }
}
