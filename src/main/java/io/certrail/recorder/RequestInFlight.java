package io.certrail.recorder;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.Fault;
import io.certrail.event.Outcome;
import io.certrail.event.RefusedBy;
import io.certrail.event.RequestEvent;
import io.certrail.event.RequestFacts;
import io.certrail.event.RequestLink;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request from its head to its answer. Those who meet it on its way (adapter, servlet filter, JAX-RS filter) add what
 * they know; the first who closes it makes its one record.
 *
 * <p>Handed from thread to thread with the request; closing may race.
 */
public final class RequestInFlight {
    /**
     * Request attribute under which the filters of an application find it. A server adapter hands it over under {@link
     * Recorder#requestAttribute()}.
     */
    public static final String ATTRIBUTE = "io.certrail.request";

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final Recorder recorder;
    private final RequestFacts request;
    private final long startedNanos;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable ConnectionFacts connection;
    private volatile Supplier<@Nullable ConnectionFacts> renewal = () -> null;
    private volatile @Nullable String route;
    private volatile @Nullable String user;
    private volatile List<String> roles = List.of();
    private volatile @Nullable Fault fault;
    private volatile @Nullable RefusedBy refusedBy;
    private volatile boolean reachedApplication;
    private volatile int status = -1;
    private volatile long requestBodySize = -1;
    private volatile long responseBodySize = -1;

    RequestInFlight(Recorder recorder, RequestFacts request, @Nullable ConnectionFacts connection, long startedNanos) {
        this.recorder = recorder;
        this.request = request;
        this.connection = connection;
        this.startedNanos = startedNanos;
    }

    public RequestFacts request() {
        return request;
    }

    /** The connection's facts as its records state them: those from when it began, or with a certificate that came meanwhile. */
    public @Nullable ConnectionFacts connection() {
        ConnectionFacts known = connection;
        if (known == null || known.tls() == null || isCertified(known)) {
            return known;
        }
        ConnectionFacts now = renewal.get();
        if (now == null || !isCertified(now) || !Objects.equals(now.id(), known.id())) {
            return known;
        }
        connection = now;
        return now;
    }

    private static boolean isCertified(ConnectionFacts connection) {
        return connection.tls() != null && connection.tls().client() != null;
    }

    /**
     * Tells who knows what a later handshake on its connection brings while it is under way: the certificate that the server
     * asks for on demand, in TLS 1.2 by a renegotiation.
     *
     * @param facts the connection's; asked as long as there is no certificate, must neither throw nor wait
     */
    public void renewedBy(Supplier<@Nullable ConnectionFacts> facts) {
        renewal = facts;
    }

    /** Tells the template of the route that was matched. */
    public void route(String template) {
        route = template;
    }

    /** Tells the principal that the container authenticated, and the roles that it is known to have. */
    public void user(@Nullable String name, List<String> knownRoles) {
        user = name;
        roles = List.copyOf(knownRoles);
    }

    public @Nullable String user() {
        return user;
    }

    /** Tells that the application's first filter was reached: who refuses from here on is the application. */
    public void reachedApplication() {
        reachedApplication = true;
    }

    public boolean hasReachedApplication() {
        return reachedApplication;
    }

    /** Tells who refused it, where that is known better than from the status. */
    public void refusedBy(RefusedBy who) {
        refusedBy = who;
    }

    /** Tells what went wrong, more precisely than the status does. The first one told stands. */
    public void fault(Fault cause) {
        if (fault == null) {
            fault = cause;
        }
    }

    /** What was told of it so far, {@code null} if nothing was. */
    public @Nullable Fault fault() {
        return fault;
    }

    /** Tells what went wrong first, of which any fault told before was but the consequence. */
    public void rootFault(Fault cause) {
        fault = cause;
    }

    /** Tells the final status. */
    public void status(int code) {
        status = code;
    }

    public int status() {
        return status;
    }

    /** Tells the bytes of the request's body, -1 unknown. */
    public void requestBodySize(long bytes) {
        requestBodySize = bytes;
    }

    /** Tells the bytes of the answer's body, -1 unknown; where an answer has none, its headers may tell of one nevertheless. */
    public void responseBodySize(long bytes) {
        responseBodySize = bytes;
    }

    public boolean isClosed() {
        return closed.get();
    }

    /** Ties an invocation or a posted event to this request. */
    public RequestLink link() {
        return new RequestLink(request.id(), user, roles, request.traceId(), request.spanId(), connection());
    }

    /**
     * Makes the record of this request's end, unless it was made already.
     *
     * @return whether the answer may go out: false only if it had to wait for its record, the record could not be
     *     written, and the failure policy is to refuse
     */
    public boolean closeBeforeAnswer() {
        return !closed.compareAndSet(false, true) || recorder.recordAnswer(this);
    }

    /** Makes the record of this request's end, unless it was made already; waits for nothing. */
    public void close() {
        if (closed.compareAndSet(false, true)) {
            recorder.recordEnd(this);
        }
    }

    RequestEvent event(String name, Instant time, long nowNanos) {
        Fault why = fault;
        boolean ended = name.equals(RequestEvent.ENDED);
        if (why == null && ended) {
            why = HttpFault.of(status);
        }
        return new RequestEvent(
                name,
                time,
                outcome(why, ended),
                ended ? nowNanos - startedNanos : -1,
                why,
                connection(),
                request,
                route,
                status,
                requestBodySize,
                hasNoBody() ? 0 : responseBodySize,
                user,
                roles,
                ended ? refuser() : null);
    }

    /** RFC 9110 section 6.4.1: these have no content, whatever Content-Length says. */
    private boolean hasNoBody() {
        return (status >= 0 && "HEAD".equals(request.method()))
                || (status >= 100 && status < 200)
                || status == NO_CONTENT
                || status == NOT_MODIFIED;
    }

    /** Without a status nobody saw it succeed: it was under way when Certrail stopped, say. */
    private Outcome outcome(@Nullable Fault why, boolean ended) {
        if (why != null && ended) {
            return Outcome.FAILURE;
        }
        return ended && status >= 0 ? Outcome.SUCCESS : Outcome.UNKNOWN;
    }

    /** A status of 4xx is a refusal; whose, depends on how far the request came. */
    private @Nullable RefusedBy refuser() {
        RefusedBy told = refusedBy;
        if (told != null || status < 400 || status > 499) {
            return told;
        }
        return reachedApplication ? RefusedBy.APPLICATION : RefusedBy.CONTAINER;
    }
}
