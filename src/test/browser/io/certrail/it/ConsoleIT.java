package io.certrail.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import io.certrail.dev.pki.Client;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The console as a person sees it: in a real Chromium, with a client certificate. */
final class ConsoleIT extends OnServer {
    private static final List<String> VIEWS =
            List.of("#/", "#/records?event=tls.handshake", "#/live", "#/certificates", "#/check");

    @org.jspecify.annotations.Nullable
    private static Browser auditor;

    private Browser browser() throws Exception {
        Browser browser = auditor;
        if (browser == null) {
            browser = Browser.with(Client.AUDITOR, site);
            auditor = browser;
        }
        return browser;
    }

    @AfterEach
    void nothingRanThatMayNot() throws Exception {
        assertThat(browser().complaints()).isEmpty();
    }

    @AfterAll
    static void close() {
        if (auditor != null) {
            auditor.close();
            auditor = null;
        }
    }

    @Test
    void overviewTellsWhoIsTurnedAwayAndHowTheTrailIs() throws Exception {
        refusedHandshake(Client.EXPIRED, "certificate_expired");
        Browser browser = browser();
        browser.until(() -> {
            browser.go("#/?range=1h");
            return browser.text().contains("certificate_expired");
        });
        assertThat(browser.text())
                .contains("Writing", "Lost since the start", "Last checkpoint", "About to expire", "CN=auditor");
        assertThat(browser.find("canvas")).isNotEmpty();
        browser.shoot("overview");
        browser.link("certificate_expired").click();
        browser.until(() -> browser.text().contains("CN=expired"));
        assertThat(browser.hash()).contains("reason=certificate_expired").contains("outcome=failure");
    }

    @Test
    void certificatesThatWereRefusedAreNotAmongThoseAboutToExpire() throws Exception {
        refusedHandshake(Client.UNTRUSTED, "unknown_ca");
        Browser browser = browser();
        showWhenIndexed(browser, "#/certificates?accepted=false", "CN=untrusted");
        browser.go("#/");
        assertThat(browser.one("section[aria-labelledby=expiring]").getText())
                .contains("CN=auditor")
                .doesNotContain("CN=untrusted");
        browser.go("#/certificates");
        browser.link("Expiring first").click();
        browser.until(() -> browser.hash().contains("accepted=true"));
        browser.until(() -> browser.find("main[aria-busy]").isEmpty());
        assertThat(browser.text()).contains("CN=auditor").doesNotContain("CN=untrusted");
    }

    @Test
    void conditionsStandInTheAddressAndInTheForm() throws Exception {
        refusedHandshake(Client.EXPIRED, "certificate_expired");
        Browser browser = browser();
        browser.go("#/records");
        browser.one("#reason").sendKeys("certificate_expired");
        browser.button("Search").click();
        browser.until(() -> browser.hash().contains("reason=certificate_expired"));
        browser.until(() -> browser.find("main[aria-busy]").isEmpty());
        assertThat(browser.one("#reason").getDomProperty("value")).isEqualTo("certificate_expired");
        assertThat(browser.find("tbody tr")).isNotEmpty().allSatisfy(row -> assertThat(row.getText())
                .contains("certificate_expired", "failure"));
        browser.shoot("search");
    }

    @Test
    void recordsAreSaidToBeIndexedInAMomentOnlyWhileTheIndexGoesOn() throws Exception {
        browser().go("#/records");

        assertThat(coverage(1)).isEqualTo("Complete, but for the newest 3 records, which are indexed in a moment.");
        assertThat(coverage(60))
                .startsWith("Complete, but for the newest 3 records, which are not indexed: the index went on last at ")
                .endsWith("Ask again; the overview shows how it is.");
    }

    /** What is said of an index that went on so many seconds ago. */
    private String coverage(int seconds) throws Exception {
        String script = "const at = new Date(Date.now() - 1000 * arguments[0]).toISOString();"
                + "return import('/console/search.js').then((search) => search.coverageOf({complete: false,"
                + " gaps: [{kind: 'not_indexed', count: 3}],"
                + " trails: [{origin: 'o', indexed: 7, next: 10, indexed_at: at}]}).textContent);";
        return String.valueOf(browser().script(script, seconds));
    }

    @Test
    void badConditionIsNamedAndTheFormKeepsTheOthers() throws Exception {
        Browser browser = browser();
        browser.go("#/records?from=yesterday&outcome=failure");
        assertThat(browser.text()).contains("from");
        assertThat(browser.find(".problem")).hasSize(1);
        assertThat(browser.one("#outcome").getDomProperty("value")).isEqualTo("failure");
        browser.complaints(); // that the server answered 400
    }

    @Test
    void hostileNamesAreShownHarmlessly() throws Exception {
        String id = post(
                "{\"action\":\"<img src=x onerror=alert(1)>\",\"message\":\"\\u202egnp.exe\\u001b[31m<script>document.title='owned'</script>\"}");
        Browser browser = browser();
        showWhenIndexed(browser, "#/requests/" + id, "app.event");
        assertThat(browser.text()).contains("<img src=x onerror=alert(1)>", "\\u202egnp.exe\\u001b[31m<script>");
        assertThat(browser.find("main img, main script")).isEmpty();
        assertThat((String) browser.script("return document.title")).endsWith("Certrail");
        browser.shoot("hostile");
    }

