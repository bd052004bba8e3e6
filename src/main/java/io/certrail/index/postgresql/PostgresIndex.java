package io.certrail.index.postgresql;

import io.certrail.index.CertificatePage;
import io.certrail.index.CertificateQuery;
import io.certrail.index.Coverage;
import io.certrail.index.IndexBatch;
import io.certrail.index.RecordIndex;
import io.certrail.index.RecordPage;
import io.certrail.index.RecordPage.Found;
import io.certrail.index.RecordQuery;
import io.certrail.index.SeenCertificate;
import io.certrail.index.Skipped;
import io.certrail.index.SlowSearchException;
import io.certrail.index.Summary;
import io.certrail.index.SummaryQuery;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The engine over PostgreSQL. Safe for use by any thread. */
public final class PostgresIndex implements RecordIndex {
    private static final Logger LOG = System.getLogger(PostgresIndex.class.getName());
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final String CANCELLED = "57014"; // query_canceled: here by statement_timeout

    private final DataSource source;

    private PostgresIndex(DataSource source) {
        this.source = source;
    }

    /**
     * Makes the tables, or brings them up to date.
     *
     * @param source connections of a role that may create tables in its schema
     */
    public static PostgresIndex open(DataSource source) throws IOException {
        Schema.migrate(source);
        return new PostgresIndex(source);
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException, IOException;
    }

    private <T> T inTransaction(Work<T> work) throws IOException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            T done = allOrNothing(connection, work);
            connection.setAutoCommit(true); // back in a pool, it is as it was
            return done;
        } catch (SQLException e) {
            if (CANCELLED.equals(e.getSQLState())) {
                throw new SlowSearchException(LONGEST);
            }
            throw new IOException("PostgreSQL: " + e.getMessage(), e);
        }
    }

    /** Errors roll back, too. Only then is auto-commit switched on again, which commits. */
    private static <T> T allOrNothing(Connection connection, Work<T> work) throws SQLException, IOException {
        try {
            T done = work.on(connection);
            connection.commit();
            return done;
        } catch (Throwable e) {
            undo(connection, e);
            throw e;
        }
    }

    private static void undo(Connection connection, Throwable cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) { // where the connection is gone, so is what was done on it
            cause.addSuppressed(e);
        }
    }

    private <T> T search(Work<T> work) throws IOException {
        return inTransaction(connection -> {
            limit(connection, LONGEST);
            return work.on(connection);
        });
    }

    /** What a statement of this transaction may take, whatever the role's limit is; zero: any time. */
    private static void limit(Connection connection, Duration longest) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local statement_timeout = " + longest.toMillis());
        }
    }

    @Override
    public String engine() {
        return "postgresql";
    }

    @Override
    public long next(String origin) throws IOException {
        return coverage().trails().stream()
                .filter(trail -> trail.origin().equals(origin))
                .mapToLong(Coverage.Trail::indexed)
                .findFirst()
                .orElse(0);
    }

    @Override
    public boolean forgetOutdated(String origin) throws IOException {
        boolean outdated = isOfAnotherLayout(origin);
        if (outdated) {
            LOG.log(Level.WARNING, "CTR0814 The rows of this trail are of another version, and made anew from it");
            forget(origin, List.of("record"));
        }
        return outdated;
    }

    private boolean isOfAnotherLayout(String origin) throws IOException {
        return search(connection -> {
            Sql sql = new Sql("select from trail where origin = ? and layout <> ?", origin, Feeding.LAYOUT);
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        });
    }

    @Override
    public Optional<String> last(String origin) throws IOException {
        return search(connection -> {
            Sql sql = new Sql("select last_line from trail where origin = ?", origin);
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.<String>empty();
            }
        });
    }

    @Override
    public void apply(IndexBatch batch) throws IOException {
        inTransaction(connection -> {
            new Feeding(connection).apply(batch);
            return batch;
        });
    }

    /** Every batch was committed. */
    @Override
    public void commit() {}

    @Override
    public void clear(String origin) throws IOException {
        forget(origin, List.of("record", "certificate"));
    }

    private void forget(String origin, List<String> tables) throws IOException {
        inTransaction(connection -> {
            limit(connection, Duration.ZERO); // of many rows it takes minutes, and would begin again for ever
            for (String table : tables) {
                run(
                        connection,
                        new Sql("delete from " + table)
                                .where("trail in (select id from trail where origin = ?)", origin));
            }
            return run(
                    connection,
                    new Sql(
                            "update trail set next_sequence = 0, last_line = null, skipped = 0, last_skipped = -1,"
                                    + " layout = ?, forgotten = forgotten + 1 where origin = ?",
                            Feeding.LAYOUT,
                            origin));
        });
    }

    private static int run(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            return statement.executeUpdate();
        }
    }

    @Override
    public RecordPage search(RecordQuery query) throws IOException {
        return search(connection -> RecordRows.page(connection, query));
    }

    @Override
    public Optional<Found> record(String origin, long sequence) throws IOException {
        return search(connection -> RecordRows.find(connection, origin, sequence));
    }

    @Override
    public Optional<Found> oldest(String origin) throws IOException {
        return search(connection -> RecordRows.oldest(connection, origin));
    }

    @Override
    public CertificatePage certificates(CertificateQuery query) throws IOException {
        return search(connection -> CertificateRows.page(connection, query));
    }

    @Override
    public Optional<SeenCertificate> certificate(String origin, String sha256) throws IOException {
        return search(connection -> CertificateRows.find(connection, origin, sha256));
    }

    @Override
    public Summary summarise(SummaryQuery query) throws IOException {
        return search(connection -> SummaryRows.summary(connection, query));
    }

    @Override
    public Coverage coverage() throws IOException {
        return search(connection -> {
            List<Coverage.Trail> trails = new ArrayList<>();
            Sql sql = new Sql(
                    "select origin, next_sequence, indexed_at, skipped, last_skipped, forgotten from trail order by origin");
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    OffsetDateTime at = rows.getObject(3, OffsetDateTime.class);
                    trails.add(new Coverage.Trail(
                            rows.getString(1),
                            rows.getLong(2),
                            at == null ? null : at.toInstant(),
                            new Skipped(rows.getLong(4), rows.getLong(5)),
                            rows.getInt(6)));
                }
            }
            return new Coverage(trails);
        });
    }

    /** The data source is the server's, and stays open. */
    @Override
    public void close() {}
}
