package io.certrail.server.jsse;

import io.certrail.event.ConnectionFacts;
import org.jspecify.annotations.Nullable;

/** A connection that the JSSE hook told of. Safe for use by any thread. */
public final class HookedConnection {
    private final long number;
    private final String id;
    private volatile @Nullable ConnectionFacts facts;

    HookedConnection(long number, String id) {
        this.number = number;
        this.id = id;
    }

    /** The hook's number for it. */
    public long number() {
        return number;
    }

    /** {@code mtls.connection.id}: unique over restarts. */
    public String id() {
        return id;
    }

    /** What its records state; {@code null} before the verdict of its handshake. */
    public @Nullable ConnectionFacts facts() {
        return facts;
    }

    void facts(ConnectionFacts newFacts) {
        facts = newFacts;
    }
}
