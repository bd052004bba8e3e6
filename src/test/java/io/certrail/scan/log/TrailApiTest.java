package io.certrail.scan.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailApiTest {
    private static final Pattern QUERY = Pattern.compile("from=(\\d+)&limit=(\\d+)");

    private final List<String> entries = Collections.synchronizedList(new ArrayList<>());
    private int status = 200;
    private int requests;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/entries", this::answer);
        server.createContext("/certrail/api/entries", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests++;
        Matcher query = QUERY.matcher(exchange.getRequestURI().getQuery());
        query.find();
        long from = Long.parseLong(query.group(1));
        long limit = Long.parseLong(query.group(2));
        String body = entries.stream()
                .skip(from)
                .limit(limit)
                .map(each -> each + "\n")
                .reduce("", String::concat);
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 1000})
    void endIsFoundInFewRequestsAndReadFromThere(int size) throws Exception {
        for (int i = 0; i < size; i++) {
            entries.add("{\"before\":" + i + "}");
        }
        try (var api = api()) {
            api.mark();
            assertThat(requests).isLessThan(25);
            assertThat(api.poll()).isEmpty();
            entries.add("{\"new\":1}");
            entries.add("{\"new\":2}");
            assertThat(api.poll()).containsExactly("{\"new\":1}", "{\"new\":2}");
            assertThat(api.poll()).isEmpty();
        }
    }

    @Test
    void refusalSaysWhatIsMissing() throws Exception {
        status = 403;
        try (var api = api()) {
            assertThatThrownBy(api::mark)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("403")
                    .hasMessageContaining("--auditor");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/certrail", "/certrail/"})
    void contextIsKept(String context) throws Exception {
        if (context.length() > 1) {
            server.removeContext("/api/entries");
        }
        entries.add("{\"before\":1}");
        try (var api = api(context)) {
            api.mark();
            entries.add("{\"new\":1}");
            assertThat(api.poll()).containsExactly("{\"new\":1}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8443", "ftp://localhost", "/api", "https:///x"})
    void whatIsNoUrlIsRefused(String url) {
        assertThatThrownBy(() -> new TrailApi(URI.create(url), SSLContext.getDefault()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected https://host:port");
    }

    private TrailApi api() throws Exception {
        return api("");
    }

    private TrailApi api(String context) throws Exception {
        return new TrailApi(
                URI.create("http://localhost:" + server.getAddress().getPort() + context), SSLContext.getDefault());
    }
}
