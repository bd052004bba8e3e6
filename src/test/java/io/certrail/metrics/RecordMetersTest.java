package io.certrail.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.CertificateFacts;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.Fault;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.InvocationEvent;
import io.certrail.event.Outcome;
import io.certrail.event.ReadingEvent;
import io.certrail.event.Reason;
import io.certrail.event.RefusedBy;
import io.certrail.event.RequestEvent;
import io.certrail.event.RequestFacts;
import io.certrail.event.RequestLink;
import io.certrail.event.TlsFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordMetersTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RequestFacts REQUEST = new RequestFacts("id", "server", "GET", "/", "1.1", null, null, null);

    private final FakeMeters shown = new FakeMeters();
    private final RecordMeters meters = new RecordMeters(shown);

    @Test
    void handshakeIsCountedByOutcomeAndReason() {
        meters.recorded(handshake(Outcome.SUCCESS, null, null));
        meters.recorded(handshake(Outcome.FAILURE, Fault.of(Reason.UNKNOWN_CA), null));
        meters.recorded(handshake(Outcome.FAILURE, Fault.of(Reason.UNKNOWN_CA), null));

        assertThat(shown.counted())
                .isEqualTo(Map.of(
                        "certrail_handshakes_total{outcome=success,reason=none}", 1L,
                        "certrail_handshakes_total{outcome=failure,reason=unknown_ca}", 2L,
                        "certrail_refusals_total{by=tls}", 2L));
        assertThat(shown.distribution(Meter.HANDSHAKE_DURATION).count()).isEqualTo(3);
    }

    @Test
    void clientThatGivesUpIsNotRefused() {
        meters.recorded(handshake(Outcome.FAILURE, Fault.clientAlert("unknown_ca", null), null));
        meters.recorded(handshake(Outcome.FAILURE, Fault.of(Reason.NO_DATA), null));

        assertThat(shown.value("certrail_refusals_total{by=tls}")).isZero();
    }

    @Test
    void requestIsCountedByOutcomeReasonAndClassOfStatusAndByWhoRefusedIt() {
        meters.recorded(request(200, null, null));
        meters.recorded(request(403, Fault.of(Reason.FORBIDDEN), RefusedBy.CONTAINER));
        meters.recorded(request(418, new Fault("418", null), RefusedBy.APPLICATION));
        meters.recorded(request(-1, Fault.of(Reason.CLIENT_ABORTED), null));

        assertThat(shown.counted())
                .isEqualTo(Map.of(
                        "certrail_requests_total{outcome=success,reason=none,status=2xx}", 1L,
                        "certrail_requests_total{outcome=failure,reason=forbidden,status=4xx}", 1L,
                        "certrail_requests_total{outcome=failure,reason=418,status=4xx}", 1L,
                        "certrail_requests_total{outcome=failure,reason=client_aborted,status=none}", 1L,
                        "certrail_refusals_total{by=container}", 1L,
                        "certrail_refusals_total{by=application}", 1L));
    }

    @Test
    void arrivalOfARequestIsNoRequestMore() {
        meters.recorded(event(RequestEvent.RECEIVED, -1, null, null));

        assertThat(shown.counted()).isEmpty();
        assertThat(shown.distribution(Meter.REQUEST_DURATION).count()).isZero();
    }

    @Test
    void classNamesAndWhateverElseIsUnknownAreOneLabel() {
        for (int i = 0; i < 1000; i++) {
            meters.recorded(request(500, new Fault("com.example.Exception" + i, null), null));
            meters.recorded(request(700 + i, new Fault(Integer.toString(700 + i), null), null));
        }

        assertThat(shown.counted())
                .isEqualTo(Map.of(
                        "certrail_requests_total{outcome=failure,reason=other,status=5xx}", 1000L,
                        "certrail_requests_total{outcome=failure,reason=other,status=none}", 1000L));
    }

    @Test
    void remainingLifetimeIsMeasuredForAcceptedCertificatesOnly() {
        meters.recorded(handshake(Outcome.SUCCESS, null, certificate(NOW.plus(Duration.ofDays(10)), true)));
        meters.recorded(handshake(Outcome.FAILURE, null, certificate(NOW.plus(Duration.ofDays(10)), false)));

        Distribution lifetimes = shown.distribution(Meter.CERTIFICATE_LIFETIME);
        assertThat(lifetimes.count()).isEqualTo(1);
        assertThat(lifetimes.sumSeconds()).isEqualTo(864_000);
    }

    @Test
    void certificateWithoutAnEndIsCountedAsTheLongest() {
        meters.recorded(handshake(Outcome.SUCCESS, null, certificate(Instant.parse("9999-12-31T23:59:59Z"), true)));

        Distribution lifetimes = shown.distribution(Meter.CERTIFICATE_LIFETIME);
        assertThat(lifetimes.upTo(Bounds.LIFETIMES.size() - 1)).isZero();
        assertThat(lifetimes.count()).isEqualTo(1);
    }

    @Test
    void whatIsOpenGoesUpAndDown() {
        meters.connectionOpened();
        meters.requestOpened();
        meters.requestOpened();
        meters.requestClosed();

        assertThat(shown.value("certrail_connections_open")).isEqualTo(1);
        assertThat(shown.value("certrail_requests_open")).isEqualTo(1);

        meters.connectionClosed();
        assertThat(shown.value("certrail_connections_open")).isZero();
    }

    @Test
    void invocationsRefusalsOfOursAndHookErrorsAreCounted() {
        meters.recorded(new InvocationEvent(NOW, Outcome.FAILURE, 1, null, "f", null, null, List.of(), null));
        RequestLink link = new RequestLink("id", null, List.of(), null, null, null);
        meters.recorded(new ReadingEvent(NOW, "f", "/api/records", Map.of(), link));
        meters.requestRefused();
        meters.hookFailed();

        assertThat(shown.counted())
                .isEqualTo(Map.of(
                        "certrail_invocations_total{outcome=failure}", 1L,
                        "certrail_invocations_total{outcome=success}", 1L,
                        "certrail_requests_refused_total", 1L,
                        "certrail_hook_errors_total", 1L));
    }

    @Test
    void everyReasonIsALabelOfItsOwn() {
        for (Reason reason : Reason.values()) {
            assertThat(ReasonLabels.of(Fault.of(reason))).isEqualTo(reason.id());
        }
        assertThat(ReasonLabels.of(Fault.clientAlert("bad_certificate", null)))
                .isEqualTo("client_alert_bad_certificate");
        assertThat(ReasonLabels.of(Fault.clientAlert("made_up", null))).isEqualTo(ReasonLabels.OTHER);
        assertThat(ReasonLabels.of(new Fault("600", null))).isEqualTo(ReasonLabels.OTHER);
    }

    private static HandshakeEvent handshake(Outcome outcome, Fault fault, CertificateFacts certificate) {
        TlsFacts tls = new TlsFacts("1.3", null, null, null, true, null, null, null, certificate);
        ConnectionFacts connection = new ConnectionFacts("c", Endpoint.UNKNOWN, Endpoint.UNKNOWN, null, tls);
        return new HandshakeEvent(NOW, outcome, 1_000_000, fault, connection);
    }

    private static CertificateFacts certificate(Instant notAfter, boolean verified) {
        return new CertificateFacts("", "", "1", "00", NOW, notAfter, List.of(), 0, null, List.of(), verified);
    }

    private static RequestEvent request(int status, Fault fault, RefusedBy by) {
        return event(RequestEvent.ENDED, status, fault, by);
    }

    private static RequestEvent event(String name, int status, Fault fault, RefusedBy by) {
        Outcome outcome = fault == null ? Outcome.SUCCESS : Outcome.FAILURE;
        return new RequestEvent(name, NOW, outcome, 5, fault, null, REQUEST, null, status, -1, -1, null, List.of(), by);
    }
}
