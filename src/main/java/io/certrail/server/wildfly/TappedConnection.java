package io.certrail.server.wildfly;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.Fault;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestIdentity;
import io.certrail.recorder.RequestInFlight;
import io.certrail.server.ConnectionEnd;
import io.certrail.server.ConnectionFaults;
import io.certrail.server.http2.OpenedStreams;
import io.certrail.server.jsse.HookConnections;
import io.certrail.server.jsse.HookListener;
import io.certrail.tls.Ending;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.channels.SslChannel;

/**
 * What is known of one connection between its acceptance and its end. Its I/O thread and the workers of its requests
 * meet here: so all that changes is guarded by this object's lock, for which hardly anyone ever contends.
 */
final class TappedConnection implements Streams.Listener, WholeHeads.Turn {
    private static final int LINGER_MILLIS = 10_000;
    private static final int LATE_MILLIS = 1000;
    /** No server that closes a connection earlier than this has run out of patience. */
    private static final long LEAST_PATIENCE_NANOS = 1_000_000_000L;

    private final Recorder recorder;
    private final StreamConnection channel;
    private final ConnectionIdentity identity;
    private final BrokenRequests broken;
    private final Runnable forget;
    private final long startedNanos = System.nanoTime();
    private final HandshakeBytes hello = new HandshakeBytes();
    private final ConnectionFate fate = new ConnectionFate();
    private final CallsBelow calls = new CallsBelow();
    private final List<ServedExchange> requests = new ArrayList<>(1);
    private final Http1Turn turn;

    private @Nullable Streams streams;
    private boolean hadRequest;
    /** For what the server reset a stream, if no request tells of it. */
    private @Nullable Fault brokenBy;

    private volatile boolean closed;
    private volatile Taps taps = new Taps(List.of());

    /**
     * @param http2 whether its listener speaks HTTP/2
     * @param forget called once it is closed
     */
    TappedConnection(
            Recorder recorder,
            StreamConnection channel,
            ConnectionIdentity identity,
            BrokenRequests broken,
            boolean http2,
            Runnable forget) {
        this.recorder = recorder;
        this.channel = channel;
        this.identity = identity;
        this.broken = broken;
        turn = new Http1Turn(http2);
        this.forget = forget;
    }

    /** Puts the taps in, before anybody reads or writes. */
    void tap(TlsSocket sockets) {
        taps = Taps.put(channel, this, sockets);
    }

    /** TLS read this from the socket: kept while its handshake may fail. */
    void shakes(ByteBuffer bytes) {
        if (identity.known() == null) {
            hello.append(bytes);
        } else {
            hello.drop();
        }
    }

    /** What came from the socket before its handshake was done. */
    HookListener.Received receivedBytes() {
        return hello.received();
    }

    /** How it ends. */
    ConnectionFate fate() {
        return fate;
    }

    /**
     * How it ended before its handshake was done. Waits for that a moment.
     *
     * @return {@code null} if it does not end
     */
    @Nullable
    Ending handshakeEnd() {
        Ending end = fate.await();
        boolean patient = System.nanoTime() - startedNanos >= LEAST_PATIENCE_NANOS;
        return end == Ending.TIMED_OUT && !patient ? Ending.CLOSED_BY_SERVER : end;
    }

    private ConnectionFacts facts() {
        return identity.facts(channel);
    }

    /** The client sent this. */
    void received(ByteBuffer bytes) {
        try {
            identify(); // now, as these bytes may be the last of the connection
            if (identity.known() != null) {
                hello.drop(); // now, as the connection may wait long for its next request
            }
            take(bytes);
        } catch (RuntimeException | Error e) {
            recorder.hookFailed("CTR0653 What a connection sent could not be looked at", e);
        }
    }

    private synchronized void take(ByteBuffer bytes) {
        if (closed) {
            return;
        }
        if (streams != null) {
            streams.received(bytes);
            return;
        }
        turn.received(bytes);
        if (turn.isPreface()) {
            streams = new Streams(this, turn.hadHead());
            streams.received(turn.takeHead().afterPreface());
        }
    }

