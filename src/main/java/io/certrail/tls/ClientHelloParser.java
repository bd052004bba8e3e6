package io.certrail.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one ClientHello, keeping what makes sense and naming the first thing that does not. For one thread. */
final class ClientHelloParser {
    private static final int MESSAGE_HEADER = 4;
    private static final int RANDOM = 32;
    private static final int MAX_SESSION_ID = 32;
    /** More extensions than any client has; what comes after is not looked at. */
    private static final int MAX_EXTENSIONS = 256;

    private final boolean complete;
    private final List<Integer> extensions = new ArrayList<>();
    private final List<String> nextProtocols = new ArrayList<>();
    private List<Integer> supportedVersions = List.of();
    private List<Integer> cipherSuites = List.of();
    private List<Integer> groups = List.of();
    private List<Integer> signatureSchemes = List.of();
    private final List<Integer> keyShares = new ArrayList<>();
    private int legacyVersion;
    private boolean sessionId;
    private @Nullable String serverName;
    private @Nullable String nameFlaw;
    private @Nullable String keyFlaw;
    private @Nullable String flaw;

    private ClientHelloParser(boolean complete) {
        this.complete = complete;
    }

    static Optional<ClientHello> parse(byte[] received) {
        if (Sslv2Hello.isAt(received)) {
            return Optional.of(Sslv2Hello.read(received));
        }
        List<TlsRecord> records = TlsRecord.all(received);
        byte[] messages = TlsRecord.handshake(received, records);
        if (messages.length < MESSAGE_HEADER + 2 || messages[0] != HandshakeType.CLIENT_HELLO) {
            return Optional.empty();
        }
        Octets header = new Octets(messages);
        header.u8();
        int length = header.u24();
        ClientHelloParser parser = new ClientHelloParser(header.remaining() >= length);
        parser.body(header.take(length));
        return Optional.of(parser.hello(records.get(0).version()));
    }

    private ClientHello hello(int recordVersion) {
        return new ClientHello(
                false,
                complete,
                flaw,
                recordVersion,
                legacyVersion,
                supportedVersions,
                cipherSuites,
                groups,
                signatureSchemes,
                keyShares,
                keyFlaw,
                serverName,
                nameFlaw,
                nextProtocols,
                extensions,
                sessionId);
    }

    private void body(Octets body) {
        legacyVersion = body.u16();
        body.take(RANDOM);
        Octets session = body.vector8();
        sessionId = session.remaining() > 0;
        check(session.remaining() <= MAX_SESSION_ID, "its session id is longer than 32 bytes");
        Octets suites = body.vector16();
        check(suites.remaining() > 0 && suites.remaining() % 2 == 0, "its list of suites has an impossible length");
        cipherSuites = suites.numbers16();
        compression(body.vector8());
        if (body.remaining() > 0) {
            Octets all = body.vector16();
            check(!body.overrun(), "its extensions are longer than the message");
            extensions(all);
            check(body.remaining() == 0, "bytes follow its extensions");
        }
        check(!body.overrun(), "its parts are longer than the message");
    }

    private void compression(Octets methods) {
        boolean none = methods.remaining() == 0;
        boolean uncompressed = false;
        while (methods.remaining() > 0) {
            uncompressed |= methods.u8() == 0;
        }
        check(!none && uncompressed, "its compression methods are illegal: null is not among them");
    }

    private void extensions(Octets all) {
        while (all.remaining() > 0 && extensions.size() < MAX_EXTENSIONS) {
            int type = all.u16();
            Octets content = all.vector16();
            check(!all.overrun(), "an extension is longer than all of them");
            if (all.overrun() && complete) {
                return;
            }
            check(!extensions.contains(type), "extension " + type + " comes twice");
            check(!extensions.contains(ClientHello.PRE_SHARED_KEY), "an extension follows pre_shared_key");
            extensions.add(type);
            if (!all.overrun()) {
                extension(type, content);
            }
        }
    }

    private void extension(int type, Octets content) {
        switch (type) {
            case ClientHello.SERVER_NAME -> serverName(content);
            case ClientHello.SUPPORTED_GROUPS -> groups = numbers(type, content, content.vector16());
            case ClientHello.SIGNATURE_ALGORITHMS -> signatureSchemes = numbers(type, content, content.vector16());
            case ClientHello.SUPPORTED_VERSIONS -> supportedVersions = numbers(type, content, content.vector8());
            case ClientHello.ALPN -> nextProtocols(content);
            case ClientHello.KEY_SHARE -> keyShares(content);
            default -> {}
        }
    }

    private List<Integer> numbers(int type, Octets content, Octets list) {
        List<Integer> numbers = list.numbers16();
        check(fits(content, list) && !numbers.isEmpty(), "the length of extension " + type + " is wrong");
        return numbers;
    }

    private static boolean fits(Octets content, Octets list) {
        return content.remaining() == 0 && !content.overrun() && !list.overrun();
    }

    private void nextProtocols(Octets content) {
        Octets list = content.vector16();
        boolean sound = list.remaining() > 0;
        while (list.remaining() > 0) {
            byte[] identifier = list.vector8().rest();
            sound &= identifier.length > 0;
            nextProtocols.add(text(identifier));
        }
        check(sound && fits(content, list), "the length of extension " + ClientHello.ALPN + " is wrong");
    }

    private void keyShares(Octets content) {
        Octets list = content.vector16();
        while (list.remaining() > 0) {
            int group = list.u16();
            keyShares.add(group);
            byte[] key = list.vector16().rest();
            if (keyFlaw == null && complete && !list.overrun()) {
                keyFlaw = KeyShare.flaw(group, key);
            }
        }
        check(fits(content, list), "the length of extension " + ClientHello.KEY_SHARE + " is wrong");
    }

    private void serverName(Octets content) {
        Octets list = content.vector16();
        boolean sound = list.remaining() > 0;
        while (list.remaining() > 0) {
            int type = list.u8();
            byte[] name = list.vector16().rest();
            if (type == 0) {
                nameFlaw = serverName == null ? HostName.flaw(name) : "it holds two host names";
                serverName = text(name);
            }
        }
        if (!sound || !fits(content, list)) {
            nameFlaw = sound ? "its length is wrong" : "it is empty";
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Of a message that was cut off, only what is there can be judged, so nothing is. */
    private void check(boolean holds, String otherwise) {
        if (!holds && complete && flaw == null) {
            flaw = otherwise;
        }
    }
}
