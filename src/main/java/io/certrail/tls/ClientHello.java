package io.certrail.tls;

import io.certrail.event.OfferedTls;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first message of a client, as far as it was received and makes sense (RFC 8446 section 4.1.2, RFC 5246 section
 * 7.4.1.2, RFC 6101 appendix E).
 *
 * @param sslv2 whether it has the form of SSL 2.0
 * @param complete whether all of it was received
 * @param flaw what about it is malformed, in words; {@code null} where nothing is, as far as it was received
 * @param recordVersion the version in the header of its first record
 * @param legacyVersion {@code client_version}
 * @param supportedVersions those of the extension, empty where it is absent
 * @param groups {@code supported_groups}
 * @param signatureSchemes {@code signature_algorithms}
 * @param keyShares the groups of {@code key_share}
 * @param keyFlaw what about one of its public keys cannot be of its group, in words
 * @param serverName the host name asked for (SNI), as text whatever its bytes
 * @param nameFlaw what about the server_name extension is malformed, in words
 * @param nextProtocols the ALPN identifiers, as text whatever their bytes
 * @param extensions the types of all extensions, in their order
 * @param sessionId whether there is one
 */
public record ClientHello(
        boolean sslv2,
        boolean complete,
        @Nullable String flaw,
        int recordVersion,
        int legacyVersion,
        List<Integer> supportedVersions,
        List<Integer> cipherSuites,
        List<Integer> groups,
        List<Integer> signatureSchemes,
        List<Integer> keyShares,
        @Nullable String keyFlaw,
        @Nullable String serverName,
        @Nullable String nameFlaw,
        List<String> nextProtocols,
        List<Integer> extensions,
        boolean sessionId) {
    /** Extension types (RFC 8446 section 4.2). */
    static final int SERVER_NAME = 0;

    static final int SUPPORTED_GROUPS = 10;
    static final int SIGNATURE_ALGORITHMS = 13;
    static final int ALPN = 16;
    static final int SESSION_TICKET = 35;
    static final int PRE_SHARED_KEY = 41;
    static final int EARLY_DATA = 42;
    static final int SUPPORTED_VERSIONS = 43;
    static final int KEY_SHARE = 51;

    public ClientHello {
        supportedVersions = List.copyOf(supportedVersions);
        cipherSuites = List.copyOf(cipherSuites);
        groups = List.copyOf(groups);
        signatureSchemes = List.copyOf(signatureSchemes);
        keyShares = List.copyOf(keyShares);
        nextProtocols = List.copyOf(nextProtocols);
        extensions = List.copyOf(extensions);
    }

    /**
     * The hello at the start of what a client sent, possibly spread over several records, possibly cut off.
     *
     * @param received raw bytes from the client's first on
     * @return empty where they begin with anything else
     */
    public static Optional<ClientHello> parse(byte[] received) {
        return ClientHelloParser.parse(received);
    }

    /** The versions offered, in the client's order. */
    public List<Integer> versions() {
        return supportedVersions.isEmpty() ? List.of(legacyVersion) : supportedVersions;
    }

    /** Whether TLS 1.3 or a version of the future was asked for in the way of TLS 1.3. */
    public boolean offers(int version) {
        return versions().contains(version);
    }

    /** Whether a session ticket or pre-shared key was offered, that is, resumption asked for. */
    public boolean offersTicket() {
        return has(PRE_SHARED_KEY) || has(SESSION_TICKET);
    }

    /** Whether the client announced early data (0-RTT). */
    public boolean offersEarlyData() {
        return has(EARLY_DATA);
    }

    boolean has(int extension) {
        return extensions.contains(extension);
    }

    /** The offer as records state it. */
    public OfferedTls offered() {
        return new OfferedTls(
                versions().stream().map(TlsName::version).toList(),
                cipherSuites.isEmpty() ? -1 : cipherSuites.size(),
                groups.stream().map(TlsName::group).toList(),
                nextProtocols);
    }
}
