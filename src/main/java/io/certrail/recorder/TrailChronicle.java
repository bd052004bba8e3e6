package io.certrail.recorder;

import io.certrail.event.Fault;
import io.certrail.event.NamedValue;
import io.certrail.event.Outcome;
import io.certrail.event.Reason;
import io.certrail.event.RecordEncoder;
import io.certrail.event.Rfc3339;
import io.certrail.event.TrailEvent;
import io.certrail.trail.Chronicle;
import io.certrail.trail.TrailCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The trail's records about itself, worded as all others are. Safe for use by any thread. */
public final class TrailChronicle implements Chronicle {
    /** {@code event.name} of a segment that retention is about to delete. */
    static final String RETIRED = "audit.retired";

    private final String bootId;
    private final List<NamedValue> about;

    /**
     * Words records of one start.
     *
     * @param bootId as the recorder's
     * @param about what runs here, told in {@code audit.started}: versions and the like
     */
    public TrailChronicle(String bootId, List<NamedValue> about) {
        this.bootId = bootId;
        this.about = List.copyOf(about);
    }

    @Override
    public byte[] started(Started started) {
        List<NamedValue> details = new ArrayList<>(about);
        details.add(number("next_sequence", started.nextSequence()));
        Chronicle.Sealed sealed = started.sealed();
        if (sealed != null) {
            details.add(number("checkpoint_size", sealed.size()));
            details.add(new NamedValue("checkpoint_root", sealed.root()));
        }
        return encode(TrailEvent.STARTED, started.time(), null, details);
    }

    @Override
    public byte[] stopped(Stopped stopped) {
        TrailCounts counts = stopped.counts();
        return encode(
                TrailEvent.STOPPED,
                stopped.time(),
                null,
                List.of(
                        number("seen", counts.seen()),
                        number("recorded", counts.recorded()),
                        number("lost", counts.lost()),
                        number("coalesced", counts.coalesced()),
                        number("queued", counts.queued())));
    }

    @Override
    public byte[] gap(Gap gap) {
        return encode(
                TrailEvent.GAP,
                gap.to(),
                Fault.of(Reason.INTERNAL_ERROR),
                List.of(
                        new NamedValue("from", Rfc3339.micros(gap.from())),
                        new NamedValue("to", Rfc3339.micros(gap.to())),
                        number("count", gap.count()),
                        new NamedValue("cause", gap.cause())));
    }

    @Override
    public byte[] recovered(Recovered recovered) {
        return encode(
                TrailEvent.RECOVERED,
                recovered.time(),
                null,
                List.of(
                        new NamedValue("segment", recovered.segment()),
                        number("offset", recovered.offset()),
                        number("bytes", recovered.bytes()),
                        new NamedValue("set_aside", recovered.setAside())));
    }

    @Override
    public byte[] retired(Retired retired) {
        return encode(
                RETIRED,
                retired.time(),
                null,
                List.of(
                        new NamedValue("segment", retired.segment()),
                        number("first_sequence", retired.firstSequence()),
                        number("next_sequence", retired.nextSequence()),
                        number("bytes", retired.bytes())));
    }

    /** An encoder of its own each time: these records are few, and the trail may call from any thread. */
    private byte[] encode(String name, Instant time, @Nullable Fault fault, List<NamedValue> details) {
        Outcome outcome = fault == null ? Outcome.SUCCESS : Outcome.FAILURE;
        return new RecordEncoder()
                .encode(new TrailEvent(name, time, outcome, fault, details), bootId)
                .copy();
    }

    private static NamedValue number(String name, long value) {
        return new NamedValue(name, Long.toString(value));
    }
}
