package io.certrail.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.tls.TestPki;
import io.certrail.tls.TestPki.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A small HTTPS server that asks for client certificates, and logs as well or badly as a test wants. */
public final class LoggingServer implements AutoCloseable {
    public static final Identity ROOT = TestPki.root("CN=Scan Test Root");
    public static final Identity CLIENT =
            ROOT.issue("CN=good,OU=clients").client().build();
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int TIMEOUT_MILLIS = 800;

    private final Habits habits;
    private final Path log;
    private final SSLServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * How it behaves.
     *
     * @param trusting whether any certificate is accepted in the handshake
     * @param answer status line and body, by path
     * @param log the text appended for a connection, each happening with all that is known of it
     */
    public record Habits(boolean trusting, Function<Happening, String> answer, Function<Happening, String> log) {
        public static final Function<Happening, String> PLAIN = happening -> switch (happening.path()) {
            case "/", "/open" -> "200 OK";
            case "/forbidden" -> "403 Forbidden";
            default ->
                happening.request().matches("(?s)[A-Z]+ /\\S* HTTP/1\\.1\r\n.*") ? "404 Not Found" : "400 Bad Request";
        };

        public static Habits logging(Function<Happening, String> log) {
            return new Habits(false, PLAIN, log);
        }
    }

    /**
     * What happened on a connection.
     *
     * @param chain presented; empty: none
     * @param fault of the handshake or of reading; empty: none
     * @param request its head, as it came
     */
    public record Happening(
            String address, int port, List<X509Certificate> chain, String fault, String request, int status) {
        String path() {
            String[] words = request.split("[ \r\n]", 3);
            return words.length < 2 ? "" : words[1].replaceFirst("\\?.*", "");
        }

        String subject() {
            return chain.isEmpty() ? "" : chain.get(0).getSubjectX500Principal().getName();
        }

        /** The subject's common name as the certificate holds it. */
        String subjectRaw() {
            return chain.isEmpty()
                    ? ""
                    : org.bouncycastle.asn1.x500.X500Name.getInstance(
                                    chain.get(0).getSubjectX500Principal().getEncoded())
                            .getRDNs()[0]
                            .getFirst()
                            .getValue()
                            .toString();
        }

        String header(String name) {
            return request.lines()
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT)
                            .startsWith(name.toLowerCase(java.util.Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    public LoggingServer(Path log, Habits habits) throws IOException, GeneralSecurityException {
        this.log = log;
        this.habits = habits;
        if (!Files.exists(log)) {
            Files.createFile(log);
        }
        listener = (SSLServerSocket) context(habits.trusting())
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setWantClientAuth(habits.trusting());
        if (!habits.trusting()) {
            listener.setNeedClientAuth(true);
        }
        threads.submit(this::listen);
    }

    public String url() {
        return "https://localhost:" + listener.getLocalPort();
    }

    private static SSLContext context(boolean trusting) throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        Identity server = ROOT.issue("CN=localhost").server().build();
        keys.setKeyEntry("server", server.key(), PASSWORD, new Certificate[] {server.certificate()});
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD);
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("root", ROOT.certificate());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(
                keyManagers.getKeyManagers(),
                trusting ? new TrustManager[] {new Trusting()} : trust.getTrustManagers(),
                null);
        return context;
    }

    private Void listen() throws IOException {
        while (!listener.isClosed()) {
            SSLSocket socket = (SSLSocket) listener.accept();
            threads.submit(() -> serve(socket));
        }
        return null;
    }

    private Void serve(SSLSocket socket) throws IOException {
        String address = socket.getInetAddress().getHostAddress();
        int port = socket.getPort();
        String request = "";
        List<X509Certificate> chain = List.of();
        try (socket) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.startHandshake();
            chain = chain(socket);
            request = head(socket);
            var asked = new Happening(address, port, chain, "", request, 0);
            String answer = habits.answer().apply(asked);
            int status = Integer.parseInt(answer.substring(0, 3));
            String[] parts = answer.split("\n", 2);
            String body = parts.length < 2 ? "" : parts[1];
            String head =
                    "HTTP/1.1 " + parts[0] + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(ISO_8859_1));
            append(habits.log().apply(new Happening(address, port, chain, "", request, status)));
        } catch (IOException e) {
            append(habits.log().apply(new Happening(address, port, chain, e.toString(), request, 0)));
        }
        return null;
    }

    private static List<X509Certificate> chain(SSLSocket socket) {
        try {
            return java.util.stream.Stream.of(socket.getSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    private static String head(SSLSocket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) { // it may be long
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("connection closed");
            }
            head.append((char) b);
        }
        return head.toString();
    }

    private synchronized void append(String text) throws IOException {
        Files.writeString(log, text, UTF_8, StandardOpenOption.APPEND);
    }

    /** Takes no more connections; those that there are go on. */
    public void stopListening() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stopListening();
        threads.shutdownNow();
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Whoever comes is welcome: that is what a test is about.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // It is no client.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
