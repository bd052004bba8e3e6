package io.certrail.servlet;

import io.certrail.event.CertificateFacts;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.TlsFacts;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Connections as the servlet API shows them, described once each. What it does not show is left out: SNI, resumption,
 * and the ALPN identifier but for HTTP/2, which needs one (RFC 9113 section 3.2).
 *
 * <p>A certificate that the servlet API shows was accepted by whoever ended TLS: the server, as a handshake with a
 * refused one does not end well; or a proxy that the server is configured to believe.
 */
final class ServletConnections {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final String CIPHER = "jakarta.servlet.request.cipher_suite";
    /** Jakarta Servlet 6.1 section 3.10; servers for 6.0 may know it already. */
    private static final String PROTOCOL = "jakarta.servlet.request.secure_protocol";

    private static final int CAPACITY = 4096;

    private final String bootId;
    private final ReadCertificate reader;
    private final RecentMap<String, Described> recent = new RecentMap<>(CAPACITY);

    ServletConnections(String bootId, ReadCertificate reader) {
        this.bootId = bootId;
        this.reader = reader;
    }

    private record Described(ConnectionFacts facts, @Nullable X509Certificate leaf) {
        /** False for another connection under an id used before, and after a certificate was asked for later on. */
        boolean isOf(Endpoint client, @Nullable X509Certificate presented) {
            return facts.client().equals(client) && Objects.equals(leaf, presented);
        }
    }

    ConnectionFacts of(HttpServletRequest request) {
        Endpoint client = new Endpoint(request.getRemoteAddr(), request.getRemotePort());
        X509Certificate[] chain = chain(request);
        X509Certificate leaf = chain == null ? null : chain[0];
        ServletConnection connection = request.getServletConnection();
        String serverId = connection == null ? null : connection.getConnectionId();
        if (serverId == null || serverId.isEmpty()) {
            return new ConnectionFacts(null, client, server(request), null, tls(request, connection, chain));
        }
        Described known = recent.get(serverId);
        if (known == null || !known.isOf(client, leaf)) {
            // the letter keeps these apart from the recorder's own numbers, under which an adapter counts
            ConnectionFacts facts = new ConnectionFacts(
                    bootId + "-s" + serverId, client, server(request), null, tls(request, connection, chain));
            known = new Described(facts, leaf);
            recent.put(serverId, known);
        }
        return known.facts();
    }

    private static Endpoint server(HttpServletRequest request) {
        return new Endpoint(request.getLocalAddr(), request.getLocalPort());
    }

    private @Nullable TlsFacts tls(
            HttpServletRequest request, @Nullable ServletConnection connection, X509Certificate @Nullable [] chain) {
        String cipher = request.getAttribute(CIPHER) instanceof String suite ? suite : null;
        if (!request.isSecure() && cipher == null) {
            return null;
        }
        boolean h2 = connection != null && "h2".equals(connection.getProtocol());
        CertificateFacts certificate = chain == null ? null : reader.read(chain, true);
        return new TlsFacts(
                version(request, cipher), cipher, h2 ? "h2" : null, null, true, null, null, null, certificate);
    }

    private static X509Certificate @Nullable [] chain(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? Arrays.copyOf(chain, chain.length)
                : null;
    }

    /** As the server says, else as far as the suite gives it away: RFC 8446 section B.4 and RFC 5246 section A.5. */
    private static @Nullable String version(HttpServletRequest request, @Nullable String cipher) {
        if (request.getAttribute(PROTOCOL) instanceof String protocol && protocol.startsWith("TLSv1")) {
            return protocol.equals("TLSv1") ? "1.0" : protocol.substring("TLSv".length());
        }
        if (cipher == null) {
            return null;
        }
        if (!cipher.contains("_WITH_")) {
            return "1.3";
        }
        return cipher.endsWith("_SHA256") || cipher.endsWith("_SHA384") || cipher.contains("_CCM") ? "1.2" : null;
    }
}
