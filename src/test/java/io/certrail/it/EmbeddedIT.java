package io.certrail.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.pki.Client;
import io.certrail.it.Connection.Answer;
import io.certrail.it.shop.ShopApplication;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application of somebody else's: {@code certrail-embed.jar} in its WEB-INF/lib is all that it takes. */
@ExtendWith(ArquillianExtension.class)
@Order(Integer.MAX_VALUE)
final class EmbeddedIT {
    private static final String WEB_XML =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <login-config><auth-method>CLIENT-CERT</auth-method></login-config>
              <security-role><role-name>director</role-name></security-role>
            </web-app>
            """;

    private static final String CONTEXT_ROOT =
            """
            <!DOCTYPE glassfish-web-app PUBLIC "-//GlassFish.org//DTD GlassFish Application Server 3.1 Servlet 3.0//EN"
                "http://glassfish.org/dtds/glassfish-web-app_3_0-1.dtd">
            <glassfish-web-app><context-root>/app</context-root></glassfish-web-app>
            """;

    private static final String JBOSS_WEB_XML =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <jboss-web xmlns="urn:jboss:jakartaee:1.0">
              <context-root>/app</context-root>
              <security-domain>certrail</security-domain>
            </jboss-web>
            """;

    private final Site site = Site.current();
    private Records records;

    @Deployment(testable = false)
    public static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "shop.war")
                .addPackage(ShopApplication.class.getPackage())
                .addAsLibrary(Site.built("certrail-embed.jar").toFile())
                .addAsWebInfResource(new StringAsset(WEB_XML), "web.xml")
                .addAsWebInfResource(new StringAsset(CONTEXT_ROOT), "glassfish-web.xml")
                .addAsWebInfResource(new StringAsset(JBOSS_WEB_XML), "jboss-web.xml");
    }

    @BeforeEach
    void beginReading() {
        records = site.records();
    }

    private Connection connect() throws Exception {
        return new TlsClient(site.port(), site.certificates().context(Client.ALICE)).connect();
    }

    @Test
    void routeOfAResourceIsItsTemplate() throws Exception {
        try (var connection = connect()) {
            Answer answer = connection.get("/app/shop/orders/4711");
            assertThat(answer.body()).isEqualTo("order 4711");
            Line record = records.request(answer.requestId());
            assertThat(record.get("http.route")).isEqualTo("/app/shop/orders/{number}");
            assertThat(record.get("url.path")).isEqualTo("/app/shop/orders/4711");
            assertThat(record.connection())
                    .isEqualTo(records.handshake(connection.port()).connection());
        }
    }

    @Test
    void auditedCallIsLinkedToItsRequestWithItsArgumentsMaskedWhereTold() throws Exception {
        try (var connection = connect()) {
            Answer answer = connection.post("/app/shop/orders/12/reserve", "text/plain", "");
            assertThat(answer.body()).isEqualTo("reserved 12");
            Line request = records.request(answer.requestId());
            Line call = records.awaitOne(line -> line.name().equals("app.invocation"));
            assertThat(call.requestId()).isEqualTo(request.requestId());
            assertThat(call.connection()).isEqualTo(request.connection());
            assertThat(call.get("event.outcome")).isEqualTo("success");
            assertThat(call.get("audit.action")).isEqualTo("reserve");
            assertThat(call.get("audit.resource")).isEqualTo("stock");
            assertThat(call.get("audit.arguments.order")).isEqualTo("12");
            assertThat(call.get("code.function.name")).endsWith("Stock.reserve");
            assertThat(call.text()).doesNotContain("s3cret");
        }
    }

    @Test
    void auditedCallThatThrowsIsAFailureAndItsRequestToo() throws Exception {
        try (var connection = connect()) {
            Answer answer = connection.post("/app/shop/orders/none/reserve", "text/plain", "");
            assertThat(answer.status()).isEqualTo(500);
            Line call = records.awaitOne(line -> line.name().equals("app.invocation"));
            assertThat(call.get("event.outcome")).isEqualTo("failure");
            assertThat(call.reason()).isEqualTo("java.lang.IllegalArgumentException");
            assertThat(records.request(call.requestId()).status()).isEqualTo(500);
            assertThat(call.text()).doesNotContain("s3cret");
        }
    }

    @Test
    void callBeforeAnyRequestIsRecordedWithoutALink() {
        List<Line> openings = Records.all(site.trail())
                .lines(line -> line.name().equals("app.invocation")
                        && line.get("audit.arguments.order").equals("opening"));
        assertThat(openings).hasSize(1);
        assertThat(openings.get(0).requestId()).isEmpty();
        assertThat(openings.get(0).connection()).isEmpty();
        assertThat(openings.get(0).get("event.outcome")).isEqualTo("success");
    }

    @ParameterizedTest
    @CsvSource({
        "/app/async?complete,          200, success",
        "/app/async?dispatch,          200, success",
        "/app/async?timeout,           500, failure",
        "/app/async?throw,             500, failure",
        "/app/shop/orders/1/later,     200, success",
        "/app/shop/orders/1/broken,    500, failure",
        "/app/throwing,                500, failure",
        "/app/nothing,                 404, failure"
    })
    void requestHasOneRecordHoweverItEnds(String path, int status, String outcome) throws Exception {
        int port;
        Answer answer;
        try (var connection = connect()) {
            port = connection.port();
            answer = connection.get(path, "Connection: close");
            assertThat(answer.status()).isEqualTo(status);
        }
        Line record = records.requests(1, port).get(0);
        assertThat(record.requestId()).isEqualTo(answer.requestId());
        assertThat(record.status()).as("%s", record).isEqualTo(status);
        assertThat(record.get("http.response.body.size"))
                .isIn("", Integer.toString(answer.body().length())); // not known of all
        assertThat(record.get("event.outcome")).isEqualTo(outcome);
        settle();
        assertThat(records.lines(Line::isRequest)).hasSize(2);
    }

    @Test
    void containerRefusesWhoHasNotTheRoleAndIsNamedAsTheOneWhoDid() throws Exception {
        try (var connection = connect()) {
            Answer answer = connection.get("/app/guarded");
            assertThat(answer.status()).isEqualTo(403);
            Line record = records.requests(1, connection.port()).get(0);
            assertThat(record.status()).isEqualTo(403);
            assertThat(record.reason()).isEqualTo("forbidden");
            assertThat(record.get("audit.refused_by")).isEqualTo("container");
            assertThat(record.get("tls.client.subject")).startsWith("CN=alice");
        }
    }

    @Test
    void clientThatLeavesWithinTheAnswerIsRecordedOnce() throws Exception {
        for (boolean reset : List.of(true, false)) {
            int port;
            try (var connection = connect()) {
                port = connection.port();
                connection.send(Connection.head("GET", "/app/large"));
                assertThat(connection.socket().getInputStream().read()).isEqualTo('H');
                if (reset) {
                    connection.reset();
                } else {
                    connection.cut();
                }
            }
            Line record = records.requests(1, port).get(0);
            assertThat(record.reason()).as("%s", record).isIn("client_reset", "client_aborted");
            assertThat(record.get("event.outcome")).isEqualTo("failure");
        }
        settle();
        assertThat(records.lines(Line::isRequest)).hasSize(3);
    }

    private void settle() throws Exception {
        try (var connection = connect()) {
            records.request(connection.get("/app/shop/orders/0").requestId());
        }
    }
}
