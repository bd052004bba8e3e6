package io.certrail.tls;

/** How a connection's handshake came to its end. */
public enum Ending {
    /** Both sides are done. */
    ESTABLISHED,
    /** The engine, or the filter that drives it, gave up with an exception. */
    FAILED,
    /** The client closed its side (FIN). */
    CLOSED_BY_CLIENT,
    /** The client reset the connection (RST). */
    RESET_BY_CLIENT,
    /** The server ran out of patience. */
    TIMED_OUT,
    /** The server closed the connection for a reason of its own. */
    CLOSED_BY_SERVER,
    /** It was given up, or was not over when nobody looked any more: by whom or how it ended is not known. */
    UNSEEN
}
