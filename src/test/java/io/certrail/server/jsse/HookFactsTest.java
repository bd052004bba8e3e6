package io.certrail.server.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.servlet.RecordingFixture;
import io.certrail.tls.TestPki;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is held of connections after facts of them were lost. */
class HookFactsTest {
    private static final int MOST = 2;
    private static final TestPki.Identity BOB = TestPki.root("CN=bob");

    @TempDir
    Path folder;

    private RecordingFixture fixture;
    private HookConnections connections;
    private HookFacts facts;

    @BeforeEach
    void hear() throws IOException {
        fixture = new RecordingFixture(folder);
        connections = new HookConnections(fixture.recorder(), MOST, connection -> Endpoint.UNKNOWN);
        facts = new HookFacts(fixture.recorder(), connections, new HookListener() {});
    }

    @AfterEach
    void close() {
        facts.close();
        fixture.close();
    }

    private static Map<String, Object> fact(String name, long connection) {
        Map<String, Object> members = new HashMap<>(Map.of("fact", name, "connection", connection));
        members.putAll(Map.of("peerHost", "127.0.0.1", "peerPort", 40_000 + (int) connection));
        return members;
    }

    private static Map<String, Object> established(long connection) {
        Map<String, Object> handshake = fact("handshake", connection);
        handshake.put("verdict", "established");
        handshake.put("protocol", "TLSv1.2");
        return handshake;
    }

    private static Map<String, Object> gap(long handshakes) {
        return Map.of("fact", "gap", "count", 7L, "handshakes", handshakes, "from", Instant.EPOCH, "to", Instant.EPOCH);
    }

    private static SSLSession session(long connection) {
        Map<String, Object> values =
                Map.of("io.certrail.connection", connection, "io.certrail.handshake", established(connection));
        return (SSLSession) Proxy.newProxyInstance(
                HookFactsTest.class.getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, arguments) -> method.getName().equals("getValue") ? values.get(arguments[0]) : null);
    }

    private static boolean isCounted(HookedConnection connection) {
        return connection != null && connection.isAlone(1);
    }

    @Test
    void connectionsWhoseEndWasLostAreNotHeldForEver() {
        for (long number = 1; number <= MOST; number++) {
            facts.onNext(fact("accepted", number));
            facts.onNext(established(number));
        }
        assertThat(fixture.open()).isEqualTo(MOST);
        facts.onNext(gap(0));
        assertThat(fixture.open()).isEqualTo(0);

        facts.onNext(fact("accepted", 3));
        assertThat(fixture.open()).isEqualTo(1);
        assertThat(isCounted(connections.find(session(3)))).isTrue();
    }

    @Test
    void connectionThatIsOpenIsHeldAgainWithItsNextRequestAndItsAnswersAreNotCounted() {
        facts.onNext(fact("accepted", 1));
        facts.onNext(established(1));
        HookedConnection before = connections.find(session(1));
        facts.onNext(gap(0));

        HookedConnection found = connections.find(session(1));
        assertThat(found.facts().id()).isEqualTo(before.facts().id());
        assertThat(connections.find(session(1))).isSameAs(found);
        assertThat(isCounted(found)).isFalse();
        assertThat(fixture.open()).isEqualTo(1);

        facts.onNext(fact("closed", 1));
        facts.onNext(fact("closed", 1));
        assertThat(fixture.open()).isEqualTo(0);
    }

    private static Map<String, Object> authenticated(long connection) {
        Map<String, Object> authenticated = fact("authenticated", connection);
        authenticated.put("presented", TestPki.chain(BOB));
        return authenticated;
    }

    private static String subject(HookedConnection connection) {
        return connection.facts().tls().client().subject();
    }

    @Test
    void requestThatIsCountedIsNotAnAnswerOfItsOwnAfterFactsWereLost() {
        HookedConnection found = connections.find(session(1)); // ahead of its connection's facts
        found.requested();
        facts.onNext(gap(0));
        facts.onNext(fact("accepted", 1));
        facts.onNext(established(1));

        HookedConnection connection = connections.find(session(1));
        assertThat(connection).isSameAs(found);
        assertThat(connection.isAlone(1)).isFalse();
        assertThat(connection.isAlone(2)).isTrue();
    }

    @Test
    void certificateOfARenegotiationIsKeptWhenFactsAreLost() {
        facts.onNext(fact("accepted", 1));
        facts.onNext(established(1));
        facts.onNext(authenticated(1));
        facts.onNext(gap(0));

        assertThat(subject(connections.find(session(1)))).isEqualTo("CN=bob");
    }

    @Test
    void certificateOfARenegotiationAfterFactsWereLostIsToldToWhoFoundTheConnectionBefore() {
        facts.onNext(fact("accepted", 1));
        facts.onNext(established(1));
        HookedConnection kept = connections.find(session(1));
        facts.onNext(gap(0));
        facts.onNext(authenticated(1));

        assertThat(subject(kept)).isEqualTo("CN=bob");
        assertThat(fixture.open()).isEqualTo(1);
    }

    @Test
    void noMoreAreRememberedThanMayBeOpenAndTheEldestAreForgotten() {
        Map<Long, HookedConnection> found = new HashMap<>();
        for (long number = 1; number <= 2 * MOST; number += MOST) {
            for (long each = number; each < number + MOST; each++) {
                facts.onNext(fact("accepted", each));
                facts.onNext(established(each));
                found.put(each, connections.find(session(each)));
            }
            facts.onNext(gap(0));
        }
        assertThat(fixture.open()).isEqualTo(0);
        assertThat(connections.of(new HookFact(fact("closed", 1)))).isNotSameAs(found.get(1L));
        assertThat(connections.of(new HookFact(fact("closed", 2L * MOST)))).isSameAs(found.get(2L * MOST));
    }

    @Test
    void connectionThatEndsAfterFactsWereLostIsForgotten() {
        facts.onNext(fact("accepted", 1));
        facts.onNext(established(1));
        HookedConnection before = connections.find(session(1));
        facts.onNext(gap(0));
        facts.onNext(fact("closed", 1));

        assertThat(connections.of(new HookFact(fact("closed", 1)))).isNotSameAs(before);
        assertThat(fixture.open()).isEqualTo(0);
    }

    @Test
    void handshakeUnderWayIsRecordedAndHeldWhenItIsDone() throws IOException {
        facts.onNext(fact("accepted", 1));
        facts.onNext(gap(3));
        facts.onNext(established(1));
        assertThat(fixture.open()).isEqualTo(1);
        facts.onNext(fact("closed", 1));
        assertThat(fixture.open()).isEqualTo(0);
        assertThat(fixture.records("tls.handshake")).hasSize(1);
    }
}
