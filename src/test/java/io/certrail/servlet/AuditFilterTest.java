package io.certrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.event.RequestFacts;
import io.certrail.recorder.Durability;
import io.certrail.recorder.RequestInFlight;
import jakarta.json.JsonObject;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditFilterTest {
    private static final FilterChain NOTHING = (request, response) -> {};

    @TempDir
    Path folder;

    private RecordingFixture fixture;
    private AuditFilter filter;
    private final FakeExchange exchange = new FakeExchange();

    @BeforeEach
    void open() throws IOException {
        fixture = new RecordingFixture(folder);
        filter = filterOf(fixture);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static AuditFilter filterOf(RecordingFixture fixture) {
        return new AuditFilter(new Visits(fixture.recorder(), FilterOptions.DEFAULT, ReadCertificate.STANDARD));
    }

    private void pass(FilterChain chain) throws IOException, ServletException {
        filter.doFilter(exchange.request, exchange.response, chain);
    }

    @Test
    void requestThatNobodyOpenedIsRecordedOnceWithItsStatusAndSizes() throws Exception {
        exchange.uri = "/orders/1";
        exchange.requestHeaders.put("Content-Length", "12");
        pass((request, response) -> {
            exchange.status = 201;
            exchange.responseHeaders.put("Content-Length", "34");
        });
        JsonObject record = fixture.record("http.request");
        assertThat(record.getJsonObject("url").getString("path")).isEqualTo("/orders/1");
        JsonObject http = record.getJsonObject("http");
        assertThat(http.getJsonObject("response").getInt("status_code")).isEqualTo(201);
        assertThat(http.getJsonObject("response").getJsonObject("body").getInt("size"))
                .isEqualTo(34);
        assertThat(http.getJsonObject("request").getJsonObject("body").getInt("size"))
                .isEqualTo(12);
        assertThat(record.getJsonObject("event").getString("outcome")).isEqualTo("success");
        assertThat(record.getJsonObject("client").getInt("port")).isEqualTo(50_000);
    }

    @ParameterizedTest
    @CsvSource({"HEAD,200,0", "HEAD,404,0", "GET,304,0", "GET,204,0", "POST,101,0", "GET,200,34", "POST,205,34"})
    void sizeIsThatOfTheBodyThatWasSent(String method, int status, int size) throws Exception {
        exchange.verb = method;
        pass((request, response) -> {
            ((HttpServletResponse) response).setStatus(status);
            response.setContentLength(34);
        });
        assertThat(fixture.record("http.request")
                        .getJsonObject("http")
                        .getJsonObject("response")
                        .getJsonObject("body")
                        .getInt("size"))
                .isEqualTo(size);
    }

    @Test
    void errorWhileTheConnectionOrTheUserIsAskedForKeepsNoRequestFromTheApplicationNorFromTheRecord() throws Exception {
        fixture.recorder().lookUpWith((attributes, client, server) -> {
            throw new NoSuchMethodError("for a test");
        });
        HttpServletRequest older = new HttpServletRequestWrapper(exchange.request) {
            @Override
            public Principal getUserPrincipal() {
                throw new NoSuchMethodError("for a test");
            }
        };
        filter.doFilter(older, exchange.response, (request, response) -> exchange.status = 201);
        assertThat(fixture.record("http.request")
                        .getJsonObject("http")
                        .getJsonObject("response")
                        .getInt("status_code"))
                .isEqualTo(201);
    }

    @Test
    void errorAtTheEndOfAnAsynchronousRequestDoesNotKeepItFromTheRecord() throws Exception {
        HttpServletResponse older = new HttpServletResponseWrapper(exchange.response) {
            @Override
            public int getStatus() {
                throw new NoSuchMethodError("for a test");
            }
        };
        filter.doFilter(exchange.request, older, (request, response) -> exchange.request.startAsync());
        for (AsyncListener listener : List.copyOf(exchange.listeners)) {
            listener.onComplete(null);
        }
        assertThat(fixture.records("http.request")).hasSize(1);
    }

    @Test
    void requestIdOfTheClientIsReturned() throws Exception {
        exchange.requestHeaders.put("X-Request-Id", "abc-1");
        pass(NOTHING);
        assertThat(exchange.responseHeaders).containsEntry("X-Request-Id", "abc-1");
    }

    @Test
    void malformedRequestIdIsReplaced() throws Exception {
        exchange.requestHeaders.put("X-Request-Id", "a\"b");
        pass(NOTHING);
        assertThat(exchange.responseHeaders.get("X-Request-Id")).hasSize(36);
    }

    @Test
    void sessionIdInThePathIsNotRecorded() throws Exception {
        exchange.uri = "/a;jsessionid=SECRET/b;x=1";
        pass(NOTHING);
        assertThat(fixture.record("http.request").getJsonObject("url").getString("path"))
                .isEqualTo("/a;jsessionid=***/b;x=1");
    }

    @Test
    void requestThatThrowsIsStillRecordedAndTheExceptionGoesOn() throws Exception {
        assertThatThrownBy(() -> pass((request, response) -> {
                    throw new ServletException("hush", new IllegalStateException("secret"));
                }))
                .isInstanceOf(ServletException.class);
        JsonObject record = fixture.record("http.request");
        assertThat(status(record)).isEqualTo(500);
        assertThat(record.getJsonObject("error").getString("type")).isEqualTo("server_error");
        assertThat(record.getJsonObject("error").getString("message")).isEqualTo("java.lang.IllegalStateException");
        assertThat(record.toString()).doesNotContain("secret", "hush");
    }

    @Test
    void errorIsRecordedLikeAnException() throws Exception {
        assertThatThrownBy(() -> pass((request, response) -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(status(fixture.record("http.request"))).isEqualTo(500);
    }

    @Test
    void servletThatIsUnavailableIsRecordedWithTheStatusThatTheContainerGives() throws Exception {
        assertThatThrownBy(() -> pass((request, response) -> {
                    throw new UnavailableException("later", 60);
                }))
                .isInstanceOf(UnavailableException.class);
        assertThat(status(fixture.record("http.request"))).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({
        "Broken pipe, org.glassfish.grizzly.nio.transport.TCPNIOUtils, client_aborted",
        "Connection reset by peer, org.xnio.nio.NioSocketConduit, client_reset",
        "Connection is closed, org.glassfish.grizzly.nio.NIOConnection, client_aborted"
    })
    void clientThatGoesAwayWhileItIsAnsweredIsTheCause(String message, String thrower, String reason)
            throws IOException {
        exchange.committed = true;
        throwFrom(thrower, new IOException(message));
        JsonObject record = fixture.record("http.request");
        assertThat(record.getJsonObject("error").getString("type")).isEqualTo(reason);
        assertThat(status(record)).isEqualTo(200);
    }

    /** A database's connection may end as well: that is not the client's doing. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connectionOfTheApplicationsOwnThatEndsIsAFailureOfTheServer(boolean committed) throws IOException {
        exchange.committed = committed;
        throwFrom("org.postgresql.core.VisibleBufferedInputStream", new SocketException("Connection reset"));
        assertThat(fixture.record("http.request").getJsonObject("error").getString("type"))
                .isEqualTo("server_error");
    }

    @Test
    void channelOfTheApplicationsOwnThatIsClosedIsAFailureOfTheServer() throws IOException {
        throwFrom("com.example.Report", new ClosedChannelException());
        assertThat(fixture.record("http.request").getJsonObject("error").getString("type"))
                .isEqualTo("server_error");
    }

    /** By that class, which called the JDK. */
    private void throwFrom(String thrower, IOException thrown) {
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("sun.nio.ch.SocketChannelImpl", "read", "SocketChannelImpl.java", 1),
            new StackTraceElement("java.net.Socket$SocketInputStream", "read", "Socket.java", 1),
            new StackTraceElement(thrower, "read", "Thrower.java", 1),
            new StackTraceElement("org.apache.catalina.core.ApplicationFilterChain", "doFilter", "Chain.java", 1)
        });
        assertThatThrownBy(() -> pass((request, response) -> {
                    throw new ServletException(thrown);
                }))
                .isInstanceOf(ServletException.class);
    }

    @Test
    void userAndThoseOfTheKnownRolesThatItHasAreRecorded() throws Exception {
        exchange.user = "CN=alice";
        exchange.userRoles.addAll(List.of("auditor", "unheard-of"));
        pass(NOTHING);
        JsonObject user = fixture.record("http.request").getJsonObject("user");
        assertThat(user.getString("name")).isEqualTo("CN=alice");
        assertThat(user.getJsonArray("roles").toString()).isEqualTo("[\"auditor\"]");
    }

    @Test
    void userWhomTheApplicationAuthenticatesIsRecorded() throws Exception {
        pass((request, response) -> exchange.user = "bob");
        assertThat(fixture.record("http.request").getJsonObject("user").getString("name"))
                .isEqualTo("bob");
    }

    @Test
    void rolesAreAskedForOncePerConnectionAndUser() throws Exception {
        for (int i = 0; i < 3; i++) {
            exchange.user = "CN=alice";
            exchange.attributes.clear();
            pass(NOTHING);
        }
        assertThat(exchange.rolesAsked).isEqualTo(FilterOptions.DEFAULT.roles().size());
        assertThat(fixture.records("http.request")).hasSize(3);
    }

    @Test
    void requestThatAnAdapterOpenedIsLeftForItToClose() throws Exception {
        RequestInFlight adapters = openByAdapter();
        exchange.user = "CN=alice";
        pass((request, response) -> assertThat(adapters.hasReachedApplication()).isTrue());
        assertThat(adapters.isClosed()).isFalse();
        assertThat(adapters.user()).isEqualTo("CN=alice");
        assertThat(exchange.attributes.get(RequestInFlight.ATTRIBUTE)).isSameAs(adapters);
        adapters.status(200);
        adapters.close();
        assertThat(fixture.records("http.request")).hasSize(1);
    }

    @Test
    void requestIdThatAnAdapterReturnedIsNotSetAgain() throws Exception {
        openByAdapter();
        exchange.responseHeaders.put("X-Request-Id", "of-the-adapter");
        pass(NOTHING);
        assertThat(exchange.responseHeaders).containsEntry("X-Request-Id", "of-the-adapter");
    }

    @Test
    void secondFilterOnTheWayAddsNothing() throws Exception {
        AuditFilter second = filterOf(fixture);
        pass((request, response) -> second.doFilter(request, response, NOTHING));
        assertThat(fixture.records("http.request")).hasSize(1);
    }

    @Test
    void requestIsRefusedBeforeTheApplicationWhileNothingCanBeRecorded() throws Exception {
        fixture.breakTrail();
        pass((request, response) -> {
            throw new AssertionError("the application was reached");
        });
        assertThat(exchange.status).isEqualTo(503);
        assertThat(exchange.responseHeaders).containsKeys("Retry-After", "X-Request-Id");
        assertThat(fixture.recorder().counts().lost()).isEqualTo(1);
    }

    @Test
    void answerWhoseRecordCannotBeWrittenIsTakenBack() throws Exception {
        pass((request, response) -> {
            exchange.responseHeaders.put("Secret", "answer");
            fixture.breakTrail();
        });
        assertThat(exchange.wasReset).isTrue();
        assertThat(exchange.status).isEqualTo(503);
        assertThat(exchange.responseHeaders)
                .containsKeys("Retry-After", "X-Request-Id")
                .doesNotContainKey("Secret");
    }

    @Test
    void answerThatHasLeftIsNotTakenBack() throws Exception {
        pass((request, response) -> {
            exchange.committed = true;
            fixture.breakTrail();
        });
        assertThat(exchange.status).isEqualTo(200);
    }

    @Test
    void withDurabilityWorkTheArrivalIsRecordedFirst(@TempDir Path other) throws Exception {
        try (RecordingFixture work = new RecordingFixture(other, Durability.WORK)) {
            filterOf(work).doFilter(exchange.request, exchange.response, NOTHING);
            assertThat(work.records("http.request.received")).hasSize(1);
            assertThat(work.records("http.request")).hasSize(1);
        }
    }

    @Test
    void asynchronousRequestIsRecordedWhenItCompletes() throws Exception {
        pass((request, response) -> exchange.async = true);
        exchange.status = 202;
        exchange.complete();
        assertThat(status(fixture.record("http.request"))).isEqualTo(202);
    }

    @Test
    void asynchronousRequestThatIsOverBeforeItCanBeFollowedIsRecorded() throws Exception {
        pass((request, response) -> {
            exchange.async = true;
            exchange.asyncOver = true;
        });
        assertThat(fixture.records("http.request")).hasSize(1);
    }

    @Test
    void asynchronousRequestWhoseTimeRanOutIsAFailure() throws Exception {
        pass((request, response) -> exchange.async = true);
        exchange.timeOut();
        JsonObject record = fixture.record("http.request");
        assertThat(record.getJsonObject("error").getString("type")).isEqualTo("request_timeout");
        assertThat(status(record)).isEqualTo(500);
    }

    @Test
    void asynchronousRequestThatFailsNamesTheException() throws Exception {
        pass((request, response) -> exchange.async = true);
        exchange.fail(new IllegalArgumentException("secret"));
        assertThat(fixture.record("http.request").getJsonObject("error").getString("message"))
                .isEqualTo("java.lang.IllegalArgumentException");
    }

    @Test
    void asynchronousDispatchBelongsToItsRequest() throws Exception {
        pass((request, response) -> exchange.async = true);
        exchange.dispatcher = DispatcherType.ASYNC;
        exchange.async = false;
        pass(NOTHING);
        exchange.complete();
        assertThat(fixture.records("http.request")).hasSize(1);
    }

    @Test
    void asynchronousDispatchThatThrowsIsAFailure() throws Exception {
        pass((request, response) -> exchange.async = true);
        exchange.dispatcher = DispatcherType.ASYNC;
        assertThatThrownBy(() -> pass((request, response) -> {
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);
        exchange.status = 500;
        exchange.complete();
        assertThat(fixture.record("http.request").getJsonObject("error").getString("type"))
                .isEqualTo("server_error");
    }

    @Test
    void errorPageOfARecordedRequestMakesNoSecondRecord() throws Exception {
        pass((request, response) -> exchange.status = 404);
        exchange.dispatcher = DispatcherType.ERROR;
        pass(NOTHING);
        assertThat(fixture.records("http.request")).hasSize(1);
    }

    @Test
    void errorPageOfARequestThatTheContainerRefusedMakesItsRecord() throws Exception {
        exchange.dispatcher = DispatcherType.ERROR;
        exchange.uri = "/problem";
        exchange.attributes.put(RequestDispatcher.ERROR_REQUEST_URI, "/api/entries");
        exchange.status = 403;
        pass(NOTHING);
        JsonObject record = fixture.record("http.request");
        assertThat(record.getJsonObject("url").getString("path")).isEqualTo("/api/entries");
        assertThat(record.getJsonObject("audit").getString("refused_by")).isEqualTo("container");
        assertThat(record.getJsonObject("error").getString("type")).isEqualTo("forbidden");
    }

    @Test
    void failureToDescribeTheConnectionDoesNotKeepARequestFromBeingServed() throws Exception {
        exchange.attributes.put("jakarta.servlet.request.cipher_suite", "TLS_AES_128_GCM_SHA256");
        exchange.attributes.put(
                "jakarta.servlet.request.X509Certificate", new java.security.cert.X509Certificate[] {null});
        pass(NOTHING);
        assertThat(fixture.records("http.request")).hasSize(1);
    }

    private RequestInFlight openByAdapter() {
        RequestFacts facts = new RequestFacts("id", "server", "GET", "/", "1.1", null, null, null);
        RequestInFlight opened = fixture.recorder().open(facts, null, System.nanoTime());
        exchange.attributes.put(RequestInFlight.ATTRIBUTE, opened);
        return opened;
    }

    private static int status(JsonObject record) {
        return record.getJsonObject("http").getJsonObject("response").getInt("status_code");
    }
}
