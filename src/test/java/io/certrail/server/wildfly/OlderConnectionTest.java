package io.certrail.server.wildfly;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.TlsFacts;
import io.certrail.hook.EngineSite;
import io.certrail.servlet.RecordingFixture;
import io.certrail.tls.CertificateReader;
import io.undertow.server.HttpHandler;
import io.undertow.server.SSLSessionInfo;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that was open before the hooks were put in. */
class OlderConnectionTest {
    private static final String GET = "GET /protected HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir
    Path folder;

    private final FollowedConnection followed = new FollowedConnection();

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(OlderConnectionTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Has TLS, as far as the server's API shows that. */
    private static HttpHandler secured(HttpHandler next) {
        SSLSession session = fake(SSLSession.class, (proxy, method, arguments) -> null);
        SSLSessionInfo shown = fake(
                SSLSessionInfo.class,
                (proxy, method, arguments) -> method.getName().equals("getSSLSession") ? session : null);
        return exchange -> {
            exchange.getConnection().setSslSessionInfo(shown);
            next.handleRequest(exchange);
        };
    }

    /** What a renegotiation brings. */
    private void authenticate() {
        X509Certificate[] chain = {EngineSite.alice().certificate()};
        TlsFacts tls =
                new TlsFacts("1.2", "any", null, false, true, null, null, null, CertificateReader.read(chain, true));
        followed.facts(new ConnectionFacts(followed.id(), followed.client(), followed.server(), null, tls));
    }

    private static void ask(Socket client) throws IOException {
        client.getOutputStream().write(GET.getBytes(ISO_8859_1));
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("ok")) {
            int next = client.getInputStream().read();
            assertThat(next).isNotNegative();
            answer.append((char) next);
        }
    }

    @Test
    void requestForWhichACertificateIsAskedForIsRecordedWithIt() throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder);
                PlainListener listener = new PlainListener(false, exchange -> {
                    authenticate();
                    exchange.getResponseSender().send("ok");
                })) {
            listener.before(secured(listener.root()));
            try (Socket client = listener.connect()) {
                ask(client);
                followed.agreedOn("any");
                HookedListener hooked =
                        new HookedListener(fixture.recorder(), new OpenConnections(10), session -> followed, listener);
                ask(client);
                hooked.close();
            }

            assertThat(fixture.record("http.request")
                            .getJsonObject("tls")
                            .getJsonObject("client")
                            .getString("subject"))
                    .contains("alice");
        }
    }

    /** There is no memory to follow it, as what asks for its session says. */
    @Test
    void errorInFollowingARequestIsKeptFromTheServer() throws Exception {
        SSLSessionInfo exhausted = fake(SSLSessionInfo.class, (proxy, method, arguments) -> {
            throw new OutOfMemoryError("injected");
        });
        try (RecordingFixture fixture = new RecordingFixture(folder);
                PlainListener listener = new PlainListener(false)) {
            HttpHandler root = listener.root();
            listener.before(exchange -> {
                exchange.getConnection().setSslSessionInfo(exhausted);
                root.handleRequest(exchange);
            });
            try (Socket client = listener.connect()) {
                ask(client);
                HookedListener hooked =
                        new HookedListener(fixture.recorder(), new OpenConnections(10), session -> followed, listener);
                ask(client);
                hooked.close();
            }
        }
    }
}
