package io.certrail.index.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** A statement as it is put together: text of ours, and values that are bound, texts as {@link #plain}. For one thread. */
final class Sql {
    private final StringBuilder text;
    private final List<Object> values = new ArrayList<>();
    private String separator = " where ";

    Sql(String text, Object... values) {
        this.text = new StringBuilder(text);
        this.values.addAll(List.of(values));
    }

    /** One more condition that must hold. */
    Sql where(String condition, Object... bound) {
        text.append(separator).append('(').append(condition).append(')');
        values.addAll(List.of(bound));
        separator = " and ";
        return this;
    }

    /** That a column has one of these values. */
    Sql whereIn(String column, Collection<String> of) {
        return where(column + " in (" + marks(of.size()) + ")", of.toArray());
    }

    static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    Sql append(String more, Object... bound) {
        text.append(more);
        values.addAll(List.of(bound));
        return this;
    }

    /** This with another as a part of its condition. */
    Sql where(String before, Sql inner, String after) {
        return where(before + inner.text + after, inner.values.toArray());
    }

    /** Text as PostgreSQL can hold it: it knows no NUL. */
    static String plain(String value) {
        return value.replace('\u0000', '\ufffd');
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, bound(values.get(i)));
        }
        return statement;
    }

    private static Object bound(Object value) {
        if (value instanceof String words) {
            return plain(words);
        }
        return value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value;
    }
}
