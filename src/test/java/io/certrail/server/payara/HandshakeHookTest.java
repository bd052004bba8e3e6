package io.certrail.server.payara;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.ConnectionFacts;
import io.certrail.hook.EnginePair;
import io.certrail.hook.EngineSite;
import io.certrail.servlet.RecordingFixture;
import java.nio.file.Path;
import java.security.Security;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Grizzly tells as a handshake's end, which a key update of TLS 1.3 is to it, too. */
class HandshakeHookTest {
    private final Connection<?> connection = FakeConnection.open();
    private final EnginePair engines = new EnginePair(
            EngineSite.client(EngineSite.alice()).createSSLEngine(),
            EngineSite.server(Security.getProvider("SunJSSE")).createSSLEngine());

    @TempDir
    Path folder;

    private void shakeHands() throws Exception {
        engines.client().getSession().invalidate();
        engines.shakeHands();
    }

    @Test
    void onlyAnotherSessionMakesOtherFacts() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder);
                HookContext context = HookContext.of(fixture.recorder(), 10)) {
            HandshakeHook hook = new HandshakeHook(context);
            SSLUtils.setSSLEngine(connection, engines.server());
            engines.client().setEnabledProtocols(new String[] {"TLSv1.2"});
            shakeHands();
            hook.onComplete(connection);
            ConnectionFacts first = context.open(connection).facts();
            assertThat(first.tls().client().subject()).contains("alice");

            hook.onComplete(connection);
            assertThat(context.open(connection).facts()).isSameAs(first);

            shakeHands();
            hook.onComplete(connection);
            assertThat(context.open(connection).facts()).isNotSameAs(first);
        }
    }
}
