package io.certrail.server.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.servlet.RecordingFixture;
import io.undertow.server.HttpHandler;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener that does not accept connections where the hooks go: it is tried again and again, as it may come to. */
class UnreachableListenerTest {
    @TempDir
    Path folder;

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