    /**
     * Its handshake is done, and is not known for ever. Not before that: to ask for the session takes the engine's lock, which is
     * held while a trust manager is asked, however long that takes.
     */
    private void identify() {
        if (identity.known() == null) {
            identity.look(channel);
        }
    }

    /** The client will send no more. */
    void ended() {
        ServedExchange cutOff;
        synchronized (this) {
            fate.endedByClient();
            cutOff = turn.awaitingBody();
        }
        if (cutOff != null) {
            cutOff.record().fault(fate.endOr(XnioEnd.BY_CLIENT).fault()); // TLS tells no reset
        }
    }

    /** An answer is about to leave. If no exchange made it, it has to wait until it is on record. */
    void answering(ByteBuffer bytes, Outbound outbound) {
        try {
            StatusLine answer = answersAlone() ? StatusLine.read(bytes) : null;
            RequestInFlight alone = answer == null ? null : takeAlone(answer);
            if (answer != null && alone != null) {
                broken.settle(alone, answer.isParsers(), channel, outbound);
            }
        } catch (RuntimeException | Error e) {
            recorder.hookFailed("CTR0654 An answer that the parser made could not be recorded", e);
        }
    }

    private synchronized boolean answersAlone() {
        return !closed && streams == null && turn.answersAlone();
    }

    private synchronized @Nullable RequestInFlight takeAlone(StatusLine answer) {
        if (answer.isInterim() || !answersAlone()) {
            return null;
        }
        PendingHead asked = turn.takeHead();
        if (answer.isSwitch() && BrokenRequests.asksForHttp2(asked)) {
            return null; // becomes an exchange of HTTP/2
        }
        hadRequest = true;
        if (answer.isSwitch()) {
            turn.leave();
        }
        return broken.answeredAlone(asked, answer, facts());
    }

    @Override
    public synchronized boolean mayAnswerBegin() {
        return streams == null && turn.mayAnswerBegin();
    }

    @Override
    public synchronized void answerBegan() {
        turn.answerBegan();
    }

    /** The server sent this. */
    void sent(ByteBuffer buffer, int from, int count) {
        if (streams != null && count > 0 && !closed) {
            synchronized (this) {
                streams.sent(buffer.duplicate().limit(from + count).position(from));
            }
        }
    }

    /**
     * A request begins.
     *
     * @param stream HTTP/2's number for it, 0 in HTTP/1.1
     */
    ServedExchange begin(HttpServerExchange exchange, int stream) {
        ConnectionFacts facts = facts();
        ServedExchange served;
        synchronized (this) {
            hadRequest = true;
            PendingHead asked = stream > 0 ? new PendingHead() : turn.takeHead();
            OpenedStreams.Waiting begun = stream > 0 && streams != null
                    ? streams.opened().begin(stream)
                    : new OpenedStreams.Waiting(asked.firstNanos(), false);
            RequestInFlight record =
                    recorder.open(RequestIdentity.of(new UndertowHead(exchange)), facts, begun.sinceNanos());
            if (begun.reset()) {
                record.fault(ConnectionFaults.RESET_STREAM);
            }
            served = new ServedExchange(recorder, record, exchange, this, asked, stream);
            requests.add(served);
            if (stream == 0) {
                turn.begin(served);
                record.renewedBy(identity::known);
            }
        }
        if (closed) {
            served.record().fault(fate.endOr(XnioEnd.BY_CLIENT).fault());
        }
        return served;
    }

    /** The server is done with a request. */
    synchronized void complete(ServedExchange served, HttpServerExchange exchange) {
        requests.remove(served);
        turn.complete(served, exchange);
    }

    @Override
    public void resetByClient(int stream) {
        for (ServedExchange request : requests) {
            if (request.stream() == stream) {
                request.record().fault(ConnectionFaults.RESET_STREAM);
            }
        }
    }

    @Override
    public void goodbye() {
        fate.endedByClient(); // though it is the server who closes it then
    }

    @Override
    public void refused(Fault fault, long sinceNanos) {
        hadRequest = true;
        broken.refusedStream(fault, facts(), sinceNanos);
    }

