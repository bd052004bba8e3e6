package io.certrail.hook;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Future;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One connection from its acceptance to its end. Safe for use by any thread, and never asks the engine: the JDK holds an
 * engine's lock while a trust manager is asked, which may take long and brings its verdict here. What there is to know of
 * the engine is told by who calls it. Nor does it hold it: one that its server drops is noticed.
 */
final class Conversation {
    private enum State {
        UNDECIDED,
        ESTABLISHED,
        TIMED_OUT,
        OVER
    }

    private final Hook hook;
    private final long number;
    private final Handshake handshake;

    private State state = State.UNDECIDED;
    private @Nullable Future<?> deadline;
    private volatile @Nullable HttpWatch http;
    private volatile @Nullable Map<String, Object> verdict;
    private volatile @Nullable Map<String, Object> authenticated;
    /** The chain of the session that was agreed last. */
    private X509Certificate @Nullable [] certified;

    private volatile @Nullable Throwable failure;
    private volatile boolean closed;
    private String ending = "server";
    private long plaintextIn;
    private long plaintextOut;

    Conversation(Hook hook, Handshake handshake) {
        this.hook = hook;
        number = handshake.connection();
        this.handshake = handshake;
    }

    long number() {
        return number;
    }

    /** It begins. Never throws, or it would begin once more; one that can have no deadline goes without. */
    synchronized void accepted() {
        try {
            hook.publish(handshake.accepted().build());
            deadline = hook.watchdog().watch(() -> hook.guarded(this::expire));
        } catch (Throwable e) {
            hook.failed(e);
        }
    }

    synchronized boolean isUndecided() {
        return state == State.UNDECIDED;
    }

    synchronized boolean isEstablished() {
        return state == State.ESTABLISHED;
    }

    /** @throws SSLHandshakeException if the deadline has passed */
    synchronized void checkDeadline() throws SSLHandshakeException {
        if (state == State.TIMED_OUT) {
            throw new SSLHandshakeException("the handshake was not done within "
                    + hook.watchdog().deadline().toMillis() + " ms");
        }
    }

    /** The engine is about to be shown what came in. */
    synchronized void show(@Nullable ByteBuffer source) {
        if (state == State.UNDECIDED && source != null) {
            handshake.received().show(source);
            handshake.heard();
        }
    }

    /** The server chose the protocols that it takes, by JSSE's names. */
    synchronized void enabled(String[] protocols) {
        if (state == State.UNDECIDED) {
            handshake.enabled(protocols);
        }
    }

    /**
     * The engine took a step that did not end the handshake.
     *
     * @param session the one in the making, {@code null} if there is none
     * @param application the protocol agreed by ALPN so far
     */
    synchronized void step(int taken, @Nullable SSLSession session, @Nullable String application) {
        handshake.received().took(taken);
        if (state == State.UNDECIDED) {
            handshake.negotiated(session);
            handshake.nextProtocol(application);
        }
    }

    /** The trust manager is about to be asked. */
    synchronized void presented(X509Certificate[] chain, @Nullable SSLSession session) {
        if (state == State.UNDECIDED) {
            handshake.presented(chain);
            handshake.negotiated(session);
        }
    }

    synchronized void refused(Throwable cause, X509Certificate[] anchors) {
        if (state == State.UNDECIDED) {
            handshake.refused(cause, anchors);
        }
    }

    /** The trust manager accepted what was presented. */
    synchronized void trusted() {
        if (state == State.UNDECIDED) {
            handshake.trusted();
        }
    }

    /**
     * The handshake is done.
     *
     * @param application the protocol agreed by ALPN
     */
    synchronized void established(SSLSession session, @Nullable String application) {
        if (state == State.UNDECIDED) {
            certified = Handshake.certificates(session);
            if (hook.subscriptions().answersWanted() && !"h2".equals(application)) {
                http = new HttpWatch(number, hook::publish);
            }
            decide(State.ESTABLISHED, handshake.established(session, application));
        }
    }

