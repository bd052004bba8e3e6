package io.certrail.server.payara;

import io.certrail.recorder.RequestHead;
import io.certrail.server.BrokenHead;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Protocol;
import org.jspecify.annotations.Nullable;

/** The head of a request that Grizzly parsed. */
record GrizzlyHead(HttpRequestPacket packet) implements RequestHead {
    @Override
    public @Nullable String method() {
        return packet.getMethod().getMethodString();
    }

    @Override
    public @Nullable String path() {
        return RequestHead.withoutFragment(packet.getRequestURI());
    }

    @Override
    public @Nullable String protocolVersion() {
        Protocol protocol = packet.getProtocol();
        return switch (protocol) {
            case HTTP_0_9 -> "0.9";
            case HTTP_1_0 -> "1.0";
            case HTTP_1_1 -> "1.1";
            case HTTP_2_0 -> "2";
        };
    }

    @Override
    public @Nullable String header(String name) {
        return packet.getHeader(name);
    }

    /** A copy of what the parser reads from, as much as is ever looked at; leaves it as it is. */
    static byte[] bytes(Buffer buffer) {
        byte[] bytes = new byte[Math.min(buffer.limit(), BrokenHead.MAX_BYTES)];
        int position = buffer.position();
        try {
            buffer.position(0).get(bytes);
        } finally {
            buffer.position(position);
        }
        return bytes;
    }
}
