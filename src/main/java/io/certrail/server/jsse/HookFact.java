package io.certrail.server.jsse;

import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.tls.Ending;
import io.certrail.tls.HandshakeFacts;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fact of the hook's, read by the contract that the hook's package states. What is not as stated counts as unknown. */
record HookFact(Map<?, ?> members) {
    private static final byte[] NOTHING = {};

    String name() {
        String name = text("fact");
        return name == null ? "" : name;
    }

    long connection() {
        return number("connection", -1);
    }

    Instant time() {
        return instant("time");
    }

    long nanos() {
        return number("nanos", System.nanoTime());
    }

    Endpoint peer() {
        return new Endpoint(text("peerHost"), (int) number("peerPort", -1));
    }

    @Nullable
    String text(String key) {
        return members.get(key) instanceof String text ? text : null;
    }

    long number(String key, long otherwise) {
        return members.get(key) instanceof Number number ? number.longValue() : otherwise;
    }

    boolean flag(String key) {
        return members.get(key) instanceof Boolean flag && flag;
    }

    Instant instant(String key) {
        return members.get(key) instanceof Instant time ? time : Instant.now();
    }

    byte @Nullable [] bytes(String key) {
        return members.get(key) instanceof byte[] bytes ? bytes : null;
    }

    byte[] bytesOrNone(String key) {
        byte[] bytes = bytes(key);
        return bytes == null ? NOTHING : bytes;
    }

    @Nullable
    Throwable thrown(String key) {
        return members.get(key) instanceof Throwable thrown ? thrown : null;
    }

    X509Certificate @Nullable [] certificates(String key) {
        return members.get(key) instanceof X509Certificate[] chain && chain.length > 0 ? chain : null;
    }

    /** Of {@code handshake}: whether it ended well. */
    boolean isEstablished() {
        return "established".equals(text("verdict"));
    }

    private Ending ending() {
        String verdict = text("verdict");
        return switch (verdict == null ? "" : verdict) {
            case "established" -> Ending.ESTABLISHED;
            case "timeout" -> Ending.TIMED_OUT;
            case "closed" -> "client".equals(text("closedBy")) ? Ending.CLOSED_BY_CLIENT : Ending.UNSEEN;
            default -> Ending.FAILED;
        };
    }

    /** Of {@code handshake}: whether one side gave up, which the engine cannot tell exactly. */
    boolean isGivenUp() {
        return "closed".equals(text("verdict"));
    }

    /** Of {@code handshake}: what was captured. */
    HandshakeFacts handshake() {
        return handshake(null, null);
    }

    /**
     * Of {@code handshake}: what was captured, and what the socket tells better.
     *
     * @param end {@code null} if it does not
     * @param socket what came from it, {@code null} if unknown
     */
    HandshakeFacts handshake(@Nullable Ending end, HookListener.@Nullable Received socket) {
        HandshakeFacts.Builder facts = HandshakeFacts.ending(end == null ? ending() : end);
        if (socket != null && socket.count() > number("received", 0)) {
            facts.received(socket.first(), socket.count(), socket.last());
        } else {
            facts.received(bytesOrNone("first"), number("received", 0), bytesOrNone("last"));
        }
        facts.failure(thrown("failure"))
                .negotiated(text("protocol"), text("cipher"))
                .nextProtocol(text("nextProtocol"))
                .resumed(isEstablished() ? flag("resumed") : null)
                .at(time());
        addTrust(facts);
        if (members.get("enabledProtocols") instanceof String[] enabled) {
            facts.enabledProtocols(List.of(enabled));
        }
        return facts.build();
    }

    private void addTrust(HandshakeFacts.Builder facts) {
        X509Certificate[] presented = certificates("presented");
        Throwable refusal = thrown("trustFailure");
        if (refusal != null) {
            facts.refused(presented, refusal);
        } else if (flag("trusted")) {
            facts.accepted(presented);
        } else {
            facts.presented(presented);
        }
        X509Certificate[] anchors = certificates("trustAnchors");
        if (anchors != null) {
            facts.trustAnchors(List.of(anchors));
        }
    }
}
