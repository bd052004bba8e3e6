package io.certrail.server.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.hook.CertrailProvider;
import io.certrail.server.jsse.HookListener;
import io.certrail.server.jsse.JsseHook;
import io.certrail.servlet.RecordingFixture;
import io.undertow.server.HttpHandler;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import org.jboss.msc.service.ServiceContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener that does not accept connections where the hooks go: it is tried again and again, as it may come to. */
class UnreachableListenerTest {
    private final CertrailProvider provider = new CertrailProvider("");

    @TempDir
    Path folder;

    @BeforeEach
    void install() {
        Security.addProvider(provider);
    }

    @AfterEach
    void uninstall() {
        Security.removeProvider(provider.getName());
    }

    @Test
    void listenerBehindItIsHooked() throws Exception {
        ServiceContainer services = ServiceContainer.Factory.create();
        try (RecordingFixture fixture = new RecordingFixture(folder);
                PlainListener listener = new PlainListener(true);
                PlainListener good = new PlainListener(true)) {
            listener.acceptsNone();
            HttpHandler entered = good.entered();
            JsseHook hook = JsseHook.subscribe(fixture.recorder(), 10, new HookListener() {});
            WildflyAdapter adapter = new WildflyAdapter(
                    fixture.recorder(), new OpenConnections(10), hook, new WildflyListeners(services));
            assertThatThrownBy(() -> adapter.hookNew(List.of(listener, good))).hasMessageStartingWith("CTR0662 ");
            adapter.close();

            assertThat(good.entered()).isNotSameAs(entered);
        } finally {
            services.shutdown();
        }
    }

    @Test
    void nothingIsLeftInIt() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder);
                PlainListener listener = new PlainListener(true)) {
            listener.acceptsNone();
            HttpHandler entered = listener.entered();

            for (int look = 0; look < 2; look++) {
                assertThatThrownBy(() -> new HookingApplication(fixture.recorder(), listener))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("CTR0662 ");
                assertThat(listener.entered()).isSameAs(entered);
            }
        }
    }
}
