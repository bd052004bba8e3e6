package io.certrail.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.Outcome;
import io.certrail.event.RequestEvent;
import io.certrail.trail.Census.Count;
import io.certrail.trail.Census.Tally;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SightingsTest {
    private final ConnectionNumbers numbers = new ConnectionNumbers("boot");
    private final Sightings sightings = new Sightings(numbers);

    @Test
    void numberGivenIsAConnectionAccepted() {
        sightings.told(handshake(numbers.next()));
        numbers.next();

        assertThat(sightings.count()).isEqualTo(new Count(2, new Tally(2, 0, 0), new Tally(0, 0, 0)));
    }

    @Test
    void connectionWithoutANumberCountsWhenItsHandshakeIsTold() {
        numbers.next();
        sightings.told(handshake("boot-x1"));
        sightings.told(handshake("boot-h5z"));
        sightings.told(handshake("other-1"));

        assertThat(sightings.count().numbered()).isEqualTo(1);
        assertThat(sightings.count().connections()).isEqualTo(new Tally(4, 0, 0));
    }

    @Test
    void whatIsCoalescedBecomesLostWithTheRecordThatWouldHaveToldIt() {
        for (int i = 0; i < 5; i++) {
            sightings.coalesced(handshake(numbers.next()));
        }
        sightings.coalescedLost("tls.handshake", 3);
        sightings.coalescedLost(RequestEvent.ENDED, 0);

        assertThat(sightings.count().connections()).isEqualTo(new Tally(5, 2, 3));
    }

    @Test
    void handshakeOfWhichNoRecordCanBeMadeIsLost() {
        sightings.handshakeLost(numbers.next());
        sightings.handshakeLost("boot-h1");
        sightings.lost(handshake(numbers.next()));

        assertThat(sightings.count().connections()).isEqualTo(new Tally(3, 0, 3));
    }

    @Test
    void handshakesThatWereLostBeforeAnybodyHeardOfThemWereSeen() {
        numbers.next();
        sightings.handshakesLost(3);

        assertThat(sightings.count()).isEqualTo(new Count(1, new Tally(4, 0, 3), new Tally(0, 0, 0)));
    }

    @Test
    void requestsAreCountedFromTheirBeginning() {
        sightings.requestBegun();
        sightings.requestBegun();

        assertThat(sightings.count().requests()).isEqualTo(new Tally(2, 0, 0));
    }

    private static HandshakeEvent handshake(String connection) {
        ConnectionFacts facts = new ConnectionFacts(connection, Endpoint.UNKNOWN, Endpoint.UNKNOWN, null, null);
        return new HandshakeEvent(Instant.EPOCH, Outcome.SUCCESS, 0, null, facts);
    }
}
