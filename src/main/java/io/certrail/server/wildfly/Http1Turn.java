package io.certrail.server.wildfly;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.Methods;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is on a connection that speaks HTTP/1.1: the client's, who sends a head; the server's, who has a request in
 * work; or another protocol's, for good. Guarded by its connection.
 */
final class Http1Turn {
    private static final int MULTIPLE_CHOICES = 300;

    private final boolean http2;
    private PendingHead head = new PendingHead();
    private @Nullable ServedExchange current;
    private boolean left;
    private boolean hadHead;
    private boolean answered;

    /** @param http2 whether the server goes on with HTTP/2 if the client does */
    Http1Turn(boolean http2) {
        this.http2 = http2;
    }

    /** Takes what the client sent, if it is of a head. */
    void received(ByteBuffer bytes) {
        if (isClients()) {
            head.append(bytes);
        }
    }

    private boolean isClients() {
        return current == null && !left;
    }

    /** Whether the connection goes on with HTTP/2. */
    boolean isPreface() {
        return http2 && head.isPreface();
    }

    /** Whether an answer that leaves now is one that no exchange makes. */
    boolean answersAlone() {
        return isClients() && !head.isEmpty();
    }

    /** Whether the head of an answer may leave now. */
    boolean mayAnswerBegin() {
        return !answered || isClients();
    }

    /** The head of an answer was taken, the final one or that of another protocol. */
    void answerBegan() {
        answered = true;
    }

    /** The head that came, whole or not, once. */
    PendingHead takeHead() {
        PendingHead taken = head;
        hadHead = true;
        answered = false;
        head = new PendingHead();
        return taken;
    }

    /** Whether a head was taken before. */
    boolean hadHead() {
        return hadHead;
    }

    /** The head of which nothing has become yet; empty if it is not the client's turn. */
    PendingHead pending() {
        return isClients() ? head : new PendingHead();
    }

    /** The server works on this. */
    void begin(ServedExchange served) {
        current = served;
    }

    /** The server is done with a request. */
    void complete(ServedExchange served, HttpServerExchange exchange) {
        if (current == served) {
            current = null;
            left |= exchange.isUpgrade()
                    || (exchange.getRequestMethod().equals(Methods.CONNECT)
                            && exchange.getStatusCode() < MULTIPLE_CHOICES);
            if (exchange.getConnection() instanceof HttpServerConnection http && http.getExtraBytes() != null) {
                head.append(http.getExtraBytes().getBuffer().duplicate()); // sent ahead
            }
        }
    }

    /** The connection speaks another protocol from now on. */
    void leave() {
        left = true;
    }

    /** The request in work of whose body more is to come, {@code null} if there is none. */
    @Nullable
    ServedExchange awaitingBody() {
        return current != null && current.awaitsBody() ? current : null;
    }
}
