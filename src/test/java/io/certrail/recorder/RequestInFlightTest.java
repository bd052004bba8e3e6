package io.certrail.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.RequestFacts;
import io.certrail.event.TlsFacts;
import io.certrail.servlet.RecordingFixture;
import io.certrail.tls.CertificateReader;
import io.certrail.tls.TestPki;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request for which the server asks the client's certificate while it is under way. */
class RequestInFlightTest {
    private static final TestPki.Identity ALICE = TestPki.root("CN=alice");
    private static final TestPki.Identity BOB = TestPki.root("CN=bob");

    @TempDir
    Path folder;

    private final AtomicReference<@Nullable ConnectionFacts> now = new AtomicReference<>();
    private RecordingFixture fixture;

    @BeforeEach
    void make() throws IOException {
        fixture = new RecordingFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static ConnectionFacts facts(String id, TestPki.@Nullable Identity client) {
        TlsFacts tls = new TlsFacts(
                "1.2",
                null,
                null,
                false,
                true,
                null,
                null,
                null,
                client == null ? null : CertificateReader.read(TestPki.chain(client), true));
        return new ConnectionFacts(id, new Endpoint("192.0.2.1", 5), new Endpoint("192.0.2.2", 443), null, tls);
    }

    private RequestInFlight begin(ConnectionFacts connection) {
        RequestFacts request = new RequestFacts("id", "server", "GET", "/secret", "1.1", null, null, null);
        RequestInFlight begun = fixture.recorder().open(request, connection, System.nanoTime());
        begun.renewedBy(now::get);
        return begun;
    }

    @Test
    void certificateThatWasAskedForOnDemandIsRecorded() throws Exception {
        RequestInFlight request = begin(facts("boot-1", null));
        now.set(facts("boot-1", null));
        assertThat(request.link().connection().tls().client()).isNull();
        now.set(facts("boot-1", ALICE));
        assertThat(request.link().connection().tls().client().subject()).isEqualTo("CN=alice");
        request.status(200);
        request.close();

        JsonObject client = fixture.record("http.request").getJsonObject("tls").getJsonObject("client");
        assertThat(client.getString("subject")).isEqualTo("CN=alice");
        assertThat(client.getBoolean("verified")).isTrue();
    }

    @Test
    void certificateWithWhichItBeganStays() {
        RequestInFlight request = begin(facts("boot-1", ALICE));
        now.set(facts("boot-1", BOB));
        assertThat(request.connection().tls().client().subject()).isEqualTo("CN=alice");
    }

    @Test
    void certificateOfAnotherConnectionIsNotIts() {
        RequestInFlight request = begin(facts("boot-1", null));
        now.set(facts("boot-2", ALICE));
        assertThat(request.connection().tls().client()).isNull();
        now.set(null);
        assertThat(request.connection().id()).isEqualTo("boot-1");
    }
}
