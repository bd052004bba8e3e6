package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Outcome;
import io.certrail.event.TlsFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake came to.
 *
 * @param outcome {@link Outcome#UNKNOWN} only where the server itself closed the connection without a cause
 * @param fault the reason, present exactly where the outcome is a failure
 * @param tls what was negotiated, offered and presented
 * @param serverName the name that the client asked for (SNI), as it was sent
 */
public record HandshakeVerdict(Outcome outcome, @Nullable Fault fault, TlsFacts tls, @Nullable String serverName) {
    public HandshakeVerdict {
        if ((outcome == Outcome.FAILURE) != (fault != null)) {
            throw new IllegalArgumentException("a failure has a fault, nothing else has: " + outcome + ", " + fault);
        }
    }
}
