package io.certrail.server.payara;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.Fault;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.Outcome;
import io.certrail.event.Reason;
import io.certrail.event.TlsFacts;
import io.certrail.recorder.RequestInFlight;
import io.certrail.server.ConnectionEnd;
import io.certrail.server.ConnectionFaults;
import io.certrail.server.HandshakeRecords;
import io.certrail.server.http2.OpenedStreams;
import io.certrail.tls.Ending;
import io.certrail.tls.HandshakeFacts;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.memory.ByteBufferWrapper;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.jspecify.annotations.Nullable;

/**
 * What the hooks know of one connection between its acceptance and its end. Grizzly handles the events of a
 * connection one after the other, though on changing threads and with HTTP/2 requests at the same time: so all that
 * changes is guarded by this object's lock, for which hardly anyone ever contends.
 */
final class OpenConnection implements HandshakeRecords.Observed, OpenedStreams.Listener, FrameFault.Rules {
    private static final byte[] NOTHING = {};
    private static final long AT_ONCE_NANOS = 500_000_000;

    private final String id;
    private final boolean numbered;
    private final Connection<?> connection;
    private final boolean tls;
    private final Endpoint client;
    private final Endpoint server;
    private final AtomicBoolean judged = new AtomicBoolean();
    private final List<ServedRequest> requests = new ArrayList<>(1);

    private long startedNanos = System.nanoTime();
    private byte[] first = NOTHING;
    private int firstLength;
    private long received;
    private byte[] last = NOTHING;
    private @Nullable Buffer flight;
    private int flightLength;
    private @Nullable SSLEngine engine;
    private @Nullable SSLSession agreed;
    private final SessionChain chain = new SessionChain();
    private X509Certificate @Nullable [] presented;
    private boolean trusted;
    private @Nullable Throwable trustFailure;
    private boolean refused;
    private List<X509Certificate> trustAnchors = List.of();
    private @Nullable String protocol;
    private @Nullable String cipher;
    private @Nullable ConnectionFacts facts;
    private boolean hadRequest;
    private boolean headTaken = true;
    private volatile boolean speaksHttp2;
    private volatile long heardNanos;
    private volatile @Nullable Fault frameFault;
    private volatile boolean frameFaultRecorded;
    private @Nullable Fault streamFault;
    private boolean prefaceSeen;
    /** The stream whose header block was refused last, and is on record as a request's. */
    private int refusedHeader;

    private final ReceivedFrames frames = new ReceivedFrames(this);
    /** Of streams that were abandoned: their records, should the server still take one up. */
    private final Map<Integer, RequestInFlight> abandoned = new HashMap<>(0);

    private volatile @Nullable ConnectionEnd end;
    private @Nullable Buffer head;
    private long headNanos;
    private @Nullable Fault headFault;
    private boolean bodyFollows;
    private boolean flightUnheard;

    /**
     * A connection that begins.
     *
     * @param numbered whether its id has a number, so that its handshake has to be on record
     * @param tls whether it came to a TLS listener
     */
    OpenConnection(String id, boolean numbered, Connection<?> connection, boolean tls) {
        this.id = id;
        this.numbered = numbered;
        this.connection = connection;
        this.tls = tls;
        client = Endpoint.of(connection.getPeerAddress());
        server = Endpoint.of(connection.getLocalAddress());
    }

    @Override
    public String id() {
        return id;
    }

    boolean isNumbered() {
        return numbered;
    }

    boolean isTls() {
        return tls;
    }

    @Override
    public Endpoint client() {
        return client;
    }

    @Override
    public Endpoint server() {
        return server;
    }

    /** The record of a connection whose handshake is not followed, because too many are open. */
    HandshakeEvent notFollowed(Instant time) {
        TlsFacts unknown = new TlsFacts(null, null, null, null, false, null, null, null, null);
        Fault fault = Fault.of(Reason.NOT_FOLLOWED, "more connections are open than certrail.connections.max-open");
        return new HandshakeEvent(
                time, Outcome.UNKNOWN, 0, fault, new ConnectionFacts(id, client, server, null, unknown));
    }

    /** True for the one caller who may record the handshake. */
    boolean judge() {
        return tls && judged.compareAndSet(false, true);
    }

