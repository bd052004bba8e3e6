package io.certrail.index.lucene;

import io.certrail.index.AddressPrefix;
import io.certrail.index.IndexedRecord;
import io.certrail.index.PresentedCertificate;
import io.certrail.index.SeenCertificate;
import io.certrail.index.SeenCertificateText;
import io.certrail.index.SummaryQuery;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.InetAddressPoint;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * How records and certificates lie in the index. A record tells of its certificate by SHA-256 only. A change here needs another
 * {@link #LAYOUT}: an index of another layout is made anew.
 */
final class Documents {
    /** Version of the fields below. */
    static final String LAYOUT = "2";

    static final String SEQUENCE = "sequence";
    static final String OFFSET = "offset";
    static final String TIME = "time";
    /** Event, outcome and reason in one, to be counted. */
    static final String KIND = "kind";

    static final String SOURCE = "source";
    static final String ADDRESS = "address";
    static final String STATUS = "status";

    static final String CERTIFICATE = "certificate";
    static final String SUBJECT_LOWER = "c.subject_lower";
    static final String FIRST_SEEN = "c.first_seen";
    static final String LAST_SEEN = "c.last_seen";
    static final String NOT_AFTER = "c.not_after";
    static final String ACCEPTED = "c.accepted";
    static final String REKEYED = "c.rekeyed";
    static final String TEXT = "c.text";

    /** The longest term that Lucene takes, in bytes. What is longer is cut; so is what is asked for. */
    private static final int MAX_TERM = 8000;

    private Documents() {}

    static Document of(IndexedRecord record) {
        Document document = new Document();
        document.add(new LongPoint(SEQUENCE, record.sequence()));
        document.add(new NumericDocValuesField(SEQUENCE, record.sequence()));
        document.add(new NumericDocValuesField(OFFSET, record.offset()));
        number(document, TIME, SummaryQuery.micros(record.time()));
        document.add(new SortedDocValuesField(KIND, new BytesRef(kind(record))));
        text(document, "event", record.event());
        text(document, "outcome", record.outcome());
        text(document, "reason", record.reason());
        text(document, "connection_id", record.connection());
        text(document, "request_id", record.request());
        text(document, "trace_id", record.trace());
        text(document, "route", record.route());
        text(document, "user", record.user());
        if (record.status() >= 0) {
            document.add(new IntPoint(STATUS, record.status()));
        }
        PresentedCertificate certificate = record.certificate();
        if (certificate != null) {
            text(document, "sha256", certificate.sha256());
            document.add(new SortedDocValuesField("sha256", term(certificate.sha256())));
        }
        address(document, record.address());
        return document;
    }

    private static String kind(IndexedRecord record) {
        return record.event() + '\n' + record.outcome() + '\n' + (record.reason() == null ? "" : record.reason());
    }

    private static void address(Document document, @Nullable String address) {
        byte[] bytes = address == null ? null : AddressPrefix.address(address);
        if (address != null && bytes != null) {
            document.add(new InetAddressPoint(ADDRESS, inet(bytes)));
            document.add(new SortedDocValuesField(SOURCE, term(address)));
        }
    }

    static InetAddress inet(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("expected 4 or 16 bytes, not " + bytes.length, e);
        }
    }

    static Document of(SeenCertificate seen) {
        PresentedCertificate certificate = seen.certificate();
        Document document = new Document();
        text(document, CERTIFICATE, certificate.sha256());
        document.add(new SortedDocValuesField(CERTIFICATE, term(certificate.sha256())));
        text(document, "c.subject", certificate.subject());
        text(document, SUBJECT_LOWER, certificate.subject().toLowerCase(Locale.ROOT));
        text(document, "c.issuer", certificate.issuer());
        text(document, "c.serial", certificate.serial());
        certificate.names().forEach(name -> text(document, "c.san", name));
        number(document, FIRST_SEEN, SummaryQuery.micros(seen.firstSeen()));
        number(document, LAST_SEEN, SummaryQuery.micros(seen.lastSeen()));
        number(
                document,
                NOT_AFTER,
                certificate.notAfter() == null ? Long.MAX_VALUE : SummaryQuery.micros(certificate.notAfter()));
        text(document, ACCEPTED, Boolean.toString(seen.accepted()));
        text(document, REKEYED, Boolean.toString(seen.rekeyed()));
        document.add(new StoredField(TEXT, SeenCertificateText.of(seen)));
        return document;
    }

    private static void number(Document document, String field, long value) {
        document.add(new LongPoint(field, value));
        document.add(new NumericDocValuesField(field, value));
    }

    private static void text(Document document, String field, @Nullable String value) {
        if (value != null) {
            document.add(new StringField(field, term(value), Field.Store.NO));
        }
    }

    static BytesRef term(String value) {
        BytesRef term = new BytesRef(value);
        term.length = Math.min(term.length, MAX_TERM);
        return term;
    }
}
