package io.certrail.api;

import io.certrail.event.CertificateFacts;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.RequestLink;
import io.certrail.event.TlsFacts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the server sees it, in the words of the records.
 *
 * @param requestId of this request
 * @param connectionId the same in the handshake's record and in those of all requests of this connection
 * @param tls {@code null} for a connection without TLS
 * @param certificate {@code null} if none was presented
 */
public record Whoami(
        String requestId,
        @Nullable String connectionId,
        @Nullable End client,
        @Nullable End server,
        @Nullable Tls tls,
        @Nullable Certificate certificate,
        User user) {

    /** One end of the socket. */
    public record End(@Nullable String address, @Nullable Integer port) {
        static End of(ConnectionFacts.Endpoint end) {
            return new End(end.address(), end.port() < 0 ? null : end.port());
        }
    }

    /** What was negotiated. */
    public record Tls(
            @Nullable String version,
            @Nullable String cipher,
            @Nullable String nextProtocol,
            @Nullable Boolean resumed,
            @Nullable String serverName) {
        static Tls of(TlsFacts tls, @Nullable String serverName) {
            return new Tls(tls.protocolVersion(), tls.cipher(), tls.nextProtocol(), tls.resumed(), serverName);
        }
    }

    /** The client's certificate. */
    public record Certificate(
            String subject,
            String issuer,
            @Nullable String serialNumber,
            String sha256,
            @Nullable Instant notBefore,
            @Nullable Instant notAfter,
            List<String> subjectAlternativeNames,
            @Nullable String publicKey,
            boolean verified) {
        static Certificate of(CertificateFacts facts) {
            return new Certificate(
                    facts.subject(),
                    facts.issuer(),
                    facts.serialNumber(),
                    facts.sha256(),
                    facts.notBefore(),
                    facts.notAfter(),
                    facts.subjectAlternativeNames(),
                    facts.publicKey(),
                    facts.verified());
        }
    }

    /** Who the container authenticated, and which of Certrail's roles that user has. */
    public record User(@Nullable String name, List<String> roles) {}

    static Whoami of(RequestLink link) {
        ConnectionFacts connection = link.connection();
        TlsFacts tls = connection == null ? null : connection.tls();
        CertificateFacts certificate = connection == null ? null : connection.certificate();
        return new Whoami(
                link.requestId(),
                connection == null ? null : connection.id(),
                connection == null ? null : End.of(connection.client()),
                connection == null ? null : End.of(connection.server()),
                connection == null || tls == null ? null : Tls.of(tls, connection.serverName()),
                certificate == null ? null : Certificate.of(certificate),
                new User(link.user(), link.roles()));
    }
}
