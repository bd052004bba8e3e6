package io.certrail.recorder;

import io.certrail.event.AuditEvent;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.FloodEvent;
import io.certrail.event.RecordEncoder;
import io.certrail.event.RequestEvent;
import io.certrail.event.RequestFacts;
import io.certrail.trail.CheckpointStatus;
import io.certrail.trail.Ticket;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailCounts;
import io.certrail.trail.TrailStatus;
import io.certrail.trail.Wait;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one door through which events come to the trail. Encodes on the caller's thread, appends without waiting, and
 * waits only where the durability asked for it. Never throws at those who report: what fails is counted.
 */
public final class Recorder implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Recorder.class.getName());
    /** Made early, as what tells observers is: it is needed when memory is out. */
    private static final Consumer<RecordObserver> HOOK_FAILED = RecordObserver::hookFailed;

    private static final Consumer<RecordObserver> REQUEST_OPENED = RecordObserver::requestOpened;

    private static final String UNMADE = "CTR0201 A record could not be made of ";
    private static final BiConsumer<RecordObserver, AuditEvent> RECORDED = RecordObserver::recorded;
    private static final BiConsumer<RecordObserver, AuditEvent> COALESCED = RecordObserver::coalesced;

    private final RecorderOptions options;
    private final Trail trail;
    private final Clock clock;
    private final String bootId;
    private final String requestAttribute;
    private final ConnectionNumbers connections;
    private final Sightings sightings;
    private final AtomicLong others = new AtomicLong();
    private final FloodGate gate;
    private final FloodWatch floods;
    private final List<RecordObserver> observers = new CopyOnWriteArrayList<>();
    private final EncoderPool encoders = new EncoderPool();
    private volatile ConnectionLookup lookup = ConnectionLookup.NONE;

    /** The same, with a record for each failure, however many there are. */
    public Recorder(RecorderOptions options, Trail trail, Clock clock, String bootId) {
        this(options, FloodOptions.UNLIMITED, trail, clock, bootId);
    }

    /**
     * Records to a trail that is open. Who opened it closes it, after this recorder.
     *
     * @param bootId one id per start, as in {@link #newBootId()}
     */
    public Recorder(RecorderOptions options, FloodOptions flood, Trail trail, Clock clock, String bootId) {
        requestAttribute = RequestInFlight.ATTRIBUTE + "." + bootId;
        this.options = options;
        this.trail = trail;
        this.clock = clock;
        this.bootId = bootId;
        connections = new ConnectionNumbers(bootId);
        sightings = new Sightings(connections);
        gate = new FloodGate(flood, clock, System::nanoTime, connections, new FloodBook());
        floods = new FloodWatch(gate, flood, e -> hookFailed("CTR0203 Floods could not be told; tried again", e));
        trail.countWith(sightings);
    }

    /** A new id for a start of the recorder: sorts by time, unique. */
    public static String newBootId() {
        return UuidV7.next();
    }

    /** Adds somebody who counts. */
    public void observe(RecordObserver observer) {
        observers.add(observer);
    }

    public RecorderOptions options() {
        return options;
    }

    public String bootId() {
        return bootId;
    }

    /**
     * Request attribute under which a {@link RequestInFlight} of this recorder travels. Each recorder has its own: two
     * applications on one server may both bring Certrail.
     */
    public String requestAttribute() {
        return requestAttribute;
    }

    public TrailCounts counts() {
        return trail.counts();
    }

    public TrailStatus status() {
        return trail.status();
    }

    /** How far the trail's tree has come; empty if it has none. */
    public Optional<CheckpointStatus> checkpoint() {
        return trail.checkpoint();
    }

    /** The time for a record that is made now. */
    public Instant now() {
        return clock.instant();
    }

    /**
     * A new id for a connection to a TLS listener that was just accepted, unique over restarts. It has a number, and checkpoints
     * tell the last one: whoever takes it owes one {@code tls.handshake} record, or {@link #handshakeLost}.
     */
    public String nextConnectionId() {
        return connections.next();
    }

    /** A new id, unique over restarts, for a connection without a handshake on record: without TLS, or older than this start. */
    public String otherConnectionId() {
        return bootId + "-x" + others.incrementAndGet();
    }

    /** Tells that no record can be made of the handshake of a connection. */
    public void handshakeLost(String connectionId) {
        sightings.handshakeLost(connectionId);
    }

    /** Tells that no record can be made of so many handshakes, of connections that have no number of ours. */
    public void handshakesLost(long count) {
        sightings.handshakesLost(count);
    }

    /** Tells how to find a request's connection, for requests that no adapter opens. */
    public void lookUpWith(ConnectionLookup newLookup) {
        lookup = newLookup;
    }

    /** How to find a request's connection, for requests that no adapter opens. */
    public ConnectionLookup lookup() {
        return lookup;
    }

    /** Tells that a connection to a TLS listener was accepted. */
    public void connectionOpened() {
        tell(RecordObserver::connectionOpened);
    }

    /** Tells that a connection to a TLS listener was closed. */
    public void connectionClosed() {
        tell(RecordObserver::connectionClosed);
    }

    /** Whether requests may be served: not while the trail cannot be written and the policy is to refuse. */
    public boolean acceptsRequests() {
        return options.onFailure() == FailurePolicy.CONTINUE || trail.status().isWriting();
    }

    /** Whether this request may be served now. */
    public boolean accepts(RequestInFlight request) {
        return acceptsRequests() || isServedAlways(request);
    }

    private boolean isServedAlways(RequestInFlight request) {
        return options.servedAlways().includes(request.request().path());
    }

    /** Tells that a request was refused because the trail cannot be written. */
    public void requestRefused() {
        tell(RecordObserver::requestRefused);
    }

    /** Records an event, or counts it where it is one of a flood, and waits for nothing. */
    public void record(AuditEvent event) {
        sightings.told(event);
        if (!isOfFlood(event)) {
            append(event, Wait.NONE);
        }
    }

    private boolean isOfFlood(AuditEvent event) {
        boolean coalesced = !isAdmitted(event);
        if (coalesced) {
            tell(COALESCED, event);
        }
        return coalesced;
    }

    private boolean isAdmitted(AuditEvent event) {
        try {
            return gate.admits(event);
        } catch (RuntimeException | Error e) { // then the gate has not counted it
            hookFailed("CTR0204 A failure could not be counted with others like it; it is recorded by itself", e);
            return true;
        }
    }

    /** Tells the floods that there are. What is recorded afterwards is recorded one by one. */
    @Override
    public void close() {
        floods.close();
    }

    /**
     * Records an event that somebody is told of: as durably as an answer.
     *
     * @return whether he may be told: false only if it could not be recorded and the policy is to refuse
     */
    public boolean recordToldOf(AuditEvent event) {
        if (options.durability() != Durability.NONE) {
            return settle(event);
        }
        Ticket ticket = append(event, Wait.NONE);
        return (ticket != null && !ticket.isLost()) || options.onFailure() == FailurePolicy.CONTINUE;
    }

    /**
     * Begins a request.
     *
     * @param startedNanos {@link System#nanoTime()} at the first byte of its head
     */
    public RequestInFlight open(RequestFacts request, @Nullable ConnectionFacts connection, long startedNanos) {
        sightings.requestBegun();
        RequestInFlight opened;
        try {
            opened = new RequestInFlight(this, request, connection, startedNanos);
        } catch (Error e) { // there is no memory for it, and nobody else could count it
            sightings.requestLost();
            throw e;
        }
        tell(REQUEST_OPENED);
        return opened;
    }

    /**
     * With durability {@code work}, records that the request arrived, before the application runs.
     *
     * @return whether the application may run: false only if the record could not be written and the policy is to
     *     refuse
     */
    public boolean recordReceived(RequestInFlight request) {
        return options.durability() != Durability.WORK
                || isServedAlways(request)
                || settle(request.event(RequestEvent.RECEIVED, clock.instant(), System.nanoTime()));
    }

    boolean recordAnswer(RequestInFlight request) {
        RequestEvent event = ended(request);
        tell(RecordObserver::requestClosed);
        if (event == null) {
            return options.onFailure() == FailurePolicy.CONTINUE || isServedAlways(request);
        }
        if (options.durability() == Durability.NONE || isServedAlways(request)) {
            record(event);
            return true;
        }
        return settle(event);
    }

    void recordEnd(RequestInFlight request) {
        RequestEvent event = ended(request);
        if (event != null) {
            record(event);
        }
        tell(RecordObserver::requestClosed);
    }

    /** The end of a request; {@code null} if there is no memory for it: then it is counted as lost. */
    private @Nullable RequestEvent ended(RequestInFlight request) {
        try {
            return request.event(RequestEvent.ENDED, clock.instant(), System.nanoTime());
        } catch (RuntimeException | Error e) {
            sightings.requestLost();
            hookFailed(UNMADE, RequestEvent.ENDED, e);
            return null;
        }
    }

    /** Appends, waits until it is on disk, and says whether to go on. For one of a flood nobody waits. */
    private boolean settle(AuditEvent event) {
        if (isOfFlood(event)) {
            return acceptsRequests();
        }
        boolean goOn = options.onFailure() == FailurePolicy.CONTINUE;
        if (goOn && !trail.status().isWriting()) {
            append(event, Wait.NONE); // kept and retried, whereas one waited for would be lost
            return true;
        }
        Ticket ticket = append(event, Wait.DURABLE);
        return (ticket != null && ticket.await(options.answerWait())) || goOn;
    }

    private @Nullable Ticket append(AuditEvent event, Wait wait) {
        Ticket ticket;
        try {
            ticket = appendEncoded(event, wait);
        } catch (RuntimeException | Error e) { // an error, too: it would be missing without a word
            sightings.lost(event);
            hookFailed(UNMADE, event.name(), e);
            return null;
        }
        tell(RECORDED, event);
        return ticket;
    }

    private Ticket appendEncoded(AuditEvent event, Wait wait) {
        RecordEncoder encoder = encoders.take();
        try {
            RecordEncoder.Encoded record = encoder.encode(event, bootId);
            return trail.append(record.array(), record.length(), wait);
        } finally {
            encoders.giveBack(encoder);
        }
    }

    private final class FloodBook implements FloodGate.Book {
        @Override
        public void coalesced(AuditEvent event) {
            trail.coalesced();
            sightings.coalesced(event);
        }

        @Override
        public void tell(FloodEvent flood) {
            Ticket ticket = append(flood, Wait.NONE);
            if (ticket == null || ticket.isLost()) {
                trail.loseCoalesced(flood.count(), "an audit.flood found no place");
                sightings.coalescedLost(flood.kind().event(), flood.count());
            }
        }
    }

    /**
     * Counts and logs a failure of Certrail's own, which was kept from whoever was watched. Never throws.
     *
     * @param what begins with the id of the message
     */
    public void hookFailed(String what, Throwable cause) {
        hookFailed(what, "", cause);
    }

    private void hookFailed(String what, String ofWhat, Throwable cause) {
        tell(HOOK_FAILED);
        log(what, ofWhat, cause);
    }

    /** Words it itself, for memory may be out. */
    private static void log(String what, String ofWhat, Throwable cause) {
        try {
            LOG.log(Logger.Level.WARNING, what + ofWhat, cause);
        } catch (RuntimeException | Error e) {
            // there is nobody else to tell, and who tells has more to do
        }
    }

    /** By index, as below: there may be no memory for an iterator. */
    private void tell(Consumer<RecordObserver> news) {
        for (int i = 0; i < observers.size(); i++) {
            try {
                news.accept(observers.get(i));
            } catch (RuntimeException | Error e) {
                observerFailed(e);
            }
        }
    }

    private void tell(BiConsumer<RecordObserver, AuditEvent> news, AuditEvent event) {
        for (int i = 0; i < observers.size(); i++) {
            try {
                news.accept(observers.get(i), event);
            } catch (RuntimeException | Error e) {
                observerFailed(e);
            }
        }
    }

    private static void observerFailed(Throwable cause) {
        log("CTR0202 An observer failed; the record is not affected", "", cause);
    }
}
