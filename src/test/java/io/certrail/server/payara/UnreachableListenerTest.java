package io.certrail.server.payara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.hook.EngineSite;
import io.certrail.server.payara.PayaraListeners.Listener;
import io.certrail.servlet.RecordingFixture;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener whose SSL context cannot be made anew: it is tried again and again, as it may come to. */
class UnreachableListenerTest {
    private final SSLContext context = EngineSite.server(Security.getProvider("SunJSSE"));
    private final Broken broken = new Broken(context);

    @TempDir
    Path folder;

    /** As with a trust store whose provider has lost a class of its own. */
    private static final class Broken extends SSLEngineConfigurator {
        Broken(SSLContext context) {
            super(context);
        }

        @Override
        public SSLEngine createSSLEngine() {
            throw new NoClassDefFoundError("for a test");
        }

        /** The one that it has, as {@link #getSslContext()} would make another. */
        SSLContext context() {
            return sslContext;
        }
    }

    private Listener listener(TCPNIOTransport transport) {
        SSLBaseFilter tls = new SSLBaseFilter(broken) {
            @Override
            public SSLEngineConfigurator getServerSSLEngineConfigurator() {
                return broken;
            }
        };
        return new Listener("broken", transport, List.of(), List.of(tls), List.of(), List.of());
    }

    @Test
    void listenerBehindItIsHooked() throws Exception {
        TCPNIOTransport transport = TCPNIOTransportBuilder.newInstance().build();
        Listener good = new Listener("good", transport, List.of(), List.of(), List.of(), List.of());
        TCPNIOTransport unreachable = TCPNIOTransportBuilder.newInstance().build();
        try (RecordingFixture fixture = new RecordingFixture(folder)) {
            PayaraAdapter adapter = new PayaraAdapter(fixture.recorder(), 10, new PayaraListeners(List.of()));
            assertThatThrownBy(() -> adapter.hookNew(List.of(listener(unreachable), good)))
                    .hasMessageContaining("for a test");
            adapter.close();
        }
        assertThat(transport.getConnectionMonitoringConfig().getProbes()).hasSize(1);
    }

    @Test
    void nothingIsLeftInItAndItKeepsItsContext() throws Exception {
        TCPNIOTransport transport = TCPNIOTransportBuilder.newInstance().build();
        try (RecordingFixture fixture = new RecordingFixture(folder);
                HookContext hooks = HookContext.of(fixture.recorder(), 10)) {
            HandshakeHook handshakes = new HandshakeHook(hooks);
            ParserHook parser = new ParserHook(hooks);
            for (int look = 0; look < 2; look++) {
                assertThatThrownBy(() -> new HookedListener(hooks, handshakes, parser, listener(transport)))
                        .hasMessageContaining("for a test");
            }
        }
        assertThat(transport.getConnectionMonitoringConfig().getProbes()).isEmpty();
        assertThat(broken.context()).isSameAs(context);
    }
}
