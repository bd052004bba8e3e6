package io.certrail.recorder;

import io.certrail.event.AuditEvent;

/** Hears of everything that is recorded. Called on the thread that reports it: must be quick and must not throw. */
public interface RecordObserver {
    /** An event went to the trail. */
    default void recorded(AuditEvent event) {}

    /** An event is one of a flood: it will be told with others, and has no record of its own. */
    default void coalesced(AuditEvent event) {
        recorded(event);
    }

    /** A request began. */
    default void requestOpened() {}

    /** A request ended. */
    default void requestClosed() {}

    /** A connection to a TLS listener was accepted. */
    default void connectionOpened() {}

    /** A connection to a TLS listener was closed. */
    default void connectionClosed() {}

    /** A request was refused because the trail could not be written. */
    default void requestRefused() {}

    /** One of Certrail's hooks failed; the handshake or request went on as if there were no hook. */
    default void hookFailed() {}
}
