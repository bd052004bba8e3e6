package io.certrail.index.postgresql;

import io.certrail.index.BadCursorException;
import io.certrail.index.RecordPage;
import io.certrail.index.RecordPage.Found;
import io.certrail.index.RecordQuery;
import io.certrail.index.RecordQuery.Order;
import io.certrail.index.SummaryQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Searches for records: in the order of their time, since sequences of several trails say nothing of each other. */
final class RecordRows {
    private static final String COLUMNS =
            "select trail.origin, sequence, line, time, trail from record" + " join trail on trail.id = record.trail";
    private static final Pattern CURSOR = Pattern.compile("(\\d{1,18})\\.(\\d{1,9})\\.(\\d{1,18})");

    private RecordRows() {}

    static RecordPage page(Connection connection, RecordQuery query) throws SQLException {
        boolean newest = query.order() == Order.NEWEST;
        Sql sql = new Sql(COLUMNS);
        Conditions.records(sql, query.filter());
        if (query.cursor() != null) {
            Matcher cursor = CURSOR.matcher(query.cursor());
            if (!cursor.matches()) {
                throw new BadCursorException();
            }
            sql.where(
                    "(time, trail, sequence) " + (newest ? "<" : ">") + " (?, ?, ?)",
                    Instant.EPOCH.plus(Long.parseLong(cursor.group(1)), ChronoUnit.MICROS),
                    Integer.parseInt(cursor.group(2)),
                    Long.parseLong(cursor.group(3)));
        }
        String direction = newest ? " desc" : "";
        sql.append(" order by time" + direction + ", trail" + direction + ", sequence" + direction);
        sql.append(" limit ?", query.limit() + 1);
        return page(connection, sql, query.limit());
    }

    private static RecordPage page(Connection connection, Sql sql, int limit) throws SQLException {
        List<Found> found = new ArrayList<>();
        String last = null;
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                if (found.size() == limit) {
                    return new RecordPage(found, last, 0);
                }
                found.add(new Found(rows.getString(1), rows.getLong(2), rows.getBytes(3)));
                Instant time = rows.getObject(4, OffsetDateTime.class).toInstant();
                last = SummaryQuery.micros(time) + "." + rows.getInt(5) + "." + rows.getLong(2);
            }
        }
        return new RecordPage(found, null, 0);
    }

    static Optional<Found> find(Connection connection, String origin, long sequence) throws SQLException {
        Sql sql = new Sql(COLUMNS).where("trail.origin = ? and sequence = ?", origin, sequence);
        return page(connection, sql, 1).records().stream().findFirst();
    }

    /** By the primary key: in the order of time, records of other trails could stand before it, any number of them. */
    static Optional<Found> oldest(Connection connection, String origin) throws SQLException {
        Sql sql = new Sql(COLUMNS)
                .where("record.trail = (select id from trail where origin = ?)", origin)
                .append(" order by record.trail, sequence limit 1");
        return page(connection, sql, 1).records().stream().findFirst();
    }
}