    @Test
    void proofIsCheckedInTheBrowserAndAChangedLineIsNot() throws Exception {
        String id = post("{\"action\":\"prove\"}");
        long sequence = records.awaitOne(line ->
                        line.name().equals("app.event") && line.requestId().equals(id))
                .sequence();
        Browser browser = browser();
        showWhenIndexed(browser, "#/records/" + sequence, "Inclusion proof");
        browser.button("Check this proof").click();
        browser.until(() -> browser.text().contains("Proven: the record is in the tree"));
        browser.shoot("proof");
        browser.script(
                "const line = document.getElementById('check-line'); line.value = line.value.replace('prove', 'PROVE')");
        browser.button("Check this proof").click();
        browser.until(() -> browser.text().contains("Not proven."));
    }

    @Test
    void connectionsStoryTellsHandshakeAndRequestsInOrder() throws Exception {
        String connectionId;
        try (var connection = connect(Client.ALICE)) {
            connection.get("/api/whoami");
            connection.get("/api/nothing-here");
            connectionId = records.handshake(connection.port()).connection();
            settle();
        }
        Browser browser = browser();
        showWhenIndexed(
                browser,
                "#/connections/" + URLEncoder.encode(connectionId, StandardCharsets.UTF_8),
                "/api/nothing-here");
        List<String> steps = browser.find(".timeline > li strong").stream()
                .map(WebElement::getText)
                .toList();
        assertThat(steps).containsExactly("tls.handshake", "http.request", "http.request");
        assertThat(browser.text()).contains("CN=alice");
        browser.shoot("connection");
    }

    @Test
    void certificatePageTellsWhatBecameOfIt() throws Exception {
        refusedHandshake(Client.REVOKED, "certificate_revoked");
        Browser browser = browser();
        browser.until(() -> {
            browser.go("#/certificates?subject_part=revoked");
            return browser.text().contains("CN=revoked");
        });
        browser.find("tbody a").get(0).click();
        browser.until(() ->
                browser.text().contains("never accepted") && browser.text().contains("certificate_revoked"));
        browser.shoot("certificate");
    }

    @Test
    void liveViewShowsARecordThatIsMadeNow() throws Exception {
        Browser browser = browser();
        browser.go("#/live?event=http.request");
        browser.until(() -> browser.text().contains("waiting for records"));
        try (var connection = connect(Client.ALICE)) {
            connection.get("/api/live-marker");
        }
        browser.until(() -> browser.text().contains("/api/live-marker"));
        browser.shoot("live");
    }

    @Test
    void certificateWithoutTheRoleIsToldSo() throws Exception {
        try (Browser alice = Browser.with(Client.ALICE, site)) {
            alice.go("#/records");
            assertThat(alice.text()).contains("does not have the role auditor");
        }
    }

    @Test
    void everyViewCanBeReadAndUsedByEverybody() throws Exception {
        Browser browser = browser();
        for (String view : VIEWS) {
            browser.go(view);
            List<Rule> violations = browser.accessibility().getViolations();
            assertThat(violations).as(view).isEmpty();
        }
    }

    @Test
    void everyViewFitsAPhoneAndTwiceTheSizeInLightAndDark() throws Exception {
        try (Browser small = Browser.with(Client.AUDITOR, site)) {
            small.dark();
            for (int width : new int[] {640, 320}) {
                small.size(width, 700);
                for (String view : VIEWS) {
                    small.go(view);
                    assertThat((Boolean) small.script("return document.documentElement.scrollWidth > innerWidth"))
                            .as("%s is wider than %s", view, width)
                            .isFalse();
                }
            }
            small.go("#/");
            small.shoot("phone-dark");
            assertThat(small.accessibility().getViolations()).as("in the dark").isEmpty();
        }
    }

    @Test
    void keyboardReachesTheContentFirstAndEveryView() throws Exception {
        Browser browser = browser();
        browser.go("#/check");
        WebElement body = browser.one("body");
        body.sendKeys(Keys.TAB);
        assertThat(browser.script("return document.activeElement.textContent")).isEqualTo("Skip to the content");
        browser.one(".skip").sendKeys(Keys.TAB, Keys.TAB);
        assertThat(browser.script("return document.activeElement.textContent")).isEqualTo("Overview");
        browser.one("header nav a").sendKeys(Keys.TAB);
        assertThat(browser.script("return document.activeElement.textContent")).isEqualTo("Search");
        browser.find("header nav a").get(1).sendKeys(Keys.ENTER);
        browser.until(() -> browser.hash().equals("#/records"));
    }

    private void refusedHandshake(Client client, String reason) throws Exception {
        try (var connection = connect(client)) {
            records.awaitOne(
                    line -> line.name().equals("tls.handshake") && line.text().contains(reason));
        } catch (java.io.IOException e) {
            // refused, as it should be: the record tells
        }
    }

    private String post(String event) throws Exception {
        try (var connection = connect(Client.ALICE)) {
            return connection.post("/api/events", "application/json", event).requestId();
        }
    }

    /** The index follows the trail within moments. */
    private static void showWhenIndexed(Browser browser, String hash, String expected) {
        browser.until(() -> {
            browser.go(hash);
            return browser.text().contains(expected);
        });
        browser.complaints(); // of pages that were not there yet
    }
}
