package io.certrail.server.payara;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.Fault;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.Outcome;
import io.certrail.event.Reason;
import io.certrail.event.TlsFacts;
import io.certrail.recorder.RequestInFlight;
import io.certrail.server.BrokenHead;
import io.certrail.server.ConnectionEnd;
import io.certrail.server.ConnectionFaults;
import io.certrail.server.HandshakeRecords;
import io.certrail.server.http2.HeaderFault;
import io.certrail.server.http2.OpenedStreams;
import io.certrail.server.http2.Preface;
import io.certrail.tls.Ending;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.jspecify.annotations.Nullable;

/**
 * What the hooks know of one connection between its acceptance and its end. Grizzly handles the events of a
 * connection one after the other, though on changing threads and with HTTP/2 requests at the same time: so all that
 * changes is guarded by this object's lock, for which hardly anyone ever contends.
 */
final class OpenConnection implements HandshakeRecords.Observed, OpenedStreams.Listener, FrameFault.Rules {
    private static final long AT_ONCE_NANOS = 500_000_000;
    /** The preface and empty SETTINGS. */
    private static final int BEGIN_BYTES = Preface.LENGTH + 9;
    /** GOAWAY, acknowledgements of SETTINGS and PING, and a WINDOW_UPDATE: 56 bytes. */
    private static final int GOODBYE_BYTES = 64;

    private final String id;
    private final boolean numbered;
    private final Connection<?> connection;
    private final boolean tls;
    private final Endpoint client;
    private final Endpoint server;
    private final AtomicBoolean judged = new AtomicBoolean();
    private final HandshakeCapture handshake = new HandshakeCapture();
    private final ArrivingHead head = new ArrivingHead();
    private final ReceivedFrames frames = new ReceivedFrames(this);
    private final SessionChain chain = new SessionChain();
    private final List<ServedRequest> requests = new ArrayList<>(1);
    /** Of streams that were abandoned: their records, should the server still take one up. */
    private final Map<Integer, RequestInFlight> abandoned = new HashMap<>(0);

    /** The record of the request whose head had come when it ended, should the server still begin that. */
    private @Nullable RequestInFlight unbegun;

    private @Nullable SSLEngine engine;
    private @Nullable SSLSession agreed;
    private @Nullable ConnectionFacts facts;
    private boolean hadRequest;
    private volatile boolean speaksHttp2;
    private volatile long heardNanos;
    private volatile @Nullable Fault frameFault;
    private volatile boolean frameFaultRecorded;
    private @Nullable Fault streamFault;
    /** The stream whose header block was refused last, and is on record as a request's. */
    private int refusedHeader;
    /** The stream that was refused last. */
    private int refused;

    private volatile @Nullable ConnectionEnd end;

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
        facts = tls ? null : new ConnectionFacts(id, client, server, null, null); // all that there will be
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

    /** What is seen of its handshake. */
    HandshakeCapture handshake() {
        return handshake;
    }

    /** What is seen of its next request's head. */
    ArrivingHead head() {
        return head;
    }

    synchronized void engine(SSLEngine newEngine) {
        engine = newEngine;
    }

    synchronized @Nullable SSLEngine engine() {
        return engine;
    }

    /**
     * As {@link SessionChain#of}, of the session that the connection has now, which it keeps while the trust manager is asked for
     * another one. The engine is asked without this object's lock: who has the engine's comes here with what it presents.
     */
    X509Certificate @Nullable [] certificates() {
        if (handshake.isBeingTrusted()) {
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

    /** {@link System#nanoTime()} at the first byte, or at the acceptance while none has come. */
    @Override
    public long startedNanos() {
        return handshake.startedNanos();
    }

    @Override
    public synchronized void facts(ConnectionFacts newFacts) {
        facts = newFacts;
        TlsFacts agreedOn = newFacts.tls();
        speaksHttp2 |= agreedOn != null && "h2".equals(agreedOn.nextProtocol());
    }

    @Override
    public synchronized @Nullable ConnectionFacts facts() {
        return facts;
    }

    synchronized void add(ServedRequest request) {
        hadRequest = true;
        head.take();
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
        head.none();
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
        return streams == null ? frames.broken() : streams.broken(stream, error);
    }

    @Override
    public synchronized int headerBlock(int stream) {
        OpenedStreams streams = frames.streams();
        return streams == null ? 0 : streams.headerBlock(stream);
    }

    @Override
    public synchronized @Nullable HeaderFault headerFault(int stream) {
        OpenedStreams streams = frames.streams();
        return streams == null ? null : streams.headerFault(stream);
    }

    @Override
    public synchronized boolean isOfTrailers(int stream) {
        OpenedStreams streams = frames.streams();
        return streams != null && streams.isOfTrailers(stream);
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
        refused = stream;
        OpenedStreams streams = frames.streams();
        OpenedStreams.Waiting refusedStream = streams == null ? null : streams.refuse(stream);
        return refusedStream == null ? System.nanoTime() : refusedStream.sinceNanos();
    }

    /** Whether a stream was the last that the server refused: what its client sent on it meanwhile is no other fault. */
    synchronized boolean isRefused(int stream) {
        return stream > 0 && stream == refused;
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

    /**
     * It has ended: a request that the server has not begun by now, if only a part of its head has come.
     *
     * @param recording makes its record
     * @return whether there was one
     */
    synchronized boolean abandonHead(Function<BrokenHead, RequestInFlight> recording) {
        BrokenHead left = head.left();
        if (left != null) {
            unbegun = recording.apply(left);
            head.take();
            head.none();
        }
        return left != null;
    }

    /** The server begins the request of HTTP/1.1 whose head came: its record if the end made one before; {@code null} if not. */
    synchronized @Nullable RequestInFlight begin() {
        RequestInFlight recorded = unbegun;
        unbegun = null;
        hadRequest = true;
        head.take();
        return recorded;
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
        } else if (fault.equals(frameFault)) {
            frameFaultRecorded |= recorded;
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

    /**
     * How many bytes may come with the end of TLS and be no request's, nor a part of one: over HTTP/2 those with which a client
     * begins, and those with which it says goodbye.
     */
    synchronized int mostGoodbyeBytes() {
        int most = frames.streams() == null ? BEGIN_BYTES : GOODBYE_BYTES;
        return speaksHttp2 ? most : 0;
    }

    /** Whether no more has come than a part of what HTTP/2 begins with, and it agreed on HTTP/2: that is no request. */
    synchronized boolean isInPreface() {
        return speaksHttp2 && frames.isInPreface();
    }

    /** Bytes of HTTP/1.1 arrived. Between requests they are the beginning of the next one's head. */
    synchronized void httpReceived(Buffer buffer) {
        boolean prefaceSeen = head.wasSeen();
        head.received(buffer, requests.isEmpty() && !(speaksHttp2 && prefaceSeen));
        frames.received(buffer, !prefaceSeen);
    }
}
