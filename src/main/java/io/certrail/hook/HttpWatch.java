package io.certrail.hook;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the HTTP/1.1 of one connection: which answers leave, and to which requests. Safe for use by any thread.
 */
final class HttpWatch {
    private static final int MAX_PENDING_BYTES = 32 * 1024;
    private static final int MAX_PENDING = 2048;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final long connection;
    private final Consumer<Map<String, Object>> publisher;
    private final MessageFraming requests = new MessageFraming(new Requests());
    private final MessageFraming answers = new MessageFraming(new Answers());
    private final Deque<MessageHead> pending = new ArrayDeque<>(1);
    private int pendingBytes;
    private int ordinal;
    private @Nullable MessageHead answered;

    HttpWatch(long connection, Consumer<Map<String, Object>> publisher) {
        this.connection = connection;
        this.publisher = publisher;
    }

    /** Plaintext that came from the client. */
    synchronized void received(ByteBuffer bytes) {
        requests.feed(bytes);
    }

    /** Plaintext that goes to the client. */
    synchronized void sent(ByteBuffer bytes) {
        answers.feed(bytes);
    }

    private final class Requests implements MessageFraming.HeadObserver {
        @Override
        public int keep() {
            return Math.max(64, Math.min(MessageHead.MAX_KEPT, MAX_PENDING_BYTES - pendingBytes));
        }

        @Override
        public long complete(MessageHead head) {
            if (head == answered) {
                return MessageFraming.UNKNOWN; // refused before it ended
            }
            if (head.startsWith("PRI * HTTP/2.0") || pending.size() == MAX_PENDING) {
                end();
                return MessageFraming.UNKNOWN;
            }
            pending.add(head);
            pendingBytes += head.kept();
            return head.isCut() ? MessageFraming.UNKNOWN : head.bodyLength();
        }
    }

    private final class Answers implements MessageFraming.HeadObserver {
        @Override
        public int keep() {
            return MessageHead.MAX_KEPT;
        }

        @Override
        public long complete(MessageHead head) {
            int status = head.status();
            if (status == 0 || status == SWITCHING_PROTOCOLS) {
                end();
                return MessageFraming.UNKNOWN;
            }
            return status < OK ? 0 : answer(status, head);
        }
    }

    private long answer(int status, MessageHead head) {
        MessageHead request = pending.poll();
        if (request != null) {
            pendingBytes -= request.kept();
        } else {
            request = requests.unfinished();
            answered = request;
        }
        ordinal++;
        publish(status, request);
        boolean connect = request != null && request.startsWith("CONNECT ");
        if (connect && status < 300) {
            end();
            return MessageFraming.UNKNOWN;
        }
        boolean empty = status == NO_CONTENT || status == NOT_MODIFIED;
        if (empty || (request != null && request.startsWith("HEAD "))) {
            return 0;
        }
        long length = head.bodyLength();
        return head.isCut() || length == MessageHead.NONE ? MessageFraming.UNKNOWN : length;
    }

    private void publish(int status, @Nullable MessageHead request) {
        Fact fact = Fact.of(Fact.ANSWERED, connection).put("ordinal", ordinal).put("status", status);
        if (request == null) {
            fact.put("head", new byte[0]).put("headComplete", false).put("headBytes", 0L);
        } else {
            describe(request, fact).put("headComplete", request.isComplete());
        }
        publisher.accept(fact.build());
    }

    private static Fact describe(MessageHead request, Fact fact) {
        return fact.put("head", request.bytes())
                .put("headBytes", request.length())
                .put("headNanos", request.firstNanos());
    }

    /** What follows is something else than HTTP/1.1. */
    private void end() {
        requests.lose();
        answers.lose();
        pending.clear();
        pendingBytes = 0;
    }

    /** Adds to a fact what there is to say at the connection's end. */
    synchronized Fact describeEnd(Fact fact) {
        fact.put("answers", ordinal).put("unanswered", pending.size());
        MessageHead head = requests.unfinished();
        return head == null || head == answered ? fact : describe(head, fact);
    }
}
