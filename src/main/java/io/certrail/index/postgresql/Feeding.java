package io.certrail.index.postgresql;

import io.certrail.index.AddressPrefix;
import io.certrail.index.IndexBatch;
import io.certrail.index.IndexedRecord;
import io.certrail.index.PresentedCertificate;
import io.certrail.index.SeenCertificate;
import io.certrail.index.SeenCertificateText;
import io.certrail.index.Skipped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Brings one batch into the tables, in one transaction of the caller's. */
final class Feeding {
    /** Version of what stands in the rows; 1 is that of all before it was told. */
    static final int LAYOUT = 2;

    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private final Connection connection;

    Feeding(Connection connection) {
        this.connection = connection;
    }

    void apply(IndexBatch batch) throws SQLException, IOException {
        Locked row = lock(batch);
        int trail = row.id();
        Skipped skipped = row.skipped().after(batch);
        records(trail, batch.lines());
        certificates(trail, batch.certificates());
        run(new Sql("delete from record").where("trail = ? and sequence < ?", trail, batch.retired()));
        run(new Sql(
                "update trail set next_sequence = ?, last_line = ?, indexed_at = ?, skipped = ?, last_skipped = ?"
                        + " where id = ?",
                batch.next(),
                batch.last(),
                batch.at(),
                skipped.count(),
                skipped.last(),
                trail));
    }

    /** What a trail's row tells, while nobody else may change it. */
    private record Locked(int id, Skipped skipped) {}

    /** The trail's row, which nobody else may feed meanwhile. */
    private Locked lock(IndexBatch batch) throws SQLException, IOException {
        run(new Sql(
                "insert into trail (origin, layout) values (?, ?) on conflict (origin) do nothing",
                batch.origin(),
                LAYOUT));
        Sql row = new Sql(
                "select id, next_sequence, skipped, last_skipped from trail where origin = ? for update",
                batch.origin());
        try (PreparedStatement statement = row.prepare(connection);
                ResultSet found = statement.executeQuery()) {
            found.next();
            long next = found.getLong(2);
            if (!batch.lines().isEmpty() && batch.lines().get(0).record().sequence() < next) {
                throw new IOException("the trail " + batch.origin() + " is fed by another server, too: it stands at "
                        + next + ". Give each server an origin of its own");
            }
            return new Locked(found.getInt(1), new Skipped(found.getLong(3), found.getLong(4)));
        }
    }

    private void run(Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            statement.executeUpdate();
        }
    }

    private void records(int trail, List<IndexBatch.Line> lines) throws SQLException {
        String insert = "insert into record (trail, sequence, time, event, outcome, reason, sha256, address,"
                + " connection_id, request_id, trace_id, route, status, user_name, line)"
                + " values (?, ?, ?, ?, ?, ?, ?, cast(? as inet), ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (IndexBatch.Line line : lines) {
                IndexedRecord record = line.record();
                PresentedCertificate certificate = record.certificate();
                statement.setInt(1, trail);
                statement.setLong(2, record.sequence());
                statement.setObject(3, record.time().atOffset(ZoneOffset.UTC));
                text(statement, 4, record.event());
                text(statement, 5, record.outcome());
                text(statement, 6, record.reason());
                text(statement, 7, certificate == null ? null : certificate.sha256());
                text(statement, 8, address(record.address()));
                text(statement, 9, record.connection());
                text(statement, 10, record.request());
                text(statement, 11, record.trace());
                text(statement, 12, record.route());
                statement.setObject(13, record.status() < 0 ? null : record.status(), Types.INTEGER);
                text(statement, 14, record.user());
                statement.setBytes(15, line.bytes());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void text(PreparedStatement statement, int at, @Nullable String value) throws SQLException {
        statement.setString(at, value == null ? null : Sql.plain(value));
    }

    private static @Nullable String address(@Nullable String recorded) {
        byte[] bytes = recorded == null ? null : AddressPrefix.address(recorded);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private void certificates(int trail, List<SeenCertificate> certificates) throws SQLException {
        String upsert =
                "insert into certificate (trail, sha256, subject, subject_lower, issuer, serial, names, first_seen,"
                        + " last_seen, not_after, accepted, rekeyed, described) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (sha256, trail) do update set first_seen = excluded.first_seen,"
                        + " last_seen = excluded.last_seen, accepted = excluded.accepted, rekeyed = excluded.rekeyed,"
                        + " described = excluded.described";
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            for (SeenCertificate seen : certificates) {
                PresentedCertificate certificate = seen.certificate();
                statement.setInt(1, trail);
                text(statement, 2, certificate.sha256());
                text(statement, 3, certificate.subject());
                text(statement, 4, certificate.subject().toLowerCase(Locale.ROOT));
                text(statement, 5, certificate.issuer());
                text(statement, 6, certificate.serial());
                Object[] names = certificate.names().stream().map(Sql::plain).toArray();
                statement.setArray(7, connection.createArrayOf("text", names));
                time(statement, 8, seen.firstSeen());
                time(statement, 9, seen.lastSeen());
                time(statement, 10, Objects.requireNonNullElse(certificate.notAfter(), NEVER));
                statement.setBoolean(11, seen.accepted());
                statement.setBoolean(12, seen.rekeyed());
                text(statement, 13, SeenCertificateText.of(seen));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void time(PreparedStatement statement, int at, Instant time) throws SQLException {
        statement.setObject(at, (time.isAfter(NEVER) ? NEVER : time).atOffset(ZoneOffset.UTC));
    }
}
