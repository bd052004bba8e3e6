package io.certrail.index.postgresql;

import io.certrail.index.BadCursorException;
import io.certrail.index.CertificatePage;
import io.certrail.index.CertificateQuery;
import io.certrail.index.SeenCertificate;
import io.certrail.index.SeenCertificateText;
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
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Searches for certificates. */
final class CertificateRows {
    private static final Pattern CURSOR = Pattern.compile("(-?\\d{1,18})\\.([0-9a-f]{1,64})\\.(\\d{1,9})");

    private CertificateRows() {}

    static CertificatePage page(Connection connection, CertificateQuery query) throws SQLException {
        String column = query.sort().name().toLowerCase(Locale.ROOT);
        Sql sql = new Sql("select described, " + column + ", sha256, trail from certificate");
        Conditions.certificates(sql, query);
        if (query.cursor() != null) {
            after(sql, column, query);
        }
        sql.append(
                " order by " + column + (query.descending() ? " desc" : "") + ", sha256, trail limit ?",
                query.limit() + 1);
        List<SeenCertificate> found = new ArrayList<>();
        String last = null;
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                if (found.size() == query.limit()) {
                    return new CertificatePage(found, last);
                }
                found.add(SeenCertificateText.parse(rows.getString(1)));
                Instant value = rows.getObject(2, OffsetDateTime.class).toInstant();
                last = SummaryQuery.micros(value) + "." + rows.getString(3) + "." + rows.getInt(4);
            }
        }
        return new CertificatePage(found, null);
    }

    private static void after(Sql sql, String column, CertificateQuery query) {
        Matcher cursor = CURSOR.matcher(String.valueOf(query.cursor()));
        if (!cursor.matches()) {
            throw new BadCursorException();
        }
        Instant value = Instant.EPOCH.plus(Long.parseLong(cursor.group(1)), ChronoUnit.MICROS);
        sql.where(
                column + (query.descending() ? " < ?" : " > ?") + " or (" + column
                        + " = ? and (sha256, trail) > (?, ?))",
                value,
                value,
                cursor.group(2),
                Integer.parseInt(cursor.group(3)));
    }

    static Optional<SeenCertificate> find(Connection connection, String origin, String sha256) throws SQLException {
        Sql sql = new Sql("select described from certificate")
                .where("sha256 = ? and trail = (select id from trail where origin = ?)", sha256, origin);
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(SeenCertificateText.parse(rows.getString(1))) : Optional.empty();
        }
    }
}
