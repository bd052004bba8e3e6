package io.certrail.server.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.server.HandshakeRecords;
import io.certrail.servlet.RecordingFixture;
import io.certrail.tls.TestPki;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests and the hook's facts come in any order: of one connection there is one object all the same. */
class HookConnectionsTest {
    private static final int MOST = 2;
    private static final HookFact ACCEPTED =
            new HookFact(Map.of("fact", "accepted", "connection", 5L, "peerHost", "127.0.0.1", "peerPort", 44));
    private static final Map<String, Object> HANDSHAKE = Map.of(
            "fact",
            "handshake",
            "connection",
            5L,
            "verdict",
            "established",
            "protocol",
            "TLSv1.2",
            "peerHost",
            "127.0.0.1",
            "peerPort",
            44);
    private static final SSLSession SESSION =
            session(Map.of("io.certrail.connection", 5L, "io.certrail.handshake", HANDSHAKE));

    private static final TestPki.Identity ALICE = TestPki.root("CN=alice");
    private static final TestPki.Identity BOB = TestPki.root("CN=bob");

    @TempDir
    Path folder;

    private RecordingFixture fixture;
    private HookConnections connections;

    @BeforeEach
    void make() throws IOException {
        fixture = new RecordingFixture(folder);
        connections = new HookConnections(fixture.recorder(), MOST, connection -> Endpoint.UNKNOWN);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static SSLSession session(Map<String, Object> values) {
        return (SSLSession) Proxy.newProxyInstance(
                HookConnectionsTest.class.getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, arguments) -> method.getName().equals("getValue") ? values.get(arguments[0]) : null);
    }

    @Test
    void failureOfASessionIsWhatTheHookTellsOfIt() {
        Throwable failure = new SSLException("Tag mismatch");
        assertThat(HookConnections.failure(session(Map.of("io.certrail.failure", failure))))
                .isSameAs(failure);
        assertThat(HookConnections.failure(SESSION)).isNull();
        assertThat(HookConnections.failure(null)).isNull();
    }

    @Test
    void requestBeforeTheFactsFindsTheConnectionThatTheyAreOf() {
        HookedConnection found = connections.find(SESSION);
        assertThat(found.facts().id()).isEqualTo(found.id()).isEqualTo("boot-h5");
        found.requested();
        HookedConnection told = connections.hold(connections.of(ACCEPTED));
        told.seenFromTheBeginning();
        assertThat(told).isSameAs(found);
        assertThat(told.isAlone(1)).isFalse();
        assertThat(told.isAlone(2)).isTrue();
        assertThat(told.isAlone(2)).isFalse();
    }

    @Test
    void requestAfterTheEndIsJoinedAndHoldsNothing() {
        connections.drop(connections.hold(connections.of(ACCEPTED)).number());
        assertThat(connections.find(SESSION).facts().id()).isEqualTo("boot-h5");
        assertThat(fixture.open()).isEqualTo(0);
    }

    private static SSLSession ended(long number) {
        return session(Map.of(
                "io.certrail.connection", number, "io.certrail.handshake", HANDSHAKE, "io.certrail.closed", true));
    }

    @Test
    void requestLongAfterTheEndIsJoinedAndHoldsNothing() {
        connections.drop(connections.hold(connections.of(ACCEPTED)).number());
        for (long i = 0; i < 5000; i++) {
            connections.drop(100 + i);
        }
        assertThat(connections.find(ended(5)).facts().id()).isEqualTo("boot-h5");
        assertThat(fixture.open()).isEqualTo(0);
    }

    @Test
    void requestAfterAnEndThatWasLostIsJoinedAndHoldsNothing() {
        HookedConnection held = connections.hold(connections.of(ACCEPTED));
        connections.doubt();
        assertThat(connections.find(ended(5))).isSameAs(held);
        assertThat(fixture.open()).isEqualTo(0);
    }

    @Test
    void answersOnAConnectionThatIsOlderAreNotCounted() {
        HookedConnection older = connections.find(SESSION);
        assertThat(older.isAlone(17)).isFalse();
    }

    private static HookFact authenticated(TestPki.Identity client) {
        return new HookFact(Map.of("fact", "authenticated", "connection", 5L, "presented", TestPki.chain(client)));
    }

    private static String subject(HookedConnection connection) {
        return connection.facts().tls().client().subject();
    }

