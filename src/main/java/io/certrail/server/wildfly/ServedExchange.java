package io.certrail.server.wildfly;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.event.RefusedBy;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestIdentity;
import io.certrail.recorder.RequestInFlight;
import io.certrail.server.BrokenHead;
import io.certrail.server.BrokenTarget;
import io.certrail.server.ConnectionEnd;
import io.certrail.server.ConnectionFaults;
import io.undertow.UndertowOptions;
import io.undertow.security.api.SecurityContext;
import io.undertow.security.idm.Account;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.ConduitFactory;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * A request while the server has it. Hears of the moment at which its answer is committed: an answer that is whole by
 * then is held back until its record is as durable as configured, and turned into a 503 if that fails and the policy is
 * to refuse.
 */
final class ServedExchange implements ExchangeCompletionListener {
    static final AttachmentKey<ServedExchange> KEY = AttachmentKey.create(ServedExchange.class);

    private static final HttpString REQUEST_ID = new HttpString(RequestIdentity.HEADER);
    private static final Pattern COOKIE_END = Pattern.compile(";");
    private static final String RETRY_AFTER_SECONDS = "5";
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int UNAVAILABLE = 503;

    private final Recorder recorder;
    private final RequestInFlight record;
    private final HttpServerExchange exchange;
    private final @Nullable TappedConnection connection;
    private final PendingHead head;
    private final int stream;
    private volatile boolean answered;
    /** Whether nobody is left to get its answer, which then has no status on record. */
    private volatile boolean unheard;

    /**
     * @param connection {@code null} if it is older than the hooks
     * @param head the bytes of its head, and maybe of what follows; empty if unknown
     * @param stream HTTP/2's number for it, 0 in HTTP/1.1
     */
    ServedExchange(
            Recorder recorder,
            RequestInFlight record,
            HttpServerExchange exchange,
            @Nullable TappedConnection connection,
            PendingHead head,
            int stream) {
        this.recorder = recorder;
        this.record = record;
        this.exchange = exchange;
        this.connection = connection;
        this.head = head;
        this.stream = stream;
    }

    /** Follows it from now on. */
    void follow() {
        exchange.putAttachment(KEY, this);
        exchange.getResponseHeaders().put(REQUEST_ID, record.request().id());
        exchange.addRequestWrapper((factory, itself) -> new BodyTap(factory.create(), this));
        exchange.addResponseWrapper(this::commit);
        exchange.addExchangeCompleteListener(this);
    }

    RequestInFlight record() {
        return record;
    }

    /** The name under which the servlet filter looks for it. */
    String attribute() {
        return recorder.requestAttribute();
    }

    int stream() {
        return stream;
    }

    /** Whether its answer was whole when it was committed or ended. */
    boolean isAnswered() {
        return answered;
    }

    /**
     * The connection is closed, and this had not ended.
     *
     * @return whether that made its record
     */
    boolean cutOff(Fault fault) {
        if (record.isClosed()) {
            return false;
        }
        record.fault(fault);
        if (exchange.isResponseStarted() && !unheard) {
            learn();
        }
        record.close();
        return true;
    }

    /** Whether more of its body is to come. */
    boolean awaitsBody() {
        return !exchange.isRequestComplete();
    }

