package io.certrail.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The members' names that records use, each encoded once as {@code "name":}. A name is found by its identity, which
 * for literals the compiler sees through. One that is not here is as right, only slower.
 */
final class MemberNames {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SLOTS = 256;

    private static final String[] KNOWN = {
        "time",
        "schema",
        "event",
        "name",
        "outcome",
        "duration_ns",
        "error",
        "type",
        "message",
        "mtls",
        "connection",
        "id",
        "client",
        "server",
        "address",
        "port",
        "tls",
        "protocol",
        "version",
        "cipher",
        "next_protocol",
        "resumed",
        "established",
        "alert",
        "sent",
        "received",
        "offered",
        "versions",
        "ciphers",
        "groups",
        "next_protocols",
        "subject",
        "issuer",
        "serial_number",
        "hash",
        "sha256",
        "not_before",
        "not_after",
        "public_key",
        "chain_sha256",
        "verified",
        "subject_alternative_names",
        "http",
        "request",
        "id_source",
        "method",
        "body",
        "size",
        "route",
        "response",
        "status_code",
        "url",
        "path",
        "network",
        "user_agent",
        "original",
        "user",
        "roles",
        "trace_id",
        "span_id",
        "audit",
        "refused_by",
        "boot_id",
        "sequence",
        "action",
        "resource",
        "arguments",
        "code",
        "function",
        "app",
        "attributes",
        "details",
        "source",
        "reason",
        "count",
        "first",
        "last",
        "connections"
    };

    private final @Nullable Member[] slots = new @Nullable Member[SLOTS];

    MemberNames() {
        for (String name : KNOWN) {
            int slot = slot(name);
            while (slots[slot] != null) {
                slot = (slot + 1) & (SLOTS - 1);
            }
            slots[slot] = new Member(name);
        }
    }

    /** The member of that name, or {@code null} where it is not one of ours. */
    @SuppressWarnings("ReferenceEquality") // literals are interned; an equal text elsewhere only takes longer
    @Nullable
    Member find(String name) {
        int slot = slot(name);
        Member member = slots[slot];
        while (member != null && member.name != name) {
            slot = (slot + 1) & (SLOTS - 1);
            member = slots[slot];
        }
        return member;
    }

    private static int slot(String name) {
        int hash = name.hashCode();
        return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (SLOTS - 1);
    }

    /** A name, as the words to copy, and the text that was last seen under it to need no escape. */
    static final class Member {
        /** What {@link #copyTo} may write beyond what it reports. */
        static final int ROOM = 32;

        private final String name;
        private final int length;
        private final long first;
        private final long second;
        private final long third;
        private final long fourth;
        /** Compared by identity: the same object needs no second look. */
        @Nullable
        String plain;

        Member(String name) {
            this.name = name;
            byte[] bytes = new byte[ROOM];
            byte[] encoded = ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(encoded, 0, bytes, 0, encoded.length);
            length = encoded.length;
            first = (long) LONGS.get(bytes, 0);
            second = (long) LONGS.get(bytes, 8);
            third = (long) LONGS.get(bytes, 16);
            fourth = (long) LONGS.get(bytes, 24);
        }

        /** Writes the name in words of eight bytes; the rest of the last is to be overwritten. */
        int copyTo(byte[] bytes, int at) {
            LONGS.set(bytes, at, first);
            LONGS.set(bytes, at + 8, second);
            if (length > 16) {
                LONGS.set(bytes, at + 16, third);
                LONGS.set(bytes, at + 24, fourth);
            }
            return at + length;
        }
    }
}