    @Test
    void certificateOfARenegotiationIsKnownOfAConnectionAboveTheBound() {
        for (long i = 0; i < MOST; i++) {
            connections.hold(connections.of(new HookFact(Map.of("fact", "accepted", "connection", 100 + i))));
        }
        Map<String, Object> values =
                new HashMap<>(Map.of("io.certrail.connection", 5L, "io.certrail.handshake", HANDSHAKE));
        SSLSession session = session(values);
        HookedConnection found = connections.find(session);
        assertThat(found.facts().tls().client()).isNull();
        assertThat(fixture.open()).isEqualTo(MOST);

        values.put("io.certrail.authenticated", authenticated(BOB).members());
        assertThat(subject(found)).isEqualTo("CN=bob");
        assertThat(found.facts()).isSameAs(found.facts());
        assertThat(subject(connections.find(session))).isEqualTo("CN=bob");
    }

    @Test
    void sessionTellsTheLastCertificateWhereOlderFactsAreStillToCome() {
        Map<String, Object> values =
                new HashMap<>(Map.of("io.certrail.connection", 5L, "io.certrail.handshake", HANDSHAKE));
        HookedConnection found = connections.find(session(values));
        values.put("io.certrail.authenticated", authenticated(BOB).members());
        assertThat(subject(found)).isEqualTo("CN=bob");

        found.facts(HandshakeRecords.facts(found, new HookFact(HANDSHAKE).handshake()));
        assertThat(subject(found)).isEqualTo("CN=bob");
        found.authenticated(authenticated(ALICE));
        assertThat(subject(found)).isEqualTo("CN=bob");
    }

    @Test
    void sessionTellsWhatAFactThatIsLateOrLostWouldAlsoWhereTheHandshakesWasThereFirst() {
        HookedConnection held = connections.hold(connections.of(ACCEPTED));
        held.facts(HandshakeRecords.facts(held, new HookFact(HANDSHAKE).handshake()));
        Map<String, Object> values =
                new HashMap<>(Map.of("io.certrail.connection", 5L, "io.certrail.handshake", HANDSHAKE));
        assertThat(connections.find(session(values))).isSameAs(held);
        assertThat(held.facts().tls().client()).isNull();

        values.put("io.certrail.authenticated", authenticated(BOB).members());
        assertThat(subject(held)).isEqualTo("CN=bob");
        connections.doubt();
        values.put("io.certrail.authenticated", authenticated(ALICE).members());
        assertThat(subject(held)).isEqualTo("CN=alice");
        assertThat(connections.find(session(values))).isSameAs(held);
    }

    @Test
    void endsThatOnlyARequestToldStayKnownAfterARenegotiation() {
        Endpoint client = new Endpoint("192.0.2.1", 50_000);
        Endpoint server = new Endpoint("198.51.100.1", 8443);
        HookedConnection found = connections.find(session(Map.of(
                "io.certrail.connection",
                6L,
                "io.certrail.handshake",
                Map.of("fact", "handshake", "connection", 6L, "verdict", "established", "protocol", "TLSv1.2"))));
        assertThat(found.factsBetween(client, server).client()).isEqualTo(client);
        found.authenticated(authenticated(BOB));

        ConnectionFacts facts = found.factsBetween(client, server);
        assertThat(facts.client()).isEqualTo(client);
        assertThat(facts.server()).isEqualTo(server);
        assertThat(facts.tls().client().subject()).isEqualTo("CN=bob");
    }

    @Test
    void connectionWhoseClientShowsNoCertificateAnyMoreHasNone() {
        HookedConnection found = connections.find(SESSION);
        found.authenticated(authenticated(BOB));
        assertThat(subject(found)).isEqualTo("CN=bob");
        found.authenticated(new HookFact(Map.of("fact", "authenticated", "connection", 5L)));
        assertThat(found.facts().tls().client()).isNull();
        assertThat(found.facts().tls().established()).isTrue();
    }

    @Test
    void boundHolds() {
        for (long i = 0; i < 10; i++) {
            connections.hold(connections.of(new HookFact(Map.of("fact", "accepted", "connection", 100 + i))));
        }
        assertThat(fixture.open()).isEqualTo(MOST);
        assertThat(connections.find(SESSION).facts()).isNotNull();
        for (long i = 0; i < 10_000; i++) {
            connections.drop(100 + i);
        }
        assertThat(fixture.open()).isEqualTo(0);
    }

    @Test
    void sessionOfNoWatchedEngineIsOfNone() {
        assertThat(connections.find(null)).isNull();
        assertThat(connections.find(session(Map.of()))).isNull();
        assertThat(connections.find(session(Map.of("io.certrail.connection", 6L))))
                .isNull();
    }
}
