package io.certrail.scan.selfcheck;

import java.net.InetSocketAddress;
import java.util.List;

/** What a self-check must know of the server that it runs in. Safe for use by any thread. */
public interface OwnServer {
    /** Of Certrail. */
    String version();

    /** Where the server accepts TLS connections now; empty if nobody knows. */
    List<InetSocketAddress> tlsListeners();
}