    boolean isJudged() {
        return !tls || judged.get();
    }

    /** Whether its handshake failed: then nothing that follows is worth a record. */
    synchronized boolean isRefused() {
        return refused;
    }

    /** Keeps the first and the last bytes that came; the buffer's position is behind them. */
    synchronized void received(Buffer data, int size) {
        if (received == 0) {
            startedNanos = System.nanoTime();
        }
        received += size;
        flight = data;
        flightLength = size;
        int from = data.position() - size;
        if (from < 0) {
            return;
        }
        int keep = Math.min(size, HandshakeFacts.MAX_FIRST - firstLength);
        if (keep > 0) {
            if (first.length < firstLength + keep) {
                first = Arrays.copyOf(first, Math.min(HandshakeFacts.MAX_FIRST, Math.max(1024, firstLength + keep)));
            }
            copy(data, from, first, firstLength, keep);
            firstLength += keep;
        }
        last = new byte[Math.min(size, HandshakeFacts.MAX_LAST)];
        copy(data, data.position() - last.length, last, 0, last.length);
    }

    /**
     * Whether data and the end of TLS follow the handshake in the read that completed it: to be asked in that moment. Grizzly
     * has then cut off what the handshake took, so the buffer is no longer than that.
     */
    synchronized boolean restBringsData() {
        if (flight == null || received != firstLength) {
            return false;
        }
        int rest = flightLength - taken(flight);
        Buffer all = new ByteBufferWrapper(ByteBuffer.wrap(first));
        return rest > 0 && ClosingFlight.bringsData(all, firstLength - rest, firstLength);
    }

    private static int taken(Buffer read) {
        try {
            return read.position() > 0 ? read.position() : read.limit();
        } catch (RuntimeException e) {
            return Integer.MAX_VALUE; // given back, so all of it was taken
        }
    }

    private static void copy(Buffer from, int at, byte[] to, int offset, int count) {
        for (int i = 0; i < count; i++) {
            to[offset + i] = from.get(at + i);
        }
    }

    synchronized void engine(SSLEngine newEngine) {
        engine = newEngine;
    }

    synchronized @Nullable SSLEngine engine() {
        return engine;
    }

    /** What the trust manager was shown. */
    synchronized void presented(X509Certificate[] chain, @Nullable SSLSession session) {
        presented = chain.clone();
        trusted = false;
        negotiated(session);
    }

    /** What was agreed so far, which the engine forgets when it fails. */
    synchronized void negotiated(@Nullable SSLSession session) {
        if (session != null) {
            protocol = session.getProtocol();
            cipher = session.getCipherSuite();
        }
    }

    /** The trust manager accepted it. */
    synchronized void trusted() {
        trusted = true;
    }

    synchronized void refused(Throwable why, List<X509Certificate> anchors) {
        trustFailure = why;
        trustAnchors = anchors;
    }

    /** All that was captured, and forgets the bytes: to be called once, by who {@link #judge() judges}. */
    synchronized HandshakeFacts.Builder capture(Ending ending) {
        refused = ending != Ending.ESTABLISHED;
        HandshakeFacts.Builder captured = HandshakeFacts.ending(ending)
                .received(Arrays.copyOf(first, firstLength), received, last)
                .trustAnchors(trustAnchors)
                .negotiated(protocol, cipher);
        if (trustFailure != null) {
            captured.refused(presented, trustFailure);
        } else if (trusted) {
            captured.accepted(presented);
        } else {
            captured.presented(presented);
        }
        first = NOTHING;
        last = NOTHING;
        flight = null;
        return captured;
    }

    /** Whether the trust manager is being asked, perhaps for long: the engine answers nobody meanwhile. */
    synchronized boolean isBeingTrusted() {
        return presented != null && !trusted && trustFailure == null;
    }

    /** Whether the trust manager was asked: a session that is resumed does without. */
    synchronized boolean wasAskedToTrust() {
        return presented != null;
    }

    /**
     * As {@link SessionChain#of}, of the session that the connection has now, which it keeps while the trust manager is asked for
     * another one. The engine is asked without this object's lock: who has the engine's comes here with what it presents.
     */
    X509Certificate @Nullable [] certificates() {
        if (isBeingTrusted()) {
            return lastCertificates();
        }
        SSLEngine known = SSLUtils.getSSLEngine(connection);
        return certificates(known == null ? null : known.getSession());
    }

