package io.certrail.server.wildfly;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.TlsFacts;
import io.certrail.server.HandshakeRecords;
import org.jspecify.annotations.Nullable;

/** A connection whose handshake the hook told. Safe for use by any thread. */
final class FollowedConnection implements HandshakeRecords.Observed {
    static final Endpoint CLIENT = new Endpoint("127.0.0.1", 44);
    static final Endpoint SERVER = new Endpoint("127.0.0.2", 443);

    private volatile @Nullable ConnectionFacts facts;

    @Override
    public String id() {
        return "boot-h5";
    }

    @Override
    public Endpoint client() {
        return CLIENT;
    }

    @Override
    public Endpoint server() {
        return Endpoint.UNKNOWN;
    }

    @Override
    public long startedNanos() {
        return 0;
    }

    @Override
    public @Nullable ConnectionFacts facts() {
        return facts;
    }

    @Override
    public void facts(ConnectionFacts newFacts) {
        facts = newFacts;
    }

    /** A handshake ends well. */
    void agreedOn(String cipher) {
        facts(new ConnectionFacts(
                id(), CLIENT, server(), null, new TlsFacts("1.2", cipher, null, false, true, null, null, null, null)));
    }
}
