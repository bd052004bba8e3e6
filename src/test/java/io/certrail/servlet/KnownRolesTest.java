package io.certrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.RequestFacts;
import io.certrail.recorder.RequestInFlight;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownRolesTest {
    private final AtomicLong nanos = new AtomicLong();
    private final KnownRoles roles = new KnownRoles(List.of("a", "b"), nanos::get);
    private final FakeExchange exchange = new FakeExchange();

    @Test
    void rolesAreAskedForAgainAfterAWhile(@TempDir Path folder) throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder)) {
            exchange.user = "alice";
            exchange.userRoles.add("a");
            assertThat(tell(fixture, "1")).containsExactly("a");
            exchange.userRoles.add("b");
            assertThat(tell(fixture, "1")).containsExactly("a");
            nanos.addAndGet(KnownRoles.KEPT.toNanos() + 1);
            assertThat(tell(fixture, "1")).containsExactly("a", "b");
        }
    }

    @Test
    void connectionThatCannotBeToldApartIsAskedAboutEachTime(@TempDir Path folder) throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder)) {
            exchange.user = "alice";
            tell(fixture, null);
            tell(fixture, null);
            assertThat(exchange.rolesAsked).isEqualTo(4);
        }
    }

    private List<String> tell(RecordingFixture fixture, String connection) {
        RequestFacts facts = new RequestFacts("id", "server", "GET", "/", "1.1", null, null, null);
        ConnectionFacts connectionFacts =
                new ConnectionFacts(connection, Endpoint.UNKNOWN, Endpoint.UNKNOWN, null, null);
        RequestInFlight inFlight = fixture.recorder().open(facts, connectionFacts, 0);
        roles.tell(exchange.request, inFlight);
        return inFlight.link().roles();
    }
}
