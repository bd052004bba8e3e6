package io.certrail.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.api.Streams.Place;
import io.certrail.config.CertrailConfig;
import io.certrail.config.FakeConfig;
import io.certrail.event.RequestFacts;
import io.certrail.index.FedTrail;
import io.certrail.recorder.RequestInFlight;
import io.certrail.servlet.FakeExchange;
import io.certrail.servlet.RecordingFixture;
import io.certrail.trail.PlainChronicle;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with room for one stream. */
final class StreamServletTest {
    @TempDir
    Path folder;

    private final Streams streams = new Streams();
    private final AtomicInteger errors = new AtomicInteger();
    private final Evidence evidence = new FailingEvidence();
    private final StreamServlet servlet = new StreamServlet();
    private final FakeExchange exchange = new FakeExchange();
    private Runnable recording = () -> {};
    private RecordingFixture requests;
    private Trail trail;

    @BeforeEach
    void start() throws IOException {
        requests = new RecordingFixture(folder.resolve("requests"));
        RequestFacts facts = new RequestFacts("id", "server", "GET", "/api/stream", "1.1", null, null, null);
        exchange.attributes.put(RequestInFlight.ATTRIBUTE, requests.recorder().open(facts, null, 0));
        exchange.userRoles.add(EntriesResource.ROLE);
        trail = Trail.open(
                TrailOptions.of(folder.resolve("trail")),
                TrailFiles.onDisk(),
                Clock.systemUTC(),
                new PlainChronicle(),
                TrailMeter.NONE);
        CertrailConfig config = CertrailConfig.read(FakeConfig.with(
                "certrail.api.streams",
                "1",
                "certrail.trail.folder",
                folder.resolve("trail").toString()));
        streams.config = config;
        streams.evidence = evidence;
        evidence.config = config;
        evidence.trail = trail;
        evidence.reading = new ToldReading();
        evidence.reading.config = config;
        servlet.streams = streams;
        servlet.evidence = evidence;
    }

    @AfterEach
    void stop() {
        streams.close();
        trail.close();
        requests.close();
    }

    /** Recording, which may take its time, is what the test does. */
    private final class ToldReading extends Reading {
        @Override
        void record(HttpServletRequest request, String function, String resource, Map<String, String> asked) {
            recording.run();
        }
    }

    /** Looking how far the trail is ends in so many errors. */
    private final class FailingEvidence extends Evidence {
        @Override
        Trail trail() {
            if (errors.getAndDecrement() > 0) {
                throw new NoClassDefFoundError("of the test");
            }
            return super.trail();
        }
    }

    @Test
    void streamsGoOnAfterAnError() throws IOException {
        servlet.service(exchange.request, exchange.response);
        errors.set(2);
        FedTrail.await(() -> errors.get() < 0);

        exchange.writer.onError(new IOException("the reader left"));
        FedTrail.await(() -> streams.take().isPresent());
    }

    @Test
    void placeIsTakenWhileTheReadingIsRecorded() throws IOException {
        recording = () -> assertThat(streams.take()).isEmpty();
        servlet.service(exchange.request, exchange.response);

        assertThat(exchange.async).isTrue();
        assertThat(streams.take()).isEmpty();
    }

    /** The tests have no JAX-RS, which makes a 503 of the refusal. */
    @Test
    void oneTooManyIsNotRecordedNorOpened() {
        AtomicBoolean recorded = new AtomicBoolean();
        recording = () -> recorded.set(true);
        Place taken = streams.take().orElseThrow();
        assertThatThrownBy(() -> servlet.service(exchange.request, exchange.response))
                .hasMessageContaining("jakarta.ws.rs");
        taken.close();

        assertThat(recorded).isFalse();
        assertThat(exchange.async).isFalse();
        assertThat(streams.take()).isPresent();
    }

    @Test
    void placeOfOneThatFailsIsFreeAgain() {
        recording = () -> {
            throw new IllegalStateException("of the test");
        };
        assertThatThrownBy(() -> servlet.service(exchange.request, exchange.response))
                .hasMessage("of the test");
        assertThat(streams.take()).isPresent();
    }

    @Test
    void streamIsOfThisServerAndTakesNoOrigin() throws IOException {
        exchange.parameters.put("origin", new String[] {"other.example"});
        servlet.service(exchange.request, exchange.response);

        assertThat(exchange.status).isEqualTo(400);
        assertThat(exchange.body.toString()).contains("must have none but these parameters", "outcome");
        assertThat(exchange.async).isFalse();
    }

    @Test
    void placeInTheStreamThatIsGivenAsAParameterAndNotAsAHeaderIsRefused() throws IOException {
        exchange.parameters.put("Last-Event-ID", new String[] {"5"});
        servlet.service(exchange.request, exchange.response);

        assertThat(exchange.status).isEqualTo(400);
        assertThat(exchange.body.toString()).contains("{\"name\":\"Last-Event-ID\",\"reason\":\"must be a header\"}");
        assertThat(exchange.async).isFalse();
    }

    @Test
    void placeIsFreeWhenItsStreamIsOver() throws IOException {
        servlet.service(exchange.request, exchange.response);
        assertThat(streams.take()).isEmpty();

        exchange.writer.onError(new IOException("the reader left"));
        FedTrail.await(() -> streams.take().isPresent());
        assertThat(streams.take()).isEmpty();
    }
}
