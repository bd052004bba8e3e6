package io.certrail.server.jsse;

import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.recorder.Recorder;
import io.certrail.server.HandshakeRecords;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The connections that the JSSE hook told of and that are open. There is a bound on how many are held; of one above it
 * the handshake is recorded all the same, and {@link #find(SSLSession)} knows it. After facts were lost as many again are
 * remembered, of which nothing shows that they are still open. Safe for use by any thread.
 */
public final class HookConnections {
    private static final String CONNECTION = "io.certrail.connection";
    private static final String HANDSHAKE = "io.certrail.handshake";
    private static final String FAILURE = "io.certrail.failure";
    private static final String CLOSED = "io.certrail.closed";
    private static final int RADIX = 36;
    /** How many of the connections that ended last are remembered as such. */
    private static final int MOST_ENDED = 4096;

    private final Recorder recorder;
    private final int most;
    private final Function<HookedConnection, Endpoint> servers;
    private final Map<Long, HookedConnection> byNumber = new ConcurrentHashMap<>();
    /** Those of which nothing was heard since facts were lost, not counted as open; the eldest first. */
    private final Map<Long, HookedConnection> unheard = new LinkedHashMap<>();

    private final Set<Long> ended = new LinkedHashSet<>();

    /** @param servers tells the server's end of a connection */
    HookConnections(Recorder recorder, int most, Function<HookedConnection, Endpoint> servers) {
        this.recorder = recorder;
        this.most = most;
        this.servers = servers;
    }

    /**
     * The connection to which a session belongs, exactly, also where connections share a session. Its facts are there,
     * once its handshake is done, even if the hook's own fact is still on its way.
     *
     * @param session as the server's API gives it for the request's connection
     * @return {@code null} if the hook does not watch it
     */
    public @Nullable HookedConnection find(@Nullable SSLSession session) {
        if (session == null || !(session.getValue(CONNECTION) instanceof Long number)) {
            return null;
        }
        boolean over = session.getValue(CLOSED) != null; // holds nothing then, as nobody may tell of its end any more
        HookedConnection known = over ? remembered(number) : known(number);
        if (known != null) {
            known.toldBy(session);
            if (known.facts() != null) {
                return known;
            }
        }
        if (!(session.getValue(HANDSHAKE) instanceof Map<?, ?> members)) {
            return known;
        }
        HookFact fact = new HookFact(members);
        if (!fact.isEstablished()) {
            return known;
        }
        HookedConnection connection = known != null ? known : over ? of(fact) : hold(of(fact));
        judged(connection, fact);
        connection.toldBy(session);
        if (connection.facts() == null) {
            connection.facts(HandshakeRecords.facts(connection, fact.handshake()));
        }
        return connection;
    }

    /** What the engine of a session's connection threw after the handshake: its server may keep that to itself. */
    public static @Nullable Throwable failure(@Nullable SSLSession session) {
        return session != null && session.getValue(FAILURE) instanceof Throwable failure ? failure : null;
    }

    /** The connection with the hook's number, which is held again if nothing was heard of it for a while. */
    private @Nullable HookedConnection known(long number) {
        HookedConnection held = byNumber.get(number);
        return held != null ? held : hear(number);
    }

    /** The connection with the hook's number as far as it is known, which changes nothing. */
    private synchronized @Nullable HookedConnection remembered(long number) {
        HookedConnection held = byNumber.get(number);
        return held != null ? held : unheard.get(number);
    }

    private synchronized @Nullable HookedConnection hear(long number) {
        HookedConnection known = unheard.get(number);
        return known == null ? null : hold(known);
    }

    /** The connection of a fact, new if it is not known: with the same id whenever it is asked for. */
    HookedConnection of(HookFact fact) {
        HookedConnection known = known(fact.connection());
        return known != null
                ? known
                : new HookedConnection(fact.connection(), id(fact.connection()), fact.peer(), fact.nanos());
    }

    /** The letter keeps these apart from the recorder's own numbers. */
    private String id(long number) {
        return recorder.bootId() + "-h" + Long.toString(number, RADIX);
    }

    /** Tells the connection what the verdict on its handshake brought along. */
    void judged(HookedConnection connection, HookFact fact) {
        connection.startedNanos(fact.number("startedNanos", connection.startedNanos()));
        connection.server(servers.apply(connection));
    }

    /**
     * Holds a connection from now on, unless too many are open or it has ended: a request may be slower than the news of
     * its connection's end, which its session may not have told yet when it was asked.
     *
     * @return the one that is known by its number, so that there are not two of it
     */
    synchronized HookedConnection hold(HookedConnection connection) {
        HookedConnection held = byNumber.get(connection.number());
        if (held != null) {
            return held;
        }
        HookedConnection known = unheard.getOrDefault(connection.number(), connection);
        if (byNumber.size() < most && !ended.contains(known.number())) {
            unheard.remove(known.number());
            byNumber.put(known.number(), known);
            recorder.connectionOpened();
        }
        return known;
    }

    /** The connection with the hook's number has ended. */
    synchronized void drop(long number) {
        ended.add(number);
        dropEldest(ended, MOST_ENDED);
        unheard.remove(number);
        release(number);
    }

    /** @param numbers one more than are to be left, at most */
    private static void dropEldest(Set<Long> numbers, int left) {
        if (numbers.size() > left) {
            Iterator<Long> eldest = numbers.iterator();
            eldest.next();
            eldest.remove();
        }
    }

    private void release(long number) {
        if (byNumber.remove(number) != null) {
            recorder.connectionClosed();
        }
    }

    /**
     * Facts were lost, and the end of any connection may be among them: none is held any more, but those of which news or
     * requests still come. They are not seen from their beginning then, as answers on them may be lost, too. What is known of
     * them stays true: the requests that came, and the certificate.
     */
    synchronized void doubt() {
        for (HookedConnection connection : byNumber.values()) {
            release(connection.number());
            connection.answersLost();
            unheard.put(connection.number(), connection);
            dropEldest(unheard.keySet(), most);
        }
    }

    /** Lets go of all. */
    synchronized void clear() {
        byNumber.keySet().forEach(this::drop);
        unheard.clear();
    }
}
