package io.certrail.it;

import io.certrail.dev.pki.Client;
import java.io.IOException;
import java.net.InetAddress;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test against the WAR that the build made, on the server that Arquillian starts. */
@ExtendWith(ArquillianExtension.class)
abstract class OnServer {
    final Site site = Site.current();
    final Certificates certificates = site.certificates();

    /** What the trail says from the test's begin on. */
    Records records;

    @Deployment(testable = false)
    public static WebArchive war() {
        return ShrinkWrap.createFromZipFile(
                WebArchive.class, Site.built("certrail.war").toFile());
    }

    @BeforeEach
    final void beginReading() {
        records = site.records();
    }

    final TlsClient client(Client client, String... protocols) {
        return new TlsClient(site.port(), certificates.context(client), protocols);
    }

    final Connection connect(Client client, String... protocols) throws IOException {
        return client(client, protocols).connect();
    }

    /**
     * Makes a request of its own and waits for its record: what the server had to say before is on record then, also if
     * it is said once too often.
     */
    final void settle() throws IOException {
        try (var connection = connect(Client.STRANGER)) {
            records.request(connection.get("/api/whoami").requestId());
        }
    }

    static String loopback() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }
}
