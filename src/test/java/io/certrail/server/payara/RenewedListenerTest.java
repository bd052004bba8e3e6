package io.certrail.server.payara;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.server.payara.PayaraListeners.Listener;
import io.certrail.servlet.RecordingFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpCodecFilter;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payara hands on to a listener that it makes anew what hears the old one's parser. */
class RenewedListenerTest {
    @TempDir
    Path folder;

    private final Listener old = listener();
    private final Listener renewed = listener();
    private RecordingFixture fixture;
    private HookContext context;
    private HandshakeHook handshakes;
    private ParserHook parser;
    private HookedListener hooked;

    private static Listener listener() {
        NIOTransport transport = TCPNIOTransportBuilder.newInstance().build();
        HttpServerFilter codec = new HttpServerFilter(true, 8192, null, null, null, 100, 100);
        return new Listener("web", transport, List.of(), List.of(), List.of(codec), List.of());
    }

    @BeforeEach
    void renew() throws IOException {
        fixture = new RecordingFixture(folder);
        context = HookContext.of(fixture.recorder(), 10);
        handshakes = new HandshakeHook(context);
        parser = new ParserHook(context);
        hooked = new HookedListener(context, handshakes, parser, old);
        codec(renewed)
                .getMonitoringConfig()
                .addProbes(codec(old).getMonitoringConfig().getProbes());
    }

    @AfterEach
    void stop() {
        context.close();
        fixture.close();
    }

    private static HttpCodecFilter codec(Listener listener) {
        return listener.codecs().get(0);
    }

    @Test
    void itHasOneHookOnceItIsHookedAndNoneAfterwards() {
        HookedListener again = new HookedListener(context, handshakes, parser, renewed);
        hooked.close();
        assertThat(codec(renewed).getMonitoringConfig().getProbes()).hasSize(1);

        again.close();
        assertThat(codec(renewed).getMonitoringConfig().getProbes()).isEmpty();
    }

    @Test
    void connectionThatComesBeforeItIsHookedIsNotHeldForEver() {
        Connection<?> connection = FakeConnection.open();
        codec(renewed).getMonitoringConfig().getProbes()[0].onDataReceivedEvent(connection, Buffers.EMPTY_BUFFER);

        assertThat(fixture.open()).isZero();
    }
}
