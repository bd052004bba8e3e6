package io.certrail.server.wildfly;

import io.certrail.server.ConnectionEnd;
import io.certrail.tls.Ending;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.ReadTimeoutException;
import org.xnio.channels.WriteTimeoutException;

/** How a connection ended, from what its conduits say. */
final class XnioEnd {
    /** Nobody failed and the client did not close: the server did, which had no answer to close it with. */
    static final ConnectionEnd BY_SERVER = new ConnectionEnd(Ending.TIMED_OUT, null);
    /** The client will send no more. */
    static final ConnectionEnd BY_CLIENT = new ConnectionEnd(Ending.CLOSED_BY_CLIENT, null);

    private XnioEnd() {}

    /** What a failure of the transport means; {@code null} if it only says that the channel is closed already. */
    static @Nullable ConnectionEnd of(IOException failure) {
        if (failure instanceof ReadTimeoutException || failure instanceof WriteTimeoutException) {
            return new ConnectionEnd(Ending.TIMED_OUT, failure);
        }
        if (failure instanceof SSLException) {
            return isTruncation(failure) ? BY_CLIENT : new ConnectionEnd(Ending.CLOSED_BY_SERVER, failure);
        }
        if (failure instanceof ClosedChannelException) {
            return null;
        }
        return new ConnectionEnd(Ending.RESET_BY_CLIENT, failure);
    }

    /** TCP ended without close_notify: JSSE takes that for an attack, and it is what most clients do. */
    private static boolean isTruncation(IOException failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("closing inbound before");
    }
}