    /**
     * A later handshake is done, or what the engine calls so: a renegotiation, or in TLS 1.3 a message after the handshake.
     * Only now has the client proven that the certificate is its own; if a session was resumed, nobody was asked.
     */
    synchronized void finished(SSLSession session) {
        X509Certificate[] chain = Handshake.certificates(session);
        if (state == State.ESTABLISHED && !Arrays.equals(chain, certified)) {
            Map<String, Object> built = Fact.of(Fact.AUTHENTICATED, number)
                    .put(Fact.PRESENTED, chain)
                    .build();
            certified = chain;
            authenticated = built;
            hook.publish(built);
        }
    }

    /** The engine threw. */
    synchronized void failed(Throwable cause) {
        if (state == State.UNDECIDED) {
            decide(State.OVER, handshake.refusal("failed").put("failure", cause));
        } else if (state == State.ESTABLISHED) {
            failure = cause;
            close("failed", cause);
        }
    }

    /** The client sent close_notify. The server may still answer. */
    synchronized void closeNotified() {
        ending = "close_notify";
    }

    /** The server tells that nothing more comes in. */
    synchronized void closedInbound(@Nullable Throwable cause) {
        if (state == State.UNDECIDED) {
            decide(
                    State.OVER,
                    handshake.refusal("closed").put("closedBy", "client").put("failure", cause));
        } else if (state == State.ESTABLISHED) {
            close(cause == null ? "close_notify" : "eof", null);
        }
    }

    /** The server tells that nothing more goes out. */
    synchronized void closedOutbound() {
        if (state == State.UNDECIDED) {
            decide(State.OVER, handshake.refusal("closed").put("closedBy", "server"));
        } else if (state == State.ESTABLISHED) {
            close(ending, null);
        }
    }

    /** The server dropped the engine. */
    void abandoned() {
        hook.guarded(() -> {
            synchronized (this) {
                if (state == State.UNDECIDED) {
                    decide(State.OVER, handshake.refusal("closed").put("closedBy", "nobody"));
                } else if (state == State.ESTABLISHED) {
                    close("abandoned", null);
                }
            }
        });
    }

    private synchronized void expire() {
        if (state == State.UNDECIDED) {
            decide(State.TIMED_OUT, handshake.refusal("timeout"));
        }
    }

    /** Whatever can fail is before the state: what was not decided then will be by what comes next. */
    private void decide(State decided, Fact fact) {
        Map<String, Object> built = fact.build();
        state = decided;
        verdict = built;
        hook.publish(built);
        handshake.forget();
        Future<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
            deadline = null;
        }
    }

    private void close(String how, @Nullable Throwable cause) {
        Fact fact = Fact.of(Fact.CLOSED, number)
                .put("how", how)
                .put("failure", cause)
                .put("plaintextIn", plaintextIn)
                .put("plaintextOut", plaintextOut);
        HttpWatch watch = http;
        Map<String, Object> built =
                (watch == null ? fact.put("answers", 0).put("unanswered", 0) : watch.describeEnd(fact)).build();
        state = State.OVER;
        closed = true;
        http = null;
        hook.publish(built);
    }

    /** Who watches the plaintext, {@code null} if nobody has to. */
    @Nullable
    HttpWatch http() {
        return http;
    }

    synchronized void plaintext(int in, int out) {
        plaintextIn += in;
        plaintextOut += out;
    }

    /** The fact of its handshake, {@code null} before the verdict and once it was taken away. */
    @Nullable
    Map<String, Object> verdict() {
        return verdict;
    }

    /** The last fact of what a later handshake brought, {@code null} while there is none. */
    @Nullable
    Map<String, Object> authenticated() {
        return authenticated;
    }

    /** What the engine threw after the handshake, {@code null} while nothing. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Whether there is a fact of its end. */
    boolean isClosed() {
        return closed;
    }

    void forgetVerdict() {
        verdict = null;
    }
}
