package io.certrail.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.event.RequestFacts;
import io.certrail.recorder.RequestInFlight;
import io.certrail.servlet.RecordingFixture;
import jakarta.json.JsonObject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignPagesTest {
    private static final String HERE = "audit.example:8443";

    @Test
    void clientThatIsNoBrowserIsNotAsked() {
        assertThat(ForeignPages.isForeign(null, null, HERE)).isFalse();
        assertThat(ForeignPages.isForeign(null, null, null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "same-origin, false",
        "none, false",
        "same-site, true",
        "cross-site, true",
        "'same-origin,cross-site', true",
        "'', true",
        "later, true"
    })
    void browserSaysWhoseThePageIs(String site, boolean foreign) {
        assertThat(ForeignPages.isForeign(site, null, HERE)).isEqualTo(foreign);
        assertThat(ForeignPages.isForeign(site, "https://evil.example", HERE)).isEqualTo(foreign);
        assertThat(ForeignPages.isForeign(site, "https://" + HERE, HERE)).isEqualTo(foreign);
    }

    @ParameterizedTest
    @CsvSource({
        "https://audit.example:8443, audit.example:8443, false",
        "https://AUDIT.example:8443, audit.EXAMPLE:8443, false",
        "https://audit.example, audit.example, false",
        "https://audit.example, audit.example:443, false",
        "https://audit.example:443, audit.example, false",
        "http://audit.example, audit.example:80, false",
        "https://[2001:db8::1]:8443, [2001:db8::1]:8443, false",
        "https://audit.example, audit.example:8443, true",
        "https://audit.example:8444, audit.example:8443, true",
        "https://evil.example:8443, audit.example:8443, true",
        "https://audit.example.evil.example:8443, audit.example:8443, true",
        "https://audit.example:8443@evil.example, audit.example:8443, true",
        "https://audit.example:8443,, true",
        "null, audit.example:8443, true",
        "'', audit.example:8443, true",
        "audit.example:8443, audit.example:8443, true",
        "'https://audit.example:8443,https://evil.example', audit.example:8443, true",
        "https://audit.example:8443 https://evil.example, audit.example:8443, true",
    })
    void oldBrowserSaysItsOrigin(String origin, String asked, boolean foreign) {
        assertThat(ForeignPages.isForeign(null, origin, asked)).isEqualTo(foreign);
    }

    /** The tests have no JAX-RS, which makes a 403 of the refusal. */
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void whatChangesSomethingIsRefusedAndTheRecordSaysWhy(String method, @TempDir Path folder) throws Exception {
        try (var fixture = new RecordingFixture(folder)) {
            RequestInFlight request = fixture.recorder()
                    .open(new RequestFacts("id", "server", method, "/api/events", "1.1", null, null, null), null, 0);
            assertThatThrownBy(() -> new ForeignPages().filter(sent(method, request)))
                    .hasMessageContaining("jakarta.ws.rs");
            request.status(403);
            request.close();
            JsonObject error = fixture.record("http.request").getJsonObject("error");
            assertThat(error.getString("type")).isEqualTo("forbidden");
            assertThat(error.getString("message")).isEqualTo("sent by a page of another origin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void whatChangesNothingIsAnyPages(String method) {
        assertThatCode(() -> new ForeignPages().filter(sent(method, null))).doesNotThrowAnyException();
    }

    @Test
    void everyRequestOfTheApiIsLookedAt() {
        assertThat(new ApiApplication().getClasses()).contains(ForeignPages.class);
    }

    private static ContainerRequestContext sent(String method, RequestInFlight request) {
        Map<Object, String> headers = Map.of("Sec-Fetch-Site", "cross-site", "Host", HERE);
        return (ContainerRequestContext) Proxy.newProxyInstance(
                ForeignPagesTest.class.getClassLoader(),
                new Class<?>[] {ContainerRequestContext.class},
                (self, asked, args) -> switch (asked.getName()) {
                    case "getMethod" -> method;
                    case "getHeaderString" -> headers.get(args[0]);
                    case "getProperty" -> request;
                    default -> throw new UnsupportedOperationException(asked.toString());
                });
    }
}
