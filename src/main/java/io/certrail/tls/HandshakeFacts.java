package io.certrail.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter captured about one handshake, in JDK types only. Arrays are not copied: whoever gives them away does
 * not change them any more.
 *
 * @param firstReceived the first raw bytes from the client, up to {@value #MAX_FIRST}
 * @param receivedBytes how many raw bytes came in all
 * @param lastReceived the last raw bytes from the client, up to {@value #MAX_LAST}: an alert in clear would be there
 * @param presented the chain that the client presented, its own certificate first, also where it was refused;
 *     empty where it presented none
 * @param trusted whether the trust manager accepted the chain; neither that nor {@code trustFailure} where it had not
 *     decided
 * @param trustFailure what the trust manager threw
 * @param failure what the engine or the handshake filter threw, or the cause of the closing
 * @param protocol JSSE's name of the version negotiated so far
 * @param cipher JSSE's name of the cipher suite negotiated so far
 * @param nextProtocol the ALPN identifier agreed
 * @param resumed whether a session was resumed, {@code null} where unknown
 * @param trustAnchors whom the server trusts; empty where unknown
 * @param enabledProtocols JSSE's names of the versions that the server takes; empty where unknown
 * @param at when it ended
 */
@SuppressWarnings("ArrayRecordComponent")
public record HandshakeFacts(
        byte[] firstReceived,
        long receivedBytes,
        byte[] lastReceived,
        X509Certificate[] presented,
        boolean trusted,
        @Nullable Throwable trustFailure,
        @Nullable Throwable failure,
        @Nullable String protocol,
        @Nullable String cipher,
        @Nullable String nextProtocol,
        @Nullable Boolean resumed,
        Ending ending,
        List<X509Certificate> trustAnchors,
        List<String> enabledProtocols,
        Instant at) {
    /** Most bytes of interest at the start, in bytes: one record of the greatest length. */
    public static final int MAX_FIRST = 16 * 1024;
    /** Most bytes of interest at the end, in bytes. */
    public static final int MAX_LAST = 64;

    public HandshakeFacts {
        receivedBytes = Math.max(receivedBytes, firstReceived.length);
        trustAnchors = List.copyOf(trustAnchors);
        enabledProtocols = List.copyOf(enabledProtocols);
    }

    /** Whether the trust manager was shown a chain, and had not decided on it. */
    boolean isUndecided() {
        return presented.length > 0 && !trusted && trustFailure == null;
    }

    /** The end, to which the rest is added. */
    public static Builder ending(Ending ending) {
        return new Builder(ending);
    }

    /** Gathers facts; for one thread. What is not set is unknown. */
    public static final class Builder {
        private final Ending ending;
        private byte[] firstReceived = {};
        private long receivedBytes;
        private byte[] lastReceived = {};
        private X509Certificate[] presented = {};
        private boolean trusted;
        private @Nullable Throwable trustFailure;
        private @Nullable Throwable failure;
        private @Nullable String protocol;
        private @Nullable String cipher;
        private @Nullable String nextProtocol;
        private @Nullable Boolean resumed;
        private List<X509Certificate> trustAnchors = List.of();
        private List<String> enabledProtocols = List.of();
        private @Nullable Instant at;

        private Builder(Ending ending) {
            this.ending = ending;
        }

        /** The bytes that the client sent: the first, how many in all, and the last. */
        public Builder received(byte[] first, long count, byte[] last) {
            firstReceived = first;
            receivedBytes = count;
            lastReceived = last;
            return this;
        }

        /** The chain that the trust manager was shown, on which it had not decided yet. */
        public Builder presented(X509Certificate @Nullable [] chain) {
            presented = orNone(chain);
            trusted = false;
            return this;
        }

        /** The chain that the trust manager accepted, or that a resumed session brought along. */
        public Builder accepted(X509Certificate @Nullable [] chain) {
            presented = orNone(chain);
            trusted = presented.length > 0;
            return this;
        }

        /** The chain that the trust manager refused, and what it threw. */
        public Builder refused(X509Certificate @Nullable [] chain, Throwable cause) {
            presented(chain);
            trustFailure = cause;
            return this;
        }

        private static X509Certificate[] orNone(X509Certificate @Nullable [] chain) {
            return chain == null ? new X509Certificate[0] : chain;
        }

        /** What the engine or the handshake filter threw, or the cause of the closing. */
        public Builder failure(@Nullable Throwable cause) {
            failure = cause;
            return this;
        }

        /** Version and cipher suite as JSSE names them; {@code NONE} and {@code SSL_NULL_…} count as unknown. */
        public Builder negotiated(@Nullable String jsseProtocol, @Nullable String jsseCipher) {
            protocol = jsseProtocol;
            cipher = jsseCipher;
            return this;
        }

        /** The ALPN identifier agreed; empty counts as unknown. */
        public Builder nextProtocol(@Nullable String identifier) {
            nextProtocol = identifier;
            return this;
        }

        public Builder resumed(@Nullable Boolean value) {
            resumed = value;
            return this;
        }

        public Builder trustAnchors(List<X509Certificate> anchors) {
            trustAnchors = anchors;
            return this;
        }

        public Builder enabledProtocols(List<String> jsseProtocols) {
            enabledProtocols = jsseProtocols;
            return this;
        }

        /** When it ended; without it, when the facts are built. */
        public Builder at(Instant time) {
            at = time;
            return this;
        }

        public HandshakeFacts build() {
            return new HandshakeFacts(
                    firstReceived,
                    receivedBytes,
                    lastReceived,
                    presented,
                    trusted,
                    trustFailure,
                    failure,
                    protocol,
                    cipher,
                    nextProtocol,
                    resumed,
                    ending,
                    trustAnchors,
                    enabledProtocols,
                    at == null ? Instant.now() : at);
        }
    }
}
