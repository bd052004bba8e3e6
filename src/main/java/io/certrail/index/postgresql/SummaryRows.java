package io.certrail.index.postgresql;

import io.certrail.index.Summary;
import io.certrail.index.Summary.Count;
import io.certrail.index.Summary.Tally;
import io.certrail.index.SummaryQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts records. */
final class SummaryRows {
    private SummaryRows() {}

    static Summary summary(Connection connection, SummaryQuery query) throws SQLException {
        return new Summary(
                buckets(connection, query),
                totals(connection, query),
                tallies(connection, query, "host(address)", "address", "null"),
                tallies(
                        connection,
                        query,
                        "sha256",
                        "sha256",
                        "(select min(subject) from certificate where certificate.sha256 = record.sha256)"));
    }

    private static Map<Integer, List<Count>> buckets(Connection connection, SummaryQuery query) throws SQLException {
        Sql sql = new Sql(
                "select event, outcome, reason, count(*),"
                        + " floor(extract(epoch from time - cast(? as timestamptz)) * 1000000 / ?)::int from record",
                query.from(),
                query.bucketMicros());
        Conditions.records(sql, query.filter());
        sql.append(" group by 1, 2, 3, 5 order by 1, 2, 3");
        Map<Integer, List<Count>> buckets = new TreeMap<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                int bucket = Math.min(rows.getInt(5), query.buckets() - 1);
                buckets.computeIfAbsent(bucket, number -> new ArrayList<>()).add(count(rows));
            }
        }
        return buckets;
    }

    private static List<Count> totals(Connection connection, SummaryQuery query) throws SQLException {
        Sql sql = new Sql("select event, outcome, reason, count(*) from record");
        Conditions.records(sql, query.filter());
        sql.append(" group by 1, 2, 3 order by 1, 2, 3");
        List<Count> totals = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                totals.add(count(rows));
            }
        }
        return totals;
    }

    private static Count count(ResultSet rows) throws SQLException {
        return new Count(rows.getString(1), rows.getString(2), rows.getString(3), rows.getLong(4));
    }

    private static List<Tally> tallies(
            Connection connection, SummaryQuery query, String shown, String column, String subject)
            throws SQLException {
        Sql sql = new Sql("select " + shown + ", count(*), count(*) filter (where outcome = 'failure'), " + subject
                + " from record");
        Conditions.records(sql, query.filter());
        sql.where(column + " is not null");
        sql.append(" group by record." + column + " order by 3 desc, 2 desc, 1 limit ?", Summary.MAX_TALLIES);
        List<Tally> tallies = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                tallies.add(new Tally(rows.getString(1), rows.getString(4), rows.getLong(2), rows.getLong(3)));
            }
        }
        return tallies;
    }
}
