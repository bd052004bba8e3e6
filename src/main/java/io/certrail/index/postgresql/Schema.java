package io.certrail.index.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/** The tables, brought up to date by Flyway. Scripts are named here, since not every server's class loader lets them be searched for. */
final class Schema {
    private static final String HISTORY = "certrail_schema";

    private Schema() {}

    /** Makes or updates the tables; servers that start at the same time wait for each other. */
    static void migrate(DataSource source) throws IOException {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(source)
                    .table(HISTORY)
                    .locations(new String[0])
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .javaMigrations(
                            new Script("1", "records", "1-records.sql"),
                            new Script("2", "last line", "2-last-line.sql"),
                            new Script("3", "long subjects", "3-long-subjects.sql"),
                            new Script("4", "skipped", "4-skipped.sql"),
                            new Script("5", "layout", "5-layout.sql"),
                            new Script("6", "forgotten", "6-forgotten.sql"))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new IOException("The index's tables can not be made or updated: " + e.getMessage(), e);
        }
    }

    private record Script(String version, String description, String resource) implements JavaMigration {
        @Override
        public MigrationVersion getVersion() {
            return MigrationVersion.fromVersion(version);
        }

        @Override
        public String getDescription() {
            return description;
        }

        @Override
        public @Nullable Integer getChecksum() {
            return text().hashCode();
        }

        @Override
        public boolean canExecuteInTransaction() {
            return true;
        }

        @Override
        public void migrate(Context context) throws Exception {
            try (Statement statement = context.getConnection().createStatement()) {
                statement.execute(text());
            }
        }

        private String text() {
            try (InputStream in = Schema.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalStateException("no " + resource);
                }
                return new String(in.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
