package io.certrail.server.payara;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestHead;
import io.certrail.recorder.RequestIdentity;
import io.certrail.recorder.RequestInFlight;
import io.certrail.server.BrokenHead;
import io.certrail.server.BrokenTarget;
import io.certrail.server.ConnectionFaults;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.io.OutputBuffer;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * A request while the server has it. Hears of the moment at which its answer is committed: an answer that is whole by
 * then is held back until its record is as durable as configured, and turned into a 503 if that fails and the policy is
 * to refuse.
 */
final class ServedRequest implements OutputBuffer.LifeCycleListener {
    private static final String RETRY_AFTER_SECONDS = "5";
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;
    /** How all begins that the container says of a target that it refuses before any application is chosen. */
    private static final String INVALID_TARGET = "Invalid URI";

    /** All that Payara's says: an application may begin like that, too, and not each tells that a request has reached it. */
    private static final Set<String> INVALID_TARGETS = Set.of(
            INVALID_TARGET,
            INVALID_TARGET + ": Empty URL",
            INVALID_TARGET + ": Backslashes not allowed",
            INVALID_TARGET + ": Null byte found during request normalization",
            INVALID_TARGET + ": Request must start with /",
            INVALID_TARGET + ": Request traversed outside of allowed context");

    private final Recorder recorder;
    private final RequestInFlight record;
    private final Request request;
    private final @Nullable Fault headFault;
    private final int stream;
    private volatile boolean answered;
    /** Whether nobody is left to get its answer, which then has no status on record. */
    private volatile boolean unheard;

    private ServedRequest(
            Recorder recorder, RequestInFlight record, Request request, int stream, @Nullable Fault headFault) {
        this.stream = stream;
        this.headFault = headFault;
        this.recorder = recorder;
        this.record = record;
        this.request = request;
    }

    /**
     * Follows a request from now on.
     *
     * @param attribute where {@link #of} finds it
     * @param stream HTTP/2's number for it, 0 in HTTP/1.1
     * @param headFault what is wrong with its head though the parser took it
     */
    static ServedRequest follow(
            Recorder recorder,
            String attribute,
            RequestInFlight record,
            Request request,
            int stream,
            @Nullable Fault headFault) {
        ServedRequest served = new ServedRequest(recorder, record, request, stream, headFault);
        request.setAttribute(recorder.requestAttribute(), record);
        request.setAttribute(attribute, served);
        Response response = request.getResponse();
        response.setHeader(RequestIdentity.HEADER, record.request().id());
        response.getOutputBuffer().registerLifeCycleListener(served);
        return served;
    }

    /** The request as it is followed, {@code null} if it began before the deployment. */
    static @Nullable ServedRequest of(String attribute, Request request) {
        return request.getAttribute(attribute) instanceof ServedRequest served ? served : null;
    }

    RequestInFlight record() {
        return record;
    }

    /** HTTP/2's number for it, 0 in HTTP/1.1. */
    int stream() {
        return stream;
    }

    /** Whether its answer was complete when it was committed or ended. */
    boolean isAnswered() {
        return answered;
    }

    /** Whether the application is done with its answer: its end is near, and makes the record. */
    boolean isWritten() {
        try {
            return request.getResponse().isCommitted()
                    && request.getResponse().getOutputBuffer().isClosed();
        } catch (IllegalStateException e) {
            return true; // Grizzly has just taken it back, on another thread, after it told of the request's end
        }
    }

    /** Tells that the server is done with it though no answer left. */
    void unanswered(Fault fault) {
        if (!request.getResponse().isCommitted()) {
            record.fault(fault);
        }
    }

    @Override
    public void onCommit() {
        try {
            Response response = request.getResponse();
            OutputBuffer output = response.getOutputBuffer();
            if (!response.containsHeader(RequestIdentity.HEADER)) {
                response.setHeader(RequestIdentity.HEADER, record.request().id());
            }
            long length = response.getContentLengthLong();
            // of each, though few need it: a class that is first needed while the application ends is not found
            long buffered = BufferedBody.size(response);
            boolean whole = response.getStatus() == SWITCHING_PROTOCOLS
                    || output.isClosed()
                    || (length >= 0 && (buffered >= 0 ? buffered : output.getBufferedDataSize()) >= length);
            unheard = isUnheard();
            if (whole && !unheard && !record.isClosed()) {
                answered = true;
                learn(response, length >= 0 ? length : buffered);
                if (!record.closeBeforeAnswer()) {
                    refuse(response);
                }
            }
        } catch (RuntimeException | Error e) {
            recorder.hookFailed("CTR0611 An answer could not be recorded before it left", e);
        }
    }

    /** Over HTTP/2 the application may answer after its client reset the stream, or after the connection has ended. */
    private boolean isUnheard() {
        FilterChainContext context = request.getContext();
        return stream > 0
                && (ConnectionFaults.RESET_STREAM.equals(record.fault())
                        || (context != null && !context.getConnection().isOpen()));
    }

    /** The answer must not go out, for it cannot be recorded. */
    private void refuse(Response response) {
        recorder.requestRefused();
        response.getOutputBuffer().reset();
        response.setStatus(UNAVAILABLE);
        response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        response.setContentLengthLong(0);
    }

    /** The server is done with it: records it, unless that was done when its answer was committed. */
    void complete() {
        if (!record.isClosed()) {
            try {
                learnEnd(request.getResponse());
            } catch (IllegalStateException e) {
                // taken back by Grizzly, see isWritten: what was learnt before is recorded
            }
            record.close();
        }
    }

    private void learnEnd(Response response) {
        if (response.isCommitted() && !unheard) {
            answered = true;
            learn(response, response.getContentLengthLong());
        }
    }

    /**
     * The user that the container authenticated. Grizzly's own principal is asked for only where the container refused
     * somebody whom it knows: it reads the certificate anew each time, and takes its subject where nobody was
     * authenticated.
     */
    private @Nullable String authenticated(int status) {
        String user = request.getRemoteUser();
        if (user != null || status != FORBIDDEN || record.hasReachedApplication()) {
            return user;
        }
        Principal principal = request.getUserPrincipal();
        return principal == null ? null : principal.getName();
    }

    private void learn(Response response, long bodySize) {
        record.status(response.getStatus());
        record.responseBodySize(bodySize);
        record.requestBodySize(request.getContentLengthLong());
        if (record.user() == null) {
            record.user(authenticated(response.getStatus()), List.of());
        }
        if (response.getStatus() == BAD_REQUEST) {
            diagnose(response);
        }
    }

    /** Found malformed though it parsed. What is wrong with its head goes before what came of that further on. */
    private void diagnose(Response response) {
        RequestHead head = new GrizzlyHead(request.getRequest());
        Fault fault = headFault != null ? headFault : BrokenHead.fault(head);
        if (fault == null && !record.hasReachedApplication()) {
            fault = targetFault(head.path(), response.getResponse().getReasonPhrase());
        }
        if (fault != null) {
            record.rootFault(fault);
        }
    }

    /** @param phrase of the answer's status line */
    private static @Nullable Fault targetFault(@Nullable String path, @Nullable String phrase) {
        if (phrase == null || !phrase.startsWith(INVALID_TARGET)) {
            return null;
        }
        Fault found = path == null ? null : BrokenTarget.fault(path);
        return found == null && INVALID_TARGETS.contains(phrase)
                ? Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: the container refused the target")
                : found;
    }
}
