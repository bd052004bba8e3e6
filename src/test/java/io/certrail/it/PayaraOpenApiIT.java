package io.certrail.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.Server;
import io.certrail.dev.pki.Client;
import io.certrail.it.Connection.Answer;
import org.junit.jupiter.api.Test;

/** Payara has MicroProfile OpenAPI, which server-config switches off: where an operator switches it on, it knows our interface. */
final class PayaraOpenApiIT {
    private final Site site = Site.current();

    @Test
    void interfaceIsShownAsItsFileDescribesIt() throws Exception {
        int port = Site.freePort();
        var administrator = new Administrator(site, port);
        var options = administrator.prepared(
                site.server("openapi", port).trail(site.folder().resolve("openapi-trail")));
        try (Server server = Server.start(options, line -> {});
                var auditor = new TlsClient(port, site.certificates().context(Client.AUDITOR)).connect()) {
            assertThat(auditor.get("/openapi").status()).isNotEqualTo(200);
            administrator.command("set-openapi-configuration", "--enabled=true");
            site.redeployment(options).putBack();

            Answer answer = auditor.get("/openapi");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("/api/records:", "/api/stream:", "/api/scan:", "operationId: searchRecords");
            assertThat(server.stop()).isTrue();
        }
    }
}
