package io.certrail.metrics;

import io.certrail.event.AuditEvent;
import io.certrail.event.CertificateFacts;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.InvocationEvent;
import io.certrail.event.Outcome;
import io.certrail.event.PostedEvent;
import io.certrail.event.ReadingEvent;
import io.certrail.event.RefusedBy;
import io.certrail.event.RequestEvent;
import io.certrail.metrics.Meters.Count;
import io.certrail.metrics.Meters.Times;
import io.certrail.recorder.RecordObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what is recorded. Its calls come from the threads that serve requests and connections. */
final class RecordMeters implements RecordObserver {
    private final ReasonCounts handshakes;
    private final ReasonCounts requests;
    private final WordCounts<RefusedBy> refusals;
    private final WordCounts<Outcome> invocations;
    private final WordCounts<Outcome> posted;
    private final Count requestsRefused;
    private final Count hookErrors;
    private final Times handshakeTimes;
    private final Times requestTimes;
    private final Times lifetimes;
    private final LongAdder connectionsOpen = new LongAdder();
    private final LongAdder requestsOpen = new LongAdder();

    RecordMeters(Meters meters) {
        handshakes = new ReasonCounts(meters, Meter.HANDSHAKES, false);
        requests = new ReasonCounts(meters, Meter.REQUESTS, true);
        refusals = new WordCounts<>(meters, Meter.REFUSALS, "by", RefusedBy.class, RefusedBy::id);
        invocations = new WordCounts<>(meters, Meter.INVOCATIONS, "outcome", Outcome.class, Outcome::id);
        posted = new WordCounts<>(meters, Meter.POSTED_EVENTS, "outcome", Outcome.class, Outcome::id);
        requestsRefused = meters.count(Meter.REQUESTS_REFUSED);
        hookErrors = meters.count(Meter.HOOK_ERRORS);
        handshakeTimes = meters.times(Meter.HANDSHAKE_DURATION);
        requestTimes = meters.times(Meter.REQUEST_DURATION);
        lifetimes = meters.times(Meter.CERTIFICATE_LIFETIME);
        meters.show(Meter.CONNECTIONS_OPEN, connectionsOpen::sum);
        meters.show(Meter.REQUESTS_OPEN, requestsOpen::sum);
    }

    @Override
    public void recorded(AuditEvent event) {
        if (event instanceof RequestEvent request) {
            count(request);
        } else if (event instanceof HandshakeEvent handshake) {
            count(handshake);
        } else if (event instanceof InvocationEvent || event instanceof ReadingEvent) {
            invocations.add(event.outcome());
        } else if (event instanceof PostedEvent) {
            posted.add(event.outcome());
        }
    }

    private void count(RequestEvent request) {
        if (!request.name().equals(RequestEvent.ENDED)) {
            return; // its arrival; its end is counted
        }
        requests.add(request.outcome(), request.status(), request.fault());
        addKnown(requestTimes, request.durationNanos());
        RefusedBy by = request.refusedBy();
        if (by != null) {
            refusals.add(by);
        }
    }

    private void count(HandshakeEvent handshake) {
        handshakes.add(handshake.outcome(), -1, handshake.fault());
        addKnown(handshakeTimes, handshake.durationNanos());
        if (handshake.outcome() == Outcome.FAILURE && !ReasonLabels.isOfTheClient(handshake.fault())) {
            refusals.add(RefusedBy.TLS);
        }
        CertificateFacts certificate = handshake.connection().certificate();
        // of accepted ones only: anybody can present one made for the occasion
        if (certificate != null && certificate.verified() && handshake.outcome() == Outcome.SUCCESS) {
            addLifetime(handshake.time(), certificate.notAfter());
        }
    }

    private void addLifetime(Instant now, @Nullable Instant end) {
        if (end != null) {
            lifetimes.add(nanosBetween(Duration.between(now, end)));
        }
    }

    private static void addKnown(Times times, long nanos) {
        if (nanos >= 0) {
            times.add(nanos);
        }
    }

    /** A certificate without an end (9999-12-31, RFC 5280 section 4.1.2.5) lives longer than nanoseconds can count. */
    private static long nanosBetween(Duration lifetime) {
        long most = Long.MAX_VALUE / 1_000_000_000L;
        return Math.min(lifetime.toSeconds(), most) * 1_000_000_000L;
    }

    @Override
    public void requestOpened() {
        requestsOpen.increment();
    }

    @Override
    public void requestClosed() {
        requestsOpen.decrement();
    }

    @Override
    public void connectionOpened() {
        connectionsOpen.increment();
    }

    @Override
    public void connectionClosed() {
        connectionsOpen.decrement();
    }

    @Override
    public void requestRefused() {
        requestsRefused.add();
    }

    @Override
    public void hookFailed() {
        hookErrors.add();
    }
}
