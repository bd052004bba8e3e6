package io.certrail.server.jsse;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.TlsFacts;
import io.certrail.server.HandshakeRecords;
import io.certrail.tls.CertificateReader;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A connection that the JSSE hook told of. Safe for use by any thread. */
public final class HookedConnection implements HandshakeRecords.Observed {
    private static final String AUTHENTICATED = "io.certrail.authenticated";

    private final long number;
    private final String id;
    private final Endpoint client;
    private volatile Endpoint server = Endpoint.UNKNOWN;
    private volatile long startedNanos;
    private volatile @Nullable ConnectionFacts facts;
    private volatile @Nullable SSLSession session;
    /** The fact of a later handshake that was taken over last. */
    private @Nullable Map<?, ?> renewal;

    private volatile boolean seenFromTheBeginning;
    private int requests;

    HookedConnection(long number, String id, Endpoint client, long startedNanos) {
        this.number = number;
        this.id = id;
        this.client = client;
        this.startedNanos = startedNanos;
    }

    /** The hook's number for it. */
    public long number() {
        return number;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Endpoint client() {
        return client;
    }

    @Override
    public Endpoint server() {
        return server;
    }

    void server(Endpoint known) {
        server = known;
    }

    @Override
    public long startedNanos() {
        return startedNanos;
    }

    void startedNanos(long nanos) {
        startedNanos = nanos;
    }

    /**
     * Tells a session of its, which knows what a later handshake brought even if no fact comes here: of a connection that is not
     * held, say.
     */
    void toldBy(SSLSession known) {
        session = known;
    }

    @Override
    public @Nullable ConnectionFacts facts() {
        SSLSession known = session;
        if (known != null && known.getValue(AUTHENTICATED) instanceof Map<?, ?> members) {
            authenticated(new HookFact(members));
        }
        return facts;
    }

    @Override
    public synchronized void facts(ConnectionFacts newFacts) {
        facts = newFacts;
        renewal = null;
    }

    /**
     * What its records state, with its two ends, as far as only a request's server knows them.
     *
     * @param newClient taken where the engine was not told who its client is
     */
    @Nullable
    synchronized ConnectionFacts factsBetween(Endpoint newClient, Endpoint newServer) {
        ConnectionFacts known = facts();
        if (known == null || known.server().port() > 0) {
            return known;
        }
        server = newServer;
        Endpoint from = client.port() > 0 ? client : newClient;
        ConnectionFacts complete = new ConnectionFacts(id, from, newServer, known.serverName(), known.tls());
        facts = complete;
        return complete;
    }

    void seenFromTheBeginning() {
        seenFromTheBeginning = true;
    }

    /** Answers on it may have gone unheard. */
    void answersLost() {
        seenFromTheBeginning = false;
    }

    /** A request that came on it is recorded. */
    synchronized void requested() {
        requests++;
    }

    /** Whether an answer is to a request that nobody recorded; whoever is told so records it. */
    synchronized boolean isAlone(int ordinal) {
        if (!seenFromTheBeginning || requests >= ordinal) {
            return false;
        }
        requests++;
        return true;
    }

    /** Takes over the certificate that a later handshake brought: asked for on demand, or in a renegotiation; or that there is none any more. */
    synchronized void authenticated(HookFact fact) {
        ConnectionFacts before = facts;
        TlsFacts tls = before == null ? null : before.tls();
        if (before == null || tls == null || fact.members() == renewal) {
            return;
        }
        renewal = fact.members();
        facts = new ConnectionFacts(
                id,
                before.client(),
                before.server(),
                before.serverName(),
                certifiedBy(fact.certificates("presented"), tls));
    }

    private static TlsFacts certifiedBy(X509Certificate @Nullable [] chain, TlsFacts tls) {
        return new TlsFacts(
                tls.protocolVersion(),
                tls.cipher(),
                tls.nextProtocol(),
                tls.resumed(),
                true,
                null,
                null,
                null,
                chain == null ? null : CertificateReader.read(chain, true));
    }
}
