package io.certrail.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.Server;
import io.certrail.dev.pki.Client;
import io.certrail.it.Connection.Answer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The index in a real PostgreSQL, by a data source that the server has under a JNDI name. */
final class PostgresIT {
    private static final String NAME = "java:app/jdbc/certrail";

    private final Site site = Site.current();

    @Test
    void recordsAreSearchedInTheDatabaseThatTheDataSourceLeadsTo() throws Exception {
        int port = Site.freePort();
        try (EmbeddedPostgres database = EmbeddedPostgres.builder().start()) {
            var options = site.server("postgres", port)
                    .trail(site.folder().resolve("postgres-trail"))
                    .property("certrail.index.data-source", NAME)
                    .deploy(withDataSource(database.getPort()), "/");
            try (Server server = Server.start(options, line -> {});
                    var auditor = new TlsClient(port, site.certificates().context(Client.AUDITOR)).connect()) {
                String id = auditor.get("/api/whoami").requestId();

                assertThat(found(auditor, "/api/records?request_id=" + id, id)).contains("\"coverage\"");
                assertThat(auditor.get("/api/trail").body()).contains("\"engine\":\"postgresql\"");
                assertThat(requests(database, id)).isEqualTo(1);
                assertThat(server.stop()).isTrue();
            }
        }
    }

    /** Asks until what was recorded is indexed. */
    private static String found(Connection auditor, String path, String id) throws Exception {
        for (int i = 0; i < 300; i++) {
            Answer answer = auditor.get(path);
            if (answer.status() == 200 && answer.body().contains("\"id\":\"" + id)) {
                return answer.body();
            }
            Thread.sleep(100);
        }
        throw new AssertionError(
                auditor.get(path).body() + auditor.get("/api/trail").body());
    }

    private static int requests(EmbeddedPostgres database, String id) throws SQLException {
        try (var connection = database.getPostgresDatabase().getConnection();
                var statement = connection.prepareStatement(
                        "select count(*) from record where event = 'http.request' and request_id = ?")) {
            statement.setString(1, id);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /** Certrail with a driver, and a data source of the application's (Jakarta EE 10, section 5.18): no server needs more. */
    private Path withDataSource(int port) throws IOException {
        WebArchive war = ShrinkWrap.createFromZipFile(
                WebArchive.class, Site.built("certrail.war").toFile());
        war.addAsLibrary(ShrinkWrap.create(JavaArchive.class, "source.jar")
                .addAsManifestResource(new StringAsset(fragment(port)), "web-fragment.xml"));
        war.addAsLibrary(Path.of(org.postgresql.ds.PGSimpleDataSource.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toFile());
        Path file = site.folder().resolve("postgres.war");
        war.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    private static String fragment(int port) {
        return """
                <web-fragment xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                  <data-source>
                    <name>%s</name>
                    <class-name>org.postgresql.ds.PGSimpleDataSource</class-name>
                    <server-name>localhost</server-name>
                    <port-number>%d</port-number>
                    <database-name>postgres</database-name>
                    <user>postgres</user>
                    <password>any, for it trusts this machine</password>
                  </data-source>
                </web-fragment>
                """
                .formatted(NAME, port);
    }
}
