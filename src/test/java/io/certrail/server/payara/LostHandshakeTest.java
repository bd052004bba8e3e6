package io.certrail.server.payara;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.recorder.Durability;
import io.certrail.recorder.FloodOptions;
import io.certrail.recorder.Recorder;
import io.certrail.trail.Retention;
import io.certrail.trail.Trail;
import io.certrail.verify.SampleTrail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.AbstractList;
import java.util.function.BiConsumer;
import org.glassfish.grizzly.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handshake of which no record can be made is counted, whatever ends it, and Grizzly does not hear of that. */
class LostHandshakeTest {
    private static final String BOOT = Recorder.newBootId();

    @TempDir
    Path folder;

    /** Trust anchors where there is no memory for a copy of them. */
    private static final class Uncopied extends AbstractList<X509Certificate> {
        @Override
        public X509Certificate get(int index) {
            throw new InternalError("for a test");
        }

        @Override
        public int size() {
            return 1;
        }
    }

    /** A connection of whose handshake the facts cannot be made is accepted, and its handshake ends. */
    private void lose(BiConsumer<HookContext, Connection<?>> end) throws Exception {
        try (Trail trail = SampleTrail.open(folder, BOOT, 1 << 20, Retention.ALL)) {
            Recorder recorder =
                    SampleTrail.recorder(trail, BOOT, Durability.NONE, FloodOptions.UNLIMITED, Clock.systemUTC());
            try (HookContext context = HookContext.of(recorder, 10)) {
                Connection<?> connection = FakeConnection.open();
                new ConnectionHook(context).onAcceptEvent(null, connection);
                context.open(connection).handshake().refused(new Exception("refused"), new Uncopied());
                end.accept(context, connection);
            }
        }
        assertThat(Files.readString(folder.resolve("checkpoint")))
                .contains(
                        "\nconnections accepted=1 numbered=1 succeeded=0 failed=0 unknown=0 coalesced=0 lost=1 open=0\n");
    }

    @Test
    void thatSucceeds() throws Exception {
        lose((context, connection) -> new HandshakeHook(context).onComplete(connection));
    }

    @Test
    void thatFails() throws Exception {
        lose((context, connection) -> new HandshakeHook(context).onFailure(connection, new Exception("refused")));
    }

    @Test
    void whoseConnectionCloses() throws Exception {
        lose((context, connection) -> new ConnectionHook(context).onCloseEvent(connection));
    }

    @Test
    void thatGoesOnWhenCertrailStops() throws Exception {
        lose((context, connection) -> {});
    }
}
