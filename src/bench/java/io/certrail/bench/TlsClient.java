package io.certrail.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A client with a certificate of its own, or none. Every connection makes a full handshake. Safe for many threads. */
final class TlsClient {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int TIMEOUT_MILLIS = 30_000;

    private final SSLContext context;
    private final AtomicLong opened = new AtomicLong();

    private TlsClient(SSLContext context) {
        this.context = context;
    }

    /** @param name as in {@code clients/NAME.p12}, or {@link LoadOptions#NO_CERTIFICATE} */
    static TlsClient of(Path pki, String name) throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store(pki.resolve("truststore.p12")));
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        boolean none = name.equals(LoadOptions.NO_CERTIFICATE);
        context.init(none ? null : keys(pki.resolve("clients").resolve(name + ".p12")), trust.getTrustManagers(), null);
        context.getClientSessionContext().setSessionCacheSize(1);
        return new TlsClient(context);
    }

    private static KeyManager @Nullable [] keys(Path file) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store(file), PASSWORD);
        return keys.getKeyManagers();
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    /** A connection after its handshake, as far as the client can tell; in TLS 1.3 the server may still refuse. */
    SSLSocket connect(String host, int port) throws IOException {
        Socket tcp = new Socket();
        try {
            tcp.setTcpNoDelay(true);
            tcp.setSoTimeout(TIMEOUT_MILLIS);
            tcp.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            return handshake(tcp, port);
        } catch (IOException e) {
            tcp.close();
            throw e;
        }
    }

    private SSLSocket handshake(Socket tcp, int port) throws IOException {
        // Sessions are kept by peer name: a new name each time, so that none is ever resumed.
        String peer = "connection-" + opened.incrementAndGet();
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, peer, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName("localhost")));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