    /** Its body does not parse, or does not come whole. */
    void badBody(Exception failure) {
        ConnectionEnd end = connection == null ? null : connection.fate().end();
        if (end != null) {
            record.fault(end.fault());
        } else if (failure.getClass().getSimpleName().equals("RequestTooBigException")) {
            record.fault(Fault.of(Reason.PAYLOAD_TOO_LARGE, "the request's body is larger than the listener takes"));
        } else if (exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING)) {
            record.fault(ConnectionFaults.BAD_CHUNK);
        }
    }

    private StreamSinkConduit commit(ConduitFactory<StreamSinkConduit> factory, HttpServerExchange itself) {
        boolean refused = false;
        try {
            if (!exchange.getResponseHeaders().contains(REQUEST_ID)) {
                exchange.getResponseHeaders().put(REQUEST_ID, record.request().id());
            }
            unheard = isUnheard();
            if (isWhole() && !unheard && !record.isClosed()) {
                answered = true;
                learn();
                refused = !record.closeBeforeAnswer();
                if (refused) {
                    refuse();
                }
            }
        } catch (RuntimeException | Error e) {
            recorder.hookFailed("CTR0651 An answer could not be recorded before it left", e);
        }
        StreamSinkConduit answer = factory.create();
        return refused ? new DiscardedBody(answer) : answer;
    }

    /** Over HTTP/2 the application may answer after its client reset the stream, or after the connection has ended. */
    private boolean isUnheard() {
        return stream > 0
                && (ConnectionFaults.RESET_STREAM.equals(record.fault())
                        || !exchange.getConnection().isOpen());
    }

    /** Whether all of the answer is there: it has no body, or one that fits the buffer and whose length is told. */
    private boolean isWhole() {
        int status = exchange.getStatusCode();
        long length = exchange.getResponseContentLength();
        return status == NO_CONTENT
                || status == NOT_MODIFIED
                || status == SWITCHING_PROTOCOLS
                || exchange.getRequestMethod().equals(Methods.HEAD)
                || (length >= 0 && length <= exchange.getConnection().getBufferSize());
    }

    /** The answer must not go out, for it cannot be recorded. */
    private void refuse() {
        recorder.requestRefused();
        exchange.setStatusCode(UNAVAILABLE);
        exchange.getResponseHeaders().clear();
        exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_AFTER_SECONDS);
        exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, 0);
        exchange.getResponseHeaders().put(REQUEST_ID, record.request().id());
    }

    /** The server is done with it. */
    @Override
    public void exchangeEvent(HttpServerExchange itself, NextListener next) {
        try {
            complete();
            if (connection != null) {
                connection.complete(this, exchange);
            }
        } catch (RuntimeException | Error e) {
            recorder.hookFailed("CTR0652 The end of a request could not be taken", e);
        } finally {
            next.proceed();
        }
    }

    private void complete() {
        if (record.isClosed()) {
            return;
        }
        ConnectionEnd end = connection == null ? null : connection.fate().end();
        if (end != null && end.isLoss()) {
            record.fault(end.fault());
        }
        if (exchange.isResponseStarted() && !unheard) {
            answered = true;
            learn();
        } else {
            record.fault(end != null ? end.fault() : unanswered());
        }
        record.close();
    }

    private Fault unanswered() {
        return stream > 0 ? ConnectionFaults.RESET_STREAM : ConnectionFaults.NO_ANSWER;
    }

    private void learn() {
        int status = exchange.getStatusCode();
        record.status(status);
        record.responseBodySize(bodySize());
        record.requestBodySize(exchange.getRequestContentLength());
        if (record.user() == null) {
            record.user(authenticated(), List.of());
        }
        if (status == BAD_REQUEST) {
            diagnose();
        } else if (status == SERVER_ERROR && !record.hasReachedApplication()) {
            diagnoseFailure();
        }
    }

    /** What Undertow takes, and fails over before it comes to any application. */
    private void diagnoseFailure() {
        if (!exchange.getRequestPath().startsWith("/")) {
            record.rootFault(BrokenTarget.noPath());
            return;
        }
        long cookies = cookies();
        int most = exchange.getConnection()
                .getUndertowOptions()
                .get(UndertowOptions.MAX_COOKIES, UndertowOptions.DEFAULT_MAX_COOKIES);
        if (cookies > most) {
            record.rootFault(Fault.of(Reason.HEADER_TOO_LARGE, "the request has too many cookies: " + cookies));
        }
    }

    /** As Undertow counts them: by their names. */
    private long cookies() {
        HeaderValues headers = exchange.getRequestHeaders().get(Headers.COOKIE);
        return headers == null
                ? 0
                : headers.stream()
                        .flatMap(COOKIE_END::splitAsStream)
                        .map(cookie -> cookie.substring(0, Math.max(0, cookie.indexOf('=')))
                                .strip())
                        .distinct()
                        .count();
    }

    private long bodySize() {
        long sent = exchange.getResponseBytesSent();
        return sent > 0 ? sent : exchange.getResponseContentLength();
    }

    private @Nullable String authenticated() {
        SecurityContext security = exchange.getSecurityContext();
        Account account = security == null ? null : security.getAuthenticatedAccount();
        return account == null ? null : account.getPrincipal().getName();
    }

    /** Found malformed though it parsed. What is wrong with its head goes before what came of that further on. */
    private void diagnose() {
        Fault fault = head.isEmpty() ? null : BrokenHead.read(head.bytes()).lengthFault();
        if (fault == null) {
            fault = BrokenHead.fault(new UndertowHead(exchange));
        }
        if (fault != null) {
            record.rootFault(fault);
            if (!record.hasReachedApplication()) {
                record.refusedBy(RefusedBy.HTTP_PARSER);
            }
        }
    }

    /** Shows what reading the body throws. */
    private static final class BodyTap extends WatchedSource {
        private final ServedExchange served;

        BodyTap(StreamSourceConduit next, ServedExchange served) {
            super(next);
            this.served = served;
        }

        @Override
        void failed(Exception failure) {
            served.badBody(failure);
        }
    }
}
