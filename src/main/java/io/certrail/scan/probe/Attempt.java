package io.certrail.scan.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.certrail.scan.probe.Credential.Presented;
import io.certrail.scan.probe.Sighting.Closing;
import io.certrail.scan.probe.Sighting.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a probe: what it sends, and what it sees. Its port is its own, and so is its nonce. For one thread.
 */
public final class Attempt implements AutoCloseable {
    /** Most bytes of an answer that are read. */
    public static final int MAX_ANSWER = 65_536;

    /** A server that is silent is left in an orderly way: the socket's own timeout comes first. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final Setting setting;
    private final String nonce;
    private final Instant began;
    private final List<String> requestIds = new ArrayList<>();
    private final List<Secret> secrets = new ArrayList<>();

    private @Nullable Socket tcp;
    private @Nullable Socket speaking;
    private String address = "";
    private int port;
    private @Nullable Boolean handshake;
    private @Nullable Presented presented;
    private String alert = "";
    private int status;
    private String answer = "";
    private Closing closing = Closing.NEVER_OPEN;
    private String trouble = "";

    /**
     * What all attempts of a scan share.
     *
     * @param patience longest wait for an answer
     * @param stall longest that a stalling client holds on
     */
    public record Setting(
            Target target, Trust trust, LocalPorts ports, Duration patience, Duration stall, Clock clock) {}

    Attempt(Setting setting, String nonce) {
        this.setting = setting;
        this.nonce = nonce;
        this.began = setting.clock().instant();
    }

    String nonce() {
        return nonce;
    }

    Target target() {
        return setting.target();
    }

    /** Connects; nothing is said yet. */
    Socket connect() throws IOException {
        Socket socket = setting.ports().open().socket();
        tcp = socket;
        socket.setTcpNoDelay(true);
        var server =
                new InetSocketAddress(setting.target().host(), setting.target().port());
        if (server.isUnresolved()) {
            throw new UnknownHostException("no address is known of the name " + server.getHostString());
        }
        socket.connect(server, (int) CONNECT.toMillis());
        socket.setSoTimeout((int) setting.patience().toMillis());
        address = socket.getLocalAddress().getHostAddress().replaceFirst("%.*", "");
        port = socket.getLocalPort();
        closing = Closing.BY_CLIENT;
        speaking = socket;
        return socket;
    }

    /** Connects and shakes hands. In TLS 1.3 the server judges the certificate after that: RFC 8446 appendix E.1.3. */
    void handshake(@Nullable Credential credential, TlsVersion version) throws IOException {
        handshake(credential, setting.trust(), version);
    }

    /** Likewise, in the newest version that the server speaks. */
    void handshake(Credential credential) throws IOException {
        handshake(credential, setting.trust(), TlsVersion.values());
    }

    void handshake(@Nullable Credential credential, Trust trust, TlsVersion... versions) throws IOException {
        // A client that distrusts the server ends the handshake before it sends its certificate.
        presented = credential == null || !trust.equals(setting.trust()) ? null : credential.presented();
        Socket below = connect();
        Target target = setting.target();
        SSLSocket tls = (SSLSocket) Client.context(credential, trust)
                .getSocketFactory()
                .createSocket(below, target.host(), target.port(), true);
        tls.setEnabledProtocols(Stream.of(versions).map(TlsVersion::jdkName).toArray(String[]::new));
        var parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        // The JDK names no server without a dot by itself.
        serverName(target.host()).ifPresent(name -> parameters.setServerNames(List.of(name)));
        tls.setSSLParameters(parameters);
        handshake = false;
        within(setting.patience().multipliedBy(2), tls::startHandshake); // a handshake of TLS 1.2 waits twice
        handshake = true;
        speaking = tls;
    }

    /** For the extension of RFC 6066 section 3, which takes no literal addresses. */
    private static Optional<SNIServerName> serverName(String host) {
        return host.matches("[\\d.]+|.*:.*") ? Optional.empty() : Optional.of(new SNIHostName(host));
    }

    /** Sends these characters, each as one byte. */
    void send(String text) throws IOException {
        send(text.getBytes(ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        OutputStream out = open().getOutputStream();
        within(setting.patience(), () -> {
            out.write(bytes);
            out.flush();
        });
    }

    /** Sends a request, noted with its id, and reads the answer. */
    void request(Request request) throws IOException {
        request.id().ifPresent(requestIds::add);
        secrets.addAll(request.secrets());
        send(request.text());
        receive();
    }

    /**
     * Reads an answer, or whatever comes in its place.
     *
     * @throws IOException if it did not come to its end; what came is noted all the same
     */
    void receive() throws IOException {
        within(Duration.ofMillis(open().getSoTimeout()), this::read);
    }

    private void read() throws IOException {
        Answer read = Answer.read(open().getInputStream(), MAX_ANSWER);
        answer = read.text();
        status = read.status();
        read.header("x-request-id").filter(id -> !requestIds.contains(id)).ifPresent(requestIds::add);
        if (alert.isEmpty()) {
            alert = Alert.inClear(answer);
        }
        closing = read.atEnd() ? Closing.BY_SERVER : closing;
        IOException ended = read.trouble();
        if (ended != null) {
            throw ended;
        }
    }

    /** Holds the connection, silent, until the server gives up or the time is over. */
    void stall() throws IOException {
        open().setSoTimeout((int) setting.stall().toMillis());
        receive();
    }

    /** Closes with RST instead of FIN. */
    void reset() throws IOException {
        Socket socket = tcp;
        if (socket != null) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    /** A part of what an attempt does. */
    private interface Step {
        void run() throws IOException;
    }

    /** A server that goes on and on, a byte at a time, holds no probe longer than one that is silent. */
    private void within(Duration limit, Step step) throws IOException {
        try (var deadline = Deadline.of(Objects.requireNonNull(tcp), limit.plus(GRACE))) {
            try {
                step.run();
            } catch (IOException e) {
                throw deadline.isOver() ? timeout(limit, e) : e;
            }
        }
    }

    private static IOException timeout(Duration limit, IOException e) {
        IOException timeout = new SocketTimeoutException("timed out: not at an end after " + limit.toMillis() + " ms");
        timeout.initCause(e);
        return timeout;
    }

    private Socket open() {
        Socket socket = speaking;
        if (socket == null) {
            throw new IllegalStateException("connect first");
        }
        return socket;
    }

    /** What went wrong is part of what was seen. */
    void failed(IOException e) {
        String message = e.getMessage();
        trouble = message == null ? e.toString() : message;
        if (alert.isEmpty()) {
            alert = Alert.in(trouble);
        }
        if (e instanceof SocketTimeoutException || closing == Closing.NEVER_OPEN) {
            return;
        }
        closing = trouble.contains("reset") ? Closing.RESET_BY_SERVER : Closing.BY_SERVER;
    }

    /** Closes, and tells what was seen. */
    Sighting end() {
        Instant ended = setting.clock().instant(); // closing may wait for the server's close_notify
        close();
        return new Sighting(
                address,
                port,
                nonce,
                began,
                ended,
                handshake,
                presented,
                alert,
                status,
                answer,
                closing,
                requestIds,
                secrets,
                trouble);
    }

    @Override
    public void close() {
        closeQuietly(speaking);
        closeQuietly(tcp);
    }

    private static void closeQuietly(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // The other side is gone: so is the connection.
        }
    }
}