    @Override
    public void answered(int status, long sinceNanos) {
        hadRequest = true;
        broken.answeredStream(status, facts(), sinceNanos);
    }

    @Override
    public void ending(Fault fault) {
        requests.forEach(request -> request.record().fault(fault)); // before they hear that their connection ends
    }

    @Override
    public void broken(int stream, Fault fault) {
        for (ServedExchange request : requests) {
            if (request.stream() == stream && !request.record().isClosed()) {
                request.record().fault(fault);
                return;
            }
        }
        if (brokenBy == null) {
            brokenBy = fault;
        }
    }

    /** A call into the layers below begins. */
    void begins(boolean reading) {
        calls.begins(reading);
    }

    /** It is over, and what it told is known. */
    void returns(boolean reading) {
        if (calls.returns(reading)) {
            closed();
        }
    }

    /** It is closed: what is still open ends now, or once it is known why. */
    void closed() {
        if (calls.defersClose()) {
            return;
        }
        try {
            close();
        } catch (RuntimeException | Error e) {
            recorder.hookFailed("CTR0655 The end of a connection could not be taken", e);
        }
    }

    private void close() {
        identify(); // it may have ended before anything was read of it
        ConnectionEnd how;
        List<ServedExchange> open;
        boolean waiting;
        PendingHead cut;
        Fault strayed;
        synchronized (this) {
            if (closed) {
                return;
            }
            strayed = brokenBy;
            closed = true;
            how = fate.seal(byServer());
            open = List.copyOf(requests);
            waiting = streams != null && streams.opened().hasWaiting();
            cut = streams == null ? turn.pending() : new PendingHead();
        }
        forget();
        Fault goAway = streams == null ? null : streams.goAway();
        Fault fault = goAway == null ? how.fault() : goAway;
        boolean recorded = false;
        for (ServedExchange request : open) {
            recorded |= request.cutOff(fault);
        }
        if (waiting) {
            later(() -> abandonStreams(how, fault, goAway != null), LATE_MILLIS);
            recorded = true;
        }
        if (cut.hasBegun() && !BrokenRequests.isInPreface(cut, identity.known())) {
            broken.cutOff(cut, fault, facts());
        } else if (!recorded) {
            broken.endedWithout(hadRequest, how, goAway == null ? strayed : goAway, identity.known(), startedNanos);
        }
    }

    /** The server closes it, and what TLS found wrong may have gone no further than to the server. */
    private ConnectionEnd byServer() {
        Throwable failure = HookConnections.failure(ConnectionIdentity.session(channel));
        return failure == null ? XnioEnd.BY_SERVER : new ConnectionEnd(Ending.CLOSED_BY_SERVER, failure);
    }

    /** A handshake that failed is judged on another thread, which asks how the connection ended. */
    private void forget() {
        if (!isTls() || identity.known() != null) {
            forget.run();
            return;
        }
        later(forget, LINGER_MILLIS);
    }

    private void later(Runnable task, int millis) {
        try {
            channel.getIoThread().executeAfter(task, millis, TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            task.run(); // the server stops
        }
    }

    /** What had been read may still have become an exchange after the end; what has not by now never will. */
    private void abandonStreams(ConnectionEnd how, Fault fault, boolean refused) {
        List<Left> left = new ArrayList<>();
        Streams known = streams;
        synchronized (this) {
            if (known != null) {
                known.opened().abandon((stream, begun) -> left.add(new Left(begun, known.unsaid(stream))));
            }
        }
        left.forEach(each -> broken.abandoned(each.stream(), how, fault, refused, each.unsaid(), facts()));
    }

    /** @param unsaid as {@link Streams#unsaid} */
    private record Left(OpenedStreams.Waiting stream, @Nullable Fault unsaid) {}

    private boolean isTls() {
        return channel instanceof SslChannel;
    }

    /** Certrail stops: what is open is recorded as such, and the connection goes on without. */
    void abandon() {
        List<ServedExchange> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(requests);
        }
        open.forEach(request -> request.record().close());
        forget.run();
        taps.out();
    }
}
