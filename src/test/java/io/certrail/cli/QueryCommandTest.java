package io.certrail.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.certrail.dev.pki.DevelopmentPki;
import io.certrail.dev.pki.PkiFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server with mutual TLS that answers as the API does. */
final class QueryCommandTest {
    @TempDir
    static Path folder;

    private static final List<String> ASKED = Collections.synchronizedList(new ArrayList<>());
    private static HttpsServer server;
    private static PkiFolder pki;

    @BeforeAll
    static void start() throws Exception {
        pki = new PkiFolder(folder.resolve("pki"));
        DevelopmentPki.provide(pki, Clock.systemUTC());
        SSLContext context = ClientIdentity.context(pki.server(), PkiFolder.PASSWORD.toCharArray(), pki.truststore());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters mutual = context.getDefaultSSLParameters();
                mutual.setNeedClientAuth(true);
                parameters.setSSLParameters(mutual);
            }
        });
        server.createContext("/", QueryCommandTest::answer);
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @BeforeEach
    void forget() {
        ASKED.clear();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestURI().toString();
        String who =
                ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName();
        ASKED.add(asked + " " + who.split(",")[0]);
        int status = asked.contains("bad") ? 400 : asked.contains("forbidden") ? 403 : 200;
        String body = status == 200 ? "{\"page\":" + ASKED.size() + "}\n" : "{\"status\":" + status + "}";
        if (asked.contains("certificates")) {
            body = asked.contains("cursor=9%2B9")
                    ? "{\"certificates\":[],\"coverage\":{\"complete\":true,\"trails\":[]}}"
                    : "{\"certificates\":[],\"next\":\"9+9\",\"coverage\":{\"complete\":false,\"trails\":[],"
                            + "\"gaps\":[{\"kind\":\"retired\"},{\"kind\":\"lost\"},{\"kind\":\"lost\"}]}}";
            exchange.getResponseHeaders().add("Content-Type", "application/json");
        } else if (asked.contains("elsewhere")) {
            exchange.getResponseHeaders().add("Link", "<https://example.org/>; rel=\"next\"");
        } else if (!asked.contains("cursor")) {
            exchange.getResponseHeaders().add("Link", "<" + base() + "/api/records?cursor=9>; rel=\"next\"");
            exchange.getResponseHeaders().add("Certrail-Coverage", "partial;indexed=1;next=2");
        }
        exchange.sendResponseHeaders(status, body.length());
        exchange.getResponseBody().write(body.getBytes(UTF_8));
        exchange.close();
    }

    private static String base() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    private static CommandRun query(String... arguments) {
        return CommandRun.of(command(arguments));
    }

    private static String[] command(String... arguments) {
        Stream<String> fixed = Stream.of(
                "query",
                base(),
                "--client",
                pki.clientPkcs12("auditor").toString(),
                "--trust",
                pki.root().toString(),
                "--password=changeit");
        return Stream.concat(fixed, Stream.of(arguments)).toArray(String[]::new);
    }

    @Test
    void whoseOutputIsReadNoMoreAsksForNoFurtherPage() {
        CommandRun run = new BrokenOutput().run(command("--all"));

        assertThat(run.status()).isEqualTo(ExitStatus.UNREADABLE);
        assertThat(ASKED).hasSize(1);
    }

    @Test
    void conditionsAreAskedUnderTheClientsCertificateAndLinesArePrintedAsTheyCome() {
        CommandRun run = query("reason=unknown_ca", "subject=CN=a&b?c");
        assertThat(run.err()).contains("not all is there: partial");
        assertThat(run.out()).isEqualTo("{\"page\":1}\n");
        assertThat(run.status()).isZero();
        assertThat(ASKED).containsExactly("/api/records?reason=unknown_ca&subject=CN%3Da%26b%3Fc CN=auditor");
    }

    @Test
    void allPagesAreFollowed() {
        CommandRun run = query("--all");
        assertThat(run.out()).isEqualTo("{\"page\":1}\n{\"page\":2}\n");
        assertThat(ASKED).hasSize(2);
    }

    @Test
    void allPagesOfWhatComesAsJsonAreFollowedToo() {
        CommandRun run = query("--all", "--resource", "certificates", "subject_part=a b", "cursor=1");
        assertThat(run.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"certificates\""));
        assertThat(ASKED)
                .containsExactly(
                        "/api/certificates?subject_part=a+b&cursor=1 CN=auditor",
                        "/api/certificates?subject_part=a+b&cursor=9%2B9 CN=auditor");
        assertThat(run.err()).containsOnlyOnce("not all is there: partial;gaps=lost,retired");
    }

    @Test
    void onePageIsAskedForUnlessAllAre() {
        CommandRun run = query("--resource", "certificates");
        assertThat(ASKED).hasSize(1);
        assertThat(run.err()).contains("not all is there: partial;gaps=lost,retired");
    }

    @Test
    void nextPageOfAnotherServerIsNotFollowed() {
        assertThat(query("--all", "user=elsewhere").status()).isEqualTo(ExitStatus.UNREADABLE);
        assertThat(ASKED).hasSize(1);
    }

    @Test
    void whatTheServerRefusesIsTold() {
        assertThat(query("user=bad").status()).isEqualTo(ExitStatus.USAGE);
        CommandRun forbidden = query("--resource", "forbidden");
        assertThat(forbidden.status()).isEqualTo(ExitStatus.UNREADABLE);
        assertThat(forbidden.err()).contains("403");
    }

    @Test
    void wrongArgumentsAreToldBeforeAnybodyIsAsked() {
        assertThat(query("reason").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(query("--resource", "../entries").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(query("--password=wrong").status()).isNotZero();
        assertThat(CommandRun.of("query", "http://localhost", "--client", "x", "--trust", "y")
                        .status())
                .isEqualTo(ExitStatus.USAGE);
        for (String page : List.of("/#/records", "/?a=b", "/?", "#")) {
            CommandRun run = CommandRun.of("query", base() + page, "--client", "x", "--trust", "y");
            assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(run.err()).contains("nothing after it, not " + base() + page);
        }
        assertThat(ASKED).isEmpty();
    }

    @Test
    void filesThatAreNotWhatTheyShouldBeAreNamed() {
        CommandRun run = CommandRun.of(
                "query",
                base(),
                "--client",
                pki.root().toString(),
                "--trust",
                pki.root().toString(),
                "--password=changeit");
        assertThat(run.status()).isEqualTo(ExitStatus.UNREADABLE);
        assertThat(run.err()).contains("root.pem", "PKCS #12");
    }
}
