package io.certrail.server.wildfly;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.Fault;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestIdentity;
import io.certrail.recorder.RequestInFlight;
import io.certrail.server.ConnectionFaults;
import io.certrail.server.jsse.HookListener;
import io.certrail.tls.Ending;
import io.certrail.tls.HandshakeFacts;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.Methods;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.channels.SslChannel;

/**
 * What is known of one connection between its acceptance and its end. Its I/O thread and the workers of its requests
 * meet here: so all that changes is guarded by this object's lock, for which hardly anyone ever contends.
 */
final class TappedConnection implements Streams.Listener {
    private static final int LINGER_MILLIS = 10_000;
    private static final int LATE_MILLIS = 1000;
    private static final int MOMENT_MILLIS = 100;

    private final Recorder recorder;
    private final StreamConnection channel;
    private final ConnectionIdentity identity;
    private final BrokenRequests broken;
    private final Runnable forget;
    private final long startedNanos = System.nanoTime();
    private final List<ServedExchange> requests = new ArrayList<>(1);
    private final List<Runnable> taps = new ArrayList<>(3);

    private @Nullable ServedExchange current;
    private PendingHead head = new PendingHead();
    private PendingHead hello = new PendingHead();
    private @Nullable Streams streams;
    private boolean leftHttp;
    private boolean hadRequest;
    private volatile boolean closed;
    private volatile @Nullable ConnectionEnd end;
    private volatile @Nullable Thread reader;
    private volatile @Nullable Thread writer;
    private volatile boolean closing;
    private final CountDownLatch over = new CountDownLatch(1);

    /** @param forget called once it is closed */
    TappedConnection(
            Recorder recorder,
            StreamConnection channel,
            ConnectionIdentity identity,
            BrokenRequests broken,
            Runnable forget) {
        this.recorder = recorder;
        this.channel = channel;
        this.identity = identity;
        this.broken = broken;
        this.forget = forget;
    }

    /** Puts the taps in, before anybody reads or writes. Who takes over the connection adds listeners of his own. */
    void tap() {
        var inbound = new Inbound(channel.getSourceChannel().getConduit(), this);
        var outbound = new Outbound(channel.getSinkChannel().getConduit(), this);
        channel.getSourceChannel().setConduit(inbound);
        channel.getSinkChannel().setConduit(outbound);
        channel.setCloseListener(itself -> inbound.closed());
        tapped(inbound::detach);
        tapped(outbound::detach);
    }

    /** Another tap is in, which is to be taken out when Certrail stops. */
    synchronized void tapped(Runnable undo) {
        taps.add(undo);
    }

    /** TLS read this from the socket: kept while its handshake may fail. */
    void shakes(ByteBuffer bytes) {
        if (identity.known() == null) {
            synchronized (this) {
                hello.append(bytes);
            }
        } else if (!hello.isEmpty()) {
            synchronized (this) {
                hello = new PendingHead();
            }
        }
    }

    /** The socket brings no more; what came before may still have to be read. */
    synchronized void socketEnded() {
        end = endOr(ConnectionEnd.BY_CLIENT);
    }

    /** What came from the socket before its handshake was done. */
    synchronized HookListener.Received receivedBytes() {
        byte[] kept = hello.bytes();
        byte[] first = Arrays.copyOf(kept, Math.min(kept.length, HandshakeFacts.MAX_FIRST));
        byte[] last = Arrays.copyOfRange(kept, Math.max(0, kept.length - HandshakeFacts.MAX_LAST), kept.length);
        return new HookListener.Received(first, hello.total(), last);
    }

    /** How it ended or is about to, {@code null} while nothing tells. */
    @Nullable
    ConnectionEnd end() {
        return end;
    }

    private ConnectionFacts facts() {
        return identity.facts(channel);
    }

    /** The client sent this. */
    void received(ByteBuffer bytes) {
        try {
            take(bytes);
        } catch (RuntimeException e) {
            recorder.hookFailed("CTR0653 What a connection sent could not be looked at", e);
        }
    }

    private synchronized void take(ByteBuffer bytes) {
        if (closed) {
            return;
        }
        if (streams != null) {
            streams.received(bytes);
        } else if (current == null && !leftHttp) {
            head.append(bytes);
            if (head.isPreface()) {
                streams = new Streams(this);
                streams.received(head.afterPreface());
                head = new PendingHead();
            }
        }
    }

    /** Nothing came but what TLS needs: its handshake may be done, and is not known for ever. */
    void waits() {
        if (identity.known() == null) {
            identity.look(channel);
        }
    }

    /** The client will send no more. */
    void ended() {
        ServedExchange cutOff;
        synchronized (this) {
            end = end == null ? ConnectionEnd.BY_CLIENT : end;
            cutOff = current != null && current.awaitsBody() ? current : null;
        }
        if (cutOff != null) {
            cutOff.record().fault(ConnectionEnd.BY_CLIENT.fault());
        }
    }

    /** Reading or writing failed. */
    void failed(IOException failure) {
        ConnectionEnd told = ConnectionEnd.of(failure);
        synchronized (this) {
            if (told != null && (end == null || !end.isLoss())) {
                end = told;
            }
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
        } catch (RuntimeException e) {
            recorder.hookFailed("CTR0654 An answer that the parser made could not be recorded", e);
        }
    }