    private synchronized X509Certificate @Nullable [] lastCertificates() {
        return chain.last();
    }

    private synchronized X509Certificate @Nullable [] certificates(@Nullable SSLSession session) {
        return chain.of(session);
    }

    /**
     * A handshake is done. What its session has of certificates is known from now on.
     *
     * @return whether it is another session than the last handshake's
     */
    synchronized boolean agreed(@Nullable SSLSession session) {
        boolean another = session != agreed;
        agreed = session;
        chain.of(session);
        return another;
    }

    /** Why the trust manager refused what the client presented in a renegotiation; {@code null} if it did not. */
    synchronized @Nullable Fault renegotiationFault() {
        return refused || trustFailure == null
                ? null
                : ConnectionFaults.ofTls(HandshakeFacts.ending(Ending.FAILED)
                        .trustAnchors(trustAnchors)
                        .refused(presented, trustFailure)
                        .build());
    }

    /** {@link System#nanoTime()} at the first byte, or at the acceptance while none has come. */
    @Override
    public synchronized long startedNanos() {
        return startedNanos;
    }

    @Override
    public synchronized void facts(ConnectionFacts newFacts) {
        facts = newFacts;
        TlsFacts handshake = newFacts.tls();
        speaksHttp2 |= handshake != null && "h2".equals(handshake.nextProtocol());
    }

    @Override
    public synchronized @Nullable ConnectionFacts facts() {
        return facts;
    }

    synchronized void add(ServedRequest request) {
        hadRequest = true;
        headTaken = true;
        requests.add(request);
    }

    synchronized void remove(ServedRequest request) {
        requests.remove(request);
    }

    /** The requests that have not ended. */
    synchronized List<ServedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Tells that a request came, if only a broken one. */
    synchronized void requested() {
        hadRequest = true;
    }

    synchronized boolean hadRequest() {
        return hadRequest;
    }

    /** Tells that it speaks HTTP/2, where a head is not seen before it is parsed. */
    void speaksHttp2() {
        speaksHttp2 = true;
        head = null;
    }

    boolean isHttp2() {
        return speaksHttp2;
    }

    /** Frames of HTTP/2 came. */
    void heard() {
        heardNanos = System.nanoTime();
    }

    @Override
    public synchronized @Nullable String broken(int stream, String error) {
        OpenedStreams streams = frames.streams();
        return streams == null ? null : streams.broken(stream, error);
    }

    @Override
    public synchronized int headerBlock(int stream) {
        OpenedStreams streams = frames.streams();
        return streams == null ? 0 : streams.headerBlock(stream);
    }

    @Override
    public int mostHeaderBytes() {
        return GrizzlyHttp2.mostHeaderBytes(connection);
    }

    /** A request whose header block the server refused is on record. */
    synchronized void headerRefused() {
        OpenedStreams streams = frames.streams();
        refusedHeader = streams == null ? 0 : streams.headerStream();
    }

    /** Whether that was the header block that came last. */
    synchronized boolean isHeaderRefused() {
        OpenedStreams streams = frames.streams();
        return streams != null && refusedHeader != 0 && refusedHeader == streams.headerStream();
    }

    /** The server takes up a stream as a request. */
    synchronized OpenedStreams.Waiting beginStream(int stream) {
        OpenedStreams streams = frames.streams();
        return streams == null ? new OpenedStreams.Waiting(System.nanoTime(), false) : streams.begin(stream);
    }

    /**
     * The server refuses a stream.
     *
     * @param stream 0: the one whose turn it is
     * @return {@link System#nanoTime()} at which it began
     */
    synchronized long refuseStream(int stream) {
        OpenedStreams streams = frames.streams();
        OpenedStreams.Waiting refusedStream = streams == null ? null : streams.refuse(stream);
        return refusedStream == null ? System.nanoTime() : refusedStream.sinceNanos();
    }

    /**
     * It has ended: what the server did not take up by now it hardly ever will.
     *
     * @param recording makes the record of a stream
     * @return whether there were any
     */
    synchronized boolean abandonStreams(Function<OpenedStreams.Waiting, RequestInFlight> recording) {
        OpenedStreams streams = frames.streams();
        if (streams != null && GrizzlyHttp2.numbersStreams()) {
            streams.abandon((stream, begun) -> abandoned.put(stream, recording.apply(begun)));
        }
        return !abandoned.isEmpty();
    }

