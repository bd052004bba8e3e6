package io.certrail.hook;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fact in the making; the package's description says what each one holds. For one thread. */
final class Fact {
    static final String ACCEPTED = "accepted";
    static final String HANDSHAKE = "handshake";
    static final String AUTHENTICATED = "authenticated";
    static final String ANSWERED = "answered";
    static final String CLOSED = "closed";
    static final String GAP = "gap";
    static final String FAULT = "fault";

    static final String NAME = "fact";
    static final String TIME = "time";
    static final String PRESENTED = "presented";

    private static final long BASE_BYTES = 512;
    private static final X509Certificate[] NONE = {};

    private final Map<String, Object> members = new HashMap<>();

    private Fact(String name) {
        put(NAME, name).put("nanos", System.nanoTime()).put(TIME, Instant.now());
    }

    static Fact of(String name) {
        return new Fact(name);
    }

    static Fact of(String name, long connection) {
        return of(name).put("connection", connection);
    }

    /** Adds a member; {@code null} is unknown, and left out. */
    Fact put(String key, @Nullable Object value) {
        if (value != null) {
            members.put(key, value);
        }
        return this;
    }

    Map<String, Object> build() {
        return Collections.unmodifiableMap(members);
    }

    static boolean is(Map<String, Object> fact, String name) {
        return name.equals(fact.get(NAME));
    }

    static Instant time(Map<String, Object> fact) {
        return fact.get(TIME) instanceof Instant time ? time : Instant.EPOCH;
    }

    /** The certificates that came from the client, none if none did: trust anchors are the server's own. */
    static X509Certificate[] presented(Map<String, Object> fact) {
        return fact.get(PRESENTED) instanceof X509Certificate[] chain ? chain : NONE;
    }

    /** Roughly how much memory it holds besides certificates, in bytes. */
    static long weight(Map<String, Object> fact) {
        long weight = BASE_BYTES;
        for (Object value : fact.values()) {
            weight += value instanceof byte[] bytes ? bytes.length : 0;
        }
        return weight;
    }
}
