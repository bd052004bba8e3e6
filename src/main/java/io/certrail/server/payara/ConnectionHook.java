package io.certrail.server.payara;

import io.certrail.event.ClosedEvent;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.recorder.Recorder;
import io.certrail.tls.Ending;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CloseReason;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ConnectionProbe;
import org.jspecify.annotations.Nullable;

/** Hears when connections begin, what they send before they are judged, and how they end. */
final class ConnectionHook extends ConnectionProbe.Adapter {
    private final Recorder recorder;
    private final OpenConnections connections;
    private final Verdicts verdicts;
    private final BrokenRequests broken;
    private final ResetWatch resets;
    private final boolean tls;

    /** @param tls whether the listener makes handshakes */
    ConnectionHook(
            Recorder recorder,
            OpenConnections connections,
            Verdicts verdicts,
            BrokenRequests broken,
            ResetWatch resets,
            boolean tls) {
        this.recorder = recorder;
        this.connections = connections;
        this.verdicts = verdicts;
        this.broken = broken;
        this.resets = resets;
        this.tls = tls;
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onAcceptEvent(Connection serverConnection, Connection clientConnection) {
        try {
            connections.accept(clientConnection, tls);
        } catch (RuntimeException e) {
            recorder.hookFailed("CTR0606 An accepted connection could not be followed", e);
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onReadEvent(Connection connection, Buffer data, int size) {
        try {
            OpenConnection open = connections.open(connection, tls);
            if (!open.isJudged()) {
                open.received(data, size);
            }
        } catch (RuntimeException e) {
            recorder.hookFailed("CTR0607 What a connection sent could not be looked at", e);
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // Grizzly's signature
    public void onCloseEvent(Connection connection) {
        try {
            IOException failure = resets.takeFailure();
            OpenConnection open = connections.close(connection);
            if (open == null) {
                return; // accepted before the deployment, and idle ever since
            }
            CloseReason reason = connection.getCloseReason();
            Throwable cause = failure != null ? failure : reason == null ? null : reason.getCause();
            Ending ending = ending(reason, cause);
            if (open.judge()) {
                verdicts.settle(open, HandshakeHook.failed(open, ending, cause));
            } else {
                endRequests(open, ending, cause);
            }
        } catch (RuntimeException e) {
            recorder.hookFailed("CTR0608 The end of a connection could not be taken", e);
        }
    }

    private static Ending ending(@Nullable CloseReason reason, @Nullable Throwable cause) {
        if (reason != null && reason.getType() == CloseType.REMOTELY) {
            return cause != null && isReset(cause) ? Ending.RESET_BY_CLIENT : Ending.CLOSED_BY_CLIENT;
        }
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (e instanceof TimeoutException || e instanceof java.net.SocketTimeoutException) {
                return Ending.TIMED_OUT;
            }
        }
        // An idle connection is closed by Grizzly's timers, which give no cause of their own.
        return reason == null || cause == CloseReason.LOCALLY_CLOSED_REASON.getCause()
                ? Ending.TIMED_OUT
                : Ending.CLOSED_BY_SERVER;
    }

    private static boolean isReset(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("reset") || message.contains("roken pipe");
    }

    private void endRequests(OpenConnection open, Ending ending, @Nullable Throwable cause) {
        boolean told = false;
        boolean lost = cause != null && !(cause instanceof EOFException) && ending != Ending.TIMED_OUT;
        for (ServedRequest request : open.requests()) {
            if (!lost && request.isFinished()) {
                request.complete(); // "Connection: close": Grizzly closes before it tells of the request's end
            } else if (lost || !request.isAnswered()) {
                request.record().fault(fault(ending));
                request.record().close();
                open.remove(request);
                told = true;
            }
        }
        if (open.head() != null) {
            broken.cutOff(open, fault(ending));
        } else if (open.hadRequest() && ending == Ending.RESET_BY_CLIENT && !told) {
            recordReset(open);
        } else if (!open.hadRequest() && ending == Ending.TIMED_OUT && open.facts() != null) {
            broken.neverCame(open);
        }
    }

    /** The client broke off after the answer, of which it may have read nothing. */
    private void recordReset(OpenConnection open) {
        ConnectionFacts facts = open.facts();
        if (facts != null) {
            recorder.record(new ClosedEvent(
                    recorder.now(), System.nanoTime() - open.startedNanos(), fault(Ending.RESET_BY_CLIENT), facts));
        }
    }

    private static Fault fault(Ending ending) {
        return switch (ending) {
            case RESET_BY_CLIENT -> Fault.of(Reason.CLIENT_RESET, "connection reset by the client (RST)");
            case TIMED_OUT -> Fault.of(Reason.REQUEST_TIMEOUT, "the server timed out waiting for the client");
            case CLOSED_BY_SERVER -> Fault.of(Reason.SERVER_ERROR, "the server ended the connection");
            default -> Fault.of(Reason.CLIENT_ABORTED, "the client closed the connection before the answer");
        };
    }
}