    /** The record of a stream that was abandoned, {@code null} if it was not. */
    synchronized @Nullable RequestInFlight abandoned(int stream) {
        return abandoned.get(stream);
    }

    @Override
    public void resetByClient(int stream) {
        for (ServedRequest request : requests) {
            if (request.stream() == stream) {
                request.record().fault(ConnectionFaults.RESET_STREAM);
            }
        }
    }

    @Override
    public void goodbye() {
        // Grizzly's session knows, also of a connection whose frames are not followed
    }

    /** Whether a server that gives no cause ended it too soon after frames to have waited in vain. */
    boolean endsAtOnce(Ending ending) {
        return ending == Ending.TIMED_OUT && heardNanos != 0 && System.nanoTime() - heardNanos < AT_ONCE_NANOS;
    }

    /**
     * Tells why the server is about to end it: the first cause stands.
     *
     * @param recorded whether a record states it already
     */
    synchronized void frameFault(Fault fault, boolean recorded) {
        if (frameFault == null) {
            frameFault = fault;
            frameFaultRecorded = recorded;
        }
    }

    /** Tells why the server reset a stream: the fault of the one request that is open, else of the connection. */
    synchronized void streamFault(Fault fault) {
        List<RequestInFlight> open = requests.stream()
                .map(ServedRequest::record)
                .filter(record -> !record.isClosed())
                .toList();
        if (open.size() == 1) {
            open.get(0).fault(fault);
        } else if (streamFault == null) {
            streamFault = fault;
        }
    }

    /** Why the server reset a stream, if no request tells of it. */
    synchronized @Nullable Fault streamFault() {
        return streamFault;
    }

    boolean isFrameFaultRecorded() {
        return frameFaultRecorded;
    }

    @Nullable
    Fault frameFault() {
        return frameFault;
    }

    void ended(ConnectionEnd how) {
        end = how;
    }

    /** How it ended, {@code null} while it is open. */
    @Nullable
    ConnectionEnd end() {
        return end;
    }

    /** Bytes of TLS arrived, after the handshake: whether they bring data and the end at once. */
    synchronized void flightReceived(boolean closing) {
        flightUnheard = closing && !bodyFollows;
    }

    /** Whether the last data came with the end of TLS, and no parser heard of it: it was a request's. */
    synchronized boolean isFlightUnheard() {
        return flightUnheard && !speaksHttp2;
    }

    /** Bytes of HTTP/1.1 arrived. Between requests they are the beginning of the next one's head. */
    synchronized void httpReceived(Buffer buffer) {
        flightUnheard = false;
        frames.received(buffer, !prefaceSeen);
        if (requests.isEmpty() && !(speaksHttp2 && prefaceSeen)) {
            if (head == null) {
                headNanos = System.nanoTime();
            }
            head = buffer;
        }
    }

    /**
     * The head is whole: what comes next is its request, or the rest of its body.
     *
     * @param body whether it announces one
     */
    synchronized void headParsed(boolean body) {
        bodyFollows = body;
        head = null;
        headTaken = false;
        prefaceSeen = true;
    }

    /** What came is the rest of a body, though its request has its answer. */
    synchronized void bodyReceived() {
        head = null;
    }

    /** True once for a head of which no request has come. */
    synchronized boolean takeHead() {
        boolean first = !headTaken;
        headTaken = true;
        return first;
    }

    /** The bytes of a head that is not whole yet, or {@code null}. */
    synchronized @Nullable Buffer head() {
        return head;
    }

    /** Tells what is wrong with the head of the request that comes next, though the parser took it. */
    synchronized void headFault(@Nullable Fault fault) {
        headFault = fault;
    }

    /** What was told of the head, once. */
    synchronized @Nullable Fault takeHeadFault() {
        Fault fault = headFault;
        headFault = null;
        return fault;
    }

    /** {@link System#nanoTime()} at the first byte of the head seen last. */
    synchronized long headNanos() {
        return headNanos == 0 ? System.nanoTime() : headNanos;
    }
}
