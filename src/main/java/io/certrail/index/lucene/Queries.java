package io.certrail.index.lucene;

import io.certrail.index.AddressPrefix;
import io.certrail.index.CertificateCondition;
import io.certrail.index.CertificateQuery;
import io.certrail.index.RecordFilter;
import io.certrail.index.RecordFilter.Field;
import io.certrail.index.SummaryQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.document.InetAddressPoint;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** From conditions to Lucene's queries: by building them, never by parsing a text. */
final class Queries {
    private Queries() {}

    /**
     * Records.
     *
     * @param certificates SHA-256 of those that meet the conditions on certificates; {@code null}: there are none
     */
    static Query records(RecordFilter filter, @Nullable List<BytesRef> certificates, long least, long most) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        boolean everything = least == 0 && most == Long.MAX_VALUE;
        filter(all, everything ? new FieldExistsQuery(Documents.SEQUENCE) : range(Documents.SEQUENCE, least, most));
        filter.equal().forEach((field, values) -> {
            if (!field.isOfCertificate() && field != Field.ORIGIN) {
                filter(all, terms(field.name().toLowerCase(Locale.ROOT), values));
            }
        });
        if (certificates != null) {
            filter(all, certificates.isEmpty() ? new MatchNoDocsQuery() : new TermInSetQuery("sha256", certificates));
        }
        if (filter.from() != null || filter.to() != null) {
            filter(all, times(Documents.TIME, filter.from(), filter.to()));
        }
        if (!filter.addresses().isEmpty()) {
            filter(all, any(filter.addresses().stream().map(Queries::block).toList()));
        }
        if (!filter.statuses().isEmpty()) {
            filter(
                    all,
                    any(filter.statuses().stream()
                            .map(range -> IntPoint.newRangeQuery(Documents.STATUS, range.least(), range.most()))
                            .toList()));
        }
        return all.build();
    }

    private static Query block(AddressPrefix block) {
        Query within = InetAddressPoint.newPrefixQuery(Documents.ADDRESS, Documents.inet(block.first()), block.bits());
        if (block.first().length == 4) {
            return within;
        }
        Query ipv4 = InetAddressPoint.newPrefixQuery(Documents.ADDRESS, Documents.inet(new byte[4]), 0);
        return new BooleanQuery.Builder() // here an IPv4 address is an IPv6 one in ::ffff:0:0/96
                .add(within, Occur.FILTER)
                .add(ipv4, Occur.MUST_NOT)
                .build();
    }

    static Query certificates(CertificateQuery query) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        filter(all, certificates(query.condition()));
        if (query.newSince() != null) {
            filter(all, times(Documents.FIRST_SEEN, query.newSince(), null));
        }
        if (query.seenSince() != null) {
            filter(all, times(Documents.LAST_SEEN, query.seenSince(), null));
        }
        if (query.expiresFrom() != null || query.expiresBefore() != null) {
            filter(all, times(Documents.NOT_AFTER, query.expiresFrom(), query.expiresBefore()));
        }
        if (query.accepted() != null) {
            filter(all, terms(Documents.ACCEPTED, List.of(query.accepted().toString())));
        }
        if (query.rekeyed()) {
            filter(all, terms(Documents.REKEYED, List.of("true")));
        }
        return all.build();
    }

    static Query certificates(CertificateCondition condition) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        filter(all, new FieldExistsQuery(Documents.CERTIFICATE));
        condition.equal().forEach((field, values) -> filter(all, terms(certificateField(field), values)));
        String part = condition.subjectPart();
        if (part != null) {
            filter(all, new WildcardQuery(new Term(Documents.SUBJECT_LOWER, "*" + literal(part) + "*")));
        }
        return all.build();
    }

    private static String certificateField(Field field) {
        return field == Field.SHA256
                ? Documents.CERTIFICATE
                : "c." + field.name().toLowerCase(Locale.ROOT);
    }

    /** So that no character of it is a wildcard. */
    private static String literal(String part) {
        StringBuilder literal = new StringBuilder();
        part.codePoints()
                .forEach(c -> literal.append("*?\\".indexOf(c) >= 0 ? "\\" : "").appendCodePoint(c));
        return literal.toString();
    }

    private static Query terms(String field, List<String> values) {
        if (values.size() == 1) {
            return new TermQuery(new Term(field, Documents.term(values.get(0))));
        }
        return new TermInSetQuery(field, values.stream().map(Documents::term).toList());
    }

    private static Query times(String field, @Nullable Instant from, @Nullable Instant to) {
        return range(
                field,
                from == null ? Long.MIN_VALUE : SummaryQuery.micros(from),
                to == null ? Long.MAX_VALUE : SummaryQuery.micros(to) - 1);
    }

    private static Query range(String field, long least, long most) {
        return least > most ? new MatchNoDocsQuery() : LongPoint.newRangeQuery(field, least, most);
    }

    private static Query any(List<Query> queries) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        new ArrayList<>(queries).forEach(query -> any.add(query, Occur.SHOULD));
        return any.build();
    }

    private static void filter(BooleanQuery.Builder all, Query query) {
        all.add(query, Occur.FILTER);
    }
}
