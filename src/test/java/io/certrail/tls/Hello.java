package io.certrail.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A ClientHello made by hand, as good or bad as wanted. */
final class Hello {
    static final int[] MODERN = {0x1301, 0x1302, 0x1303, 0xC02F, 0xC030, 0xC02B, 0xC02C};
    static final int[] TLS_1_2_SUITES = {0xC02F, 0xC030, 0xC02B, 0xC02C};
    static final int[] CBC = {0xC013, 0xC014, 0xC009, 0x002F, 0x0035, 0x000A};

    private int record = 0x0301;
    private int legacy = 0x0303;
    private int[] versions = {};
    private int[] suites = MODERN;
    private int[] groups = {0x001D, 0x0017};
    private int[] schemes = {0x0403, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0503, 0x0807};
    private boolean keyShare = true;
    private boolean keyShares = true;
    private byte[] key = share();
    private byte[] serverName = "localhost".getBytes(StandardCharsets.UTF_8);
    private byte[] compression = {0};
    private boolean withExtensions = true;
    private boolean withSchemes = true;
    private int sessionId = 32;
    private final List<byte[]> more = new ArrayList<>();

    static Hello tls13() {
        return new Hello().versions(0x0304, 0x0303);
    }

    static Hello tls12() {
        return new Hello().suites(TLS_1_2_SUITES);
    }

    Hello record(int version) {
        record = version;
        return this;
    }

    Hello legacy(int version) {
        legacy = version;
        return this;
    }

    Hello versions(int... offered) {
        versions = offered;
        return this;
    }

    Hello suites(int... offered) {
        suites = offered;
        return this;
    }

    Hello groups(int... offered) {
        groups = offered;
        return this;
    }

    Hello schemes(int... offered) {
        schemes = offered;
        return this;
    }

    Hello withoutSchemes() {
        withSchemes = false;
        return this;
    }

    Hello withoutKeyShare() {
        keyShare = false;
        return this;
    }

    /** Not even an empty list of them. */
    Hello withoutKeyShares() {
        keyShares = false;
        return this;
    }

    /** The key for the first group. */
    Hello key(byte... bytes) {
        key = bytes;
        return this;
    }

    Hello serverName(byte[] name) {
        serverName = name;
        return this;
    }

    Hello compression(int... methods) {
        compression = new byte[methods.length];
        for (int i = 0; i < methods.length; i++) {
            compression[i] = (byte) methods[i];
        }
        return this;
    }

    Hello sessionId(int length) {
        sessionId = length;
        return this;
    }

    Hello withoutExtensions() {
        withExtensions = false;
        return this;
    }

    Hello alpn(String... identifiers) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (String identifier : identifiers) {
            list.writeBytes(vector(1, identifier.getBytes(StandardCharsets.UTF_8)));
        }
        return extension(16, vector(2, list.toByteArray()));
    }

    Hello extension(int type, byte[] content) {
        more.add(join(u16(type), vector(2, content)));
        return this;
    }

    byte[] body() {
        byte[] start = join(u16(legacy), new byte[32], vector(1, new byte[sessionId]), vector(2, u16(suites)));
        byte[] extensions = withExtensions ? vector(2, extensions()) : new byte[0];
        return join(start, vector(1, compression), extensions);
    }

    private byte[] extensions() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (serverName != null) {
            all.writeBytes(join(u16(0), vector(2, vector(2, join(new byte[1], vector(2, serverName))))));
        }
        all.writeBytes(join(u16(10), vector(2, vector(2, u16(groups)))));
        all.writeBytes(join(u16(11), vector(2, new byte[] {1, 0})));
        if (withSchemes) {
            all.writeBytes(join(u16(13), vector(2, vector(2, u16(schemes)))));
        }
        all.writeBytes(join(u16(23), vector(2, new byte[0])));
        if (versions.length > 0) {
            all.writeBytes(join(u16(43), vector(2, vector(1, u16(versions)))));
            all.writeBytes(join(u16(45), vector(2, new byte[] {1, 1})));
        }
        if (versions.length > 0 && keyShares) {
            byte[] share = groups.length == 0 || !keyShare ? new byte[0] : join(u16(groups[0]), vector(2, key));
            all.writeBytes(join(u16(51), vector(2, vector(2, share))));
        }
        more.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** A point that x25519 takes. */
    private static byte[] share() {
        byte[] share = new byte[32];
        share[0] = 9;
        return share;
    }

    byte[] message() {
        return message(1, body());
    }

    byte[] bytes() {
        return record(22, record, message());
    }

    /** The hello in records of so many bytes. */
    byte[] fragments(int size) {
        byte[] message = message();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 0; at < message.length; at += size) {
            byte[] part = java.util.Arrays.copyOfRange(message, at, Math.min(message.length, at + size));
            all.writeBytes(record(22, record, part));
        }
        return all.toByteArray();
    }

    static byte[] message(int type, byte[] body) {
        return join(new byte[] {(byte) type}, vector(3, body));
    }

    static byte[] record(int type, int version, byte[] fragment) {
        return join(new byte[] {(byte) type}, u16(version), vector(2, fragment));
    }

    static byte[] alert(int level, int code) {
        return record(21, 0x0303, new byte[] {(byte) level, (byte) code});
    }

    static byte[] u16(int... numbers) {
        byte[] bytes = new byte[2 * numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            bytes[2 * i] = (byte) (numbers[i] >> 8);
            bytes[2 * i + 1] = (byte) numbers[i];
        }
        return bytes;
    }

    static byte[] vector(int lengthBytes, byte[] content) {
        byte[] length = new byte[lengthBytes];
        for (int i = 0; i < lengthBytes; i++) {
            length[i] = (byte) (content.length >> 8 * (lengthBytes - 1 - i));
        }
        return join(length, content);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
