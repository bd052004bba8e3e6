package io.certrail.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.ServerOptions;
import io.certrail.dev.pki.Client;
import io.certrail.it.Connection.Answer;
import io.certrail.it.server.AdministratorServlet;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Administers a server that runs, by an application of it.
 *
 * @param port of the server's listener with mutual TLS
 */
record Administrator(Site site, int port) {
    private static final int PATIENCE_MILLIS = 120_000;

    /** The server with that application. */
    ServerOptions prepared(ServerOptions options) {
        Path war = site.folder().resolve("administrator.war");
        ShrinkWrap.create(WebArchive.class)
                .addClass(AdministratorServlet.class)
                .as(ZipExporter.class)
                .exportTo(war.toFile(), true);
        return options.deploy(war, "/administrator");
    }

    /** Payara: runs a command of {@code asadmin}'s. */
    void command(String command, String... arguments) throws IOException {
        var query = new StringBuilder("command=" + command);
        for (String argument : arguments) {
            query.append("&argument=").append(URLEncoder.encode(argument, UTF_8));
        }
        ask(query.toString());
    }

    /** WildFly: turns something on or off. */
    void set(String bean, String attribute, boolean value) throws IOException {
        ask("bean=" + URLEncoder.encode(bean, UTF_8) + "&attribute=" + attribute + "&value=" + value);
    }

    private void ask(String query) throws IOException {
        var client = new TlsClient(port, site.certificates().context(Client.ALICE));
        try (var connection = client.connect()) {
            connection.socket().setSoTimeout(PATIENCE_MILLIS);
            Answer answer = connection.get("/administrator/?" + query);
            assertThat(answer.body()).isEqualTo("done");
        }
    }
}