    private synchronized boolean answersAlone() {
        return !closed && streams == null && current == null && !leftHttp && !head.isEmpty();
    }

    private synchronized @Nullable RequestInFlight takeAlone(StatusLine answer) {
        if (answer.isInterim() || !answersAlone()) {
            return null;
        }
        PendingHead asked = head;
        head = new PendingHead();
        if (answer.isSwitch() && BrokenRequests.asksForHttp2(asked)) {
            return null; // becomes an exchange of HTTP/2
        }
        hadRequest = true;
        leftHttp = answer.isSwitch();
        return broken.answeredAlone(asked, answer, facts());
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
            PendingHead asked = stream > 0 ? new PendingHead() : head;
            Streams.Waiting begun = stream > 0 && streams != null
                    ? streams.begin(stream)
                    : new Streams.Waiting(asked.firstNanos(), false);
            RequestInFlight record =
                    recorder.open(RequestIdentity.of(new UndertowHead(exchange)), facts, begun.sinceNanos());
            if (begun.reset()) {
                record.fault(ConnectionFaults.RESET_STREAM);
            }
            served = new ServedExchange(recorder, record, exchange, this, asked, stream);
            requests.add(served);
            if (stream == 0) {
                current = served;
                head = new PendingHead();
            }
        }
        if (closed) {
            served.record().fault(endOr(ConnectionEnd.BY_CLIENT).fault());
        }
        return served;
    }

    /** The server is done with a request. */
    synchronized void complete(ServedExchange served, HttpServerExchange exchange) {
        requests.remove(served);
        if (current == served) {
            current = null;
            leftHttp |= exchange.isUpgrade()
                    || (exchange.getRequestMethod().equals(Methods.CONNECT) && exchange.getStatusCode() < 300);
            if (exchange.getConnection() instanceof HttpServerConnection http && http.getExtraBytes() != null) {
                head.append(http.getExtraBytes().getBuffer().duplicate()); // sent ahead
            }
        }
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
    public void refused(int error, boolean answered, long sinceNanos) {
        hadRequest = true;
        broken.refusedStream(error, answered, facts(), sinceNanos);
    }

    private ConnectionEnd endOr(ConnectionEnd other) {
        ConnectionEnd told = end;
        return told == null ? other : told;
    }

    /** A call into the layers below begins. */
    void begins(boolean reading) {
        if (reading) {
            reader = Thread.currentThread();
        } else {
            writer = Thread.currentThread();
        }
    }

    /** It is over, and what it told is known. */
    void returns(boolean reading) {
        if (reading) {
            reader = null;
        } else {
            writer = null;
        }
        if (closing) {
            closed();
        }
    }

    /** It is closed: what is still open ends now; or, where a call finds it broken and closes it, once that tells why. */
    void closed() {
        Thread self = Thread.currentThread();
        if (reader == self || writer == self) {
            closing = true;
            return;
        }
        try {
            close(ConnectionEnd.BY_SERVER);
        } catch (RuntimeException e) {
            recorder.hookFailed("CTR0655 The end of a connection could not be taken", e);
        }
    }

    private void close(ConnectionEnd otherwise) {
        List<ServedExchange> open;
        boolean waiting;
        PendingHead cut;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            end = endOr(otherwise);
            open = List.copyOf(requests);
            waiting = streams != null && streams.hasWaiting();
            cut = streams == null && !leftHttp && current == null ? head : new PendingHead();
        }
        over.countDown();
        forget();
        ConnectionEnd how = endOr(otherwise);
        Integer goAway = streams == null ? null : streams.goAway();
        Fault fault = goAway == null ? how.fault() : BrokenRequests.goAway(goAway);
        boolean recorded = false;
        for (ServedExchange request : open) {
            recorded |= request.cutOff(fault);
        }
        if (waiting) {
            later(() -> abandonStreams(how, fault, goAway != null), LATE_MILLIS);
            recorded = true;
        }
        if (!cut.isEmpty()) {
            broken.cutOff(cut, fault, facts());
        } else if (!recorded) {
            broken.endedWithout(hadRequest, how, goAway, identity.known(), startedNanos);
        }
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
        List<Streams.Waiting> left;
        synchronized (this) {
            left = streams == null ? List.of() : streams.abandoned();
        }
        left.forEach(stream -> broken.abandoned(stream, how, fault, refused, facts()));
    }

    private boolean isTls() {
        return channel instanceof SslChannel;
    }

    /**
     * How a handshake ended that one side gave up. Another thread is about to know; this waits for it a moment.
     *
     * @return {@code null} if it does not end
     */
    @Nullable
    Ending ending() {
        try {
            if (!over.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS) && end == null) {
                return null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ConnectionEnd told = end;
        return told == null ? null : told.ending();
    }

    /** Certrail stops: what is open is recorded as such, and the connection goes on without. */
    void abandon() {
        List<ServedExchange> open;
        List<Runnable> undo;
        synchronized (this) {
            closed = true;
            open = List.copyOf(requests);
            undo = List.copyOf(taps);
        }
        open.forEach(request -> request.record().close());
        forget.run();
        undo.forEach(Runnable::run);
    }
}
