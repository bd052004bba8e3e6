package io.certrail.index.postgresql;

import io.certrail.index.AddressPrefix;
import io.certrail.index.CertificateCondition;
import io.certrail.index.CertificateQuery;
import io.certrail.index.RecordFilter;
import io.certrail.index.RecordFilter.Field;
import io.certrail.index.RecordFilter.StatusRange;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** From conditions to SQL's: names of columns are ours, values are bound. */
final class Conditions {
    private Conditions() {}

    static void records(Sql sql, RecordFilter filter) {
        if (filter.from() != null) {
            sql.where("time >= ?", filter.from());
        }
        if (filter.to() != null) {
            sql.where("time < ?", filter.to());
        }
        filter.equal().forEach((field, values) -> {
            if (field == Field.ORIGIN) {
                origins(sql, values);
            } else if (!field.isOfCertificate()) {
                sql.whereIn(column(field), values);
            }
        });
        if (filter.asksForCertificate()) {
            Sql certificates = new Sql("select sha256 from certificate");
            certificates(certificates, filter.certificateCondition());
            sql.where("sha256 in (", certificates, ")");
        }
        addresses(sql, filter.addresses());
        statuses(sql, filter.statuses());
    }

    private static String column(Field field) {
        return field == Field.USER ? "user_name" : field.name().toLowerCase(Locale.ROOT);
    }

    private static void origins(Sql sql, List<String> origins) {
        Sql trails = new Sql("select id from trail").whereIn("origin", origins);
        sql.where("trail in (", trails, ")");
    }

    private static void addresses(Sql sql, List<AddressPrefix> blocks) {
        if (!blocks.isEmpty()) {
            String any = String.join(" or ", Collections.nCopies(blocks.size(), "address <<= cast(? as inet)"));
            sql.where(any, blocks.stream().map(AddressPrefix::text).toArray());
        }
    }

    private static void statuses(Sql sql, List<StatusRange> ranges) {
        if (!ranges.isEmpty()) {
            String any = String.join(" or ", Collections.nCopies(ranges.size(), "status between ? and ?"));
            sql.where(
                    any,
                    ranges.stream()
                            .flatMap(range -> List.of(range.least(), range.most()).stream())
                            .toArray());
        }
    }

    static void certificates(Sql sql, CertificateCondition condition) {
        condition.equal().forEach((field, values) -> {
            if (field == Field.SAN) {
                sql.where("names && array[" + Sql.marks(values.size()) + "]::text[]", values.toArray());
            } else {
                sql.whereIn(field.name().toLowerCase(Locale.ROOT), values);
            }
        });
        if (condition.subjectPart() != null) {
            sql.where("position(? in subject_lower) > 0", condition.subjectPart());
        }
    }

    static void certificates(Sql sql, CertificateQuery query) {
        certificates(sql, query.condition());
        if (!query.origins().isEmpty()) {
            origins(sql, query.origins());
        }
        if (query.newSince() != null) {
            sql.where("first_seen >= ?", query.newSince());
        }
        if (query.seenSince() != null) {
            sql.where("last_seen >= ?", query.seenSince());
        }
        if (query.expiresFrom() != null) {
            sql.where("not_after >= ?", query.expiresFrom());
        }
        if (query.expiresBefore() != null) {
            sql.where("not_after < ?", query.expiresBefore());
        }
        if (query.accepted() != null) {
            sql.where("accepted = ?", query.accepted());
        }
        if (query.rekeyed()) {
            sql.where("rekeyed");
        }
    }
}
