package io.certrail.recorder;

import io.certrail.event.AuditEvent;
import io.certrail.event.CertificateFacts;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.Fault;
import io.certrail.event.FloodEvent;
import io.certrail.event.NamedValue;
import io.certrail.event.RequestEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be told of failures without a record of their own; at least one. For one thread at a time. */
final class FloodTally {
    /** Most ranges of connection numbers; one more is told in the next record. Some 5 kB of a record. */
    static final int MAX_RANGES = 512;

    private final NumberRanges connections = new NumberRanges(MAX_RANGES);
    private AuditEvent sample;
    private Instant first;
    private Instant last;
    private long count = 1;

    /** @param number of its connection, or -1 without one */
    FloodTally(AuditEvent event, long number) {
        sample = event;
        first = event.time();
        last = first;
        cover(number);
    }

    /** Adds a failure. False if its connection's number finds no place: then it was not added. */
    boolean add(AuditEvent event, long number) {
        if (!cover(number)) {
            return false;
        }
        Instant time = event.time();
        if (time.isBefore(first)) { // clocks go back, and events of several threads come in any order
            first = time;
        } else if (time.isAfter(last)) {
            last = time;
        }
        sample = event;
        count++;
        return true;
    }

    private boolean cover(long number) {
        return number < 0 || connections.add(number);
    }

    /** The record that tells it. */
    FloodEvent event(FloodEvent.Kind kind, Instant now) {
        return new FloodEvent(now, kind, count, first, last, connections.texts(), sample());
    }

    /** The latest one, so far as it says more than the kind does. */
    private List<NamedValue> sample() {
        List<NamedValue> values = new ArrayList<>();
        ConnectionFacts connection = sample.connection();
        if (connection != null) {
            add(values, "sample_address", connection.client().address());
            add(values, "sample_port", text(connection.client().port()));
            add(values, "sample_server_port", text(connection.server().port()));
            CertificateFacts certificate = connection.certificate();
            add(values, "sample_subject", certificate == null ? null : certificate.subject());
        }
        if (sample instanceof RequestEvent request) {
            add(values, "sample_path", request.request().path());
        }
        Fault fault = sample.fault();
        add(values, "sample_message", fault == null ? null : fault.message());
        return values;
    }

    private static @Nullable String text(int port) {
        return port < 0 ? null : Integer.toString(port);
    }

    private static void add(List<NamedValue> values, String name, @Nullable String value) {
        if (value != null) {
            values.add(new NamedValue(name, value));
        }
    }
}
