package io.certrail.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.event.AuditEvent;
import io.certrail.event.FloodEvent;
import io.certrail.event.NamedValue;
import io.certrail.index.CertificateQuery.Sort;
import io.certrail.index.RecordFilter.Field;
import io.certrail.index.RecordFilter.StatusRange;
import io.certrail.index.RecordPage.Found;
import io.certrail.index.RecordQuery.Order;
import io.certrail.index.Summary.Count;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine does, compared with who reads the whole trail and has no index. */
public abstract class RecordIndexContract {
    @TempDir
    Path folder;

    private RecordIndex index;
    private FedTrail trail;

    /** An empty index for a trail. */
    protected abstract RecordIndex open(Path trail) throws IOException;

    @BeforeEach
    final void record() throws IOException {
        index = open(folder.resolve("trail"));
        trail = new FedTrail(folder.resolve("trail"), index, FedTrail.ORIGIN);
        trail.record(Happened.events());
    }

    @AfterEach
    final void close() throws IOException {
        trail.close();
        index.close();
    }

    @Test
    final void lineThatWasIndexedLastIsKnown() throws IOException {
        long last = trail.trail().nextSequence() - 1;
        byte[] line = index.record(FedTrail.ORIGIN, last).orElseThrow().line();

        assertThat(index.last(FedTrail.ORIGIN)).contains(LastLine.hash(line));
        assertThat(index.last("nobody's")).isEmpty();
    }

    static Stream<RecordFilter> filters() {
        RecordFilter all = RecordFilter.ALL;
        return Stream.of(
                all,
                all.within(Happened.START.plusSeconds(11), null),
                all.within(null, Happened.START.plusSeconds(31)),
                all.within(Happened.START.plusSeconds(11), Happened.START.plusSeconds(31)),
                all.within(Happened.START.plusSeconds(31), Happened.START.plusSeconds(11)),
                RecordFilter.of(Field.EVENT, "tls.handshake"),
                RecordFilter.of(Field.EVENT, "tls.handshake", "audit.started"),
                RecordFilter.of(Field.OUTCOME, "failure"),
                RecordFilter.of(Field.REASON, "certificate_expired"),
                RecordFilter.of(Field.SUBJECT, "CN=Client-1,OU=clients"),
                RecordFilter.of(Field.SUBJECT, Happened.HOSTILE),
                RecordFilter.of(Field.SUBJECT, "x' OR '1'='1"),
                RecordFilter.of(Field.SUBJECT, "CN=Client-1,OU=clients", "CN=Client-2,OU=clients"),
                RecordFilter.of(Field.ISSUER, "CN=One CA"),
                RecordFilter.of(Field.SERIAL, "1f10"),
                RecordFilter.of(Field.SHA256, Happened.certificate(2, 0).sha256()),
                RecordFilter.of(Field.SAN, "DNS:one.example"),
                RecordFilter.of(Field.REQUEST_ID, "rx1"),
                RecordFilter.of(Field.REQUEST_ID, "'; drop table record; --"),
                RecordFilter.of(Field.TRACE_ID, "4bf92f3577b34da6a3ce929d0e0e472"),
                RecordFilter.of(Field.CONNECTION_ID, "boot-4"),
                RecordFilter.of(Field.ROUTE, "/api/{0}"),
                RecordFilter.of(Field.USER, "CN=user1"),
                RecordFilter.of(Field.ORIGIN, FedTrail.ORIGIN),
                part("client-1"),
                part("*"),
                part("%"),
                part("_"),
                part("?"),
                part("\\"),
                part("' or '"),
                part("ä\ud83d\ude00"),
                part("nobody"),
                part("a".repeat(256)),
                part("ab\u4e2d".repeat(85)),
                part("i\u0307".repeat(128)),
                addresses("10.1.0.0/16"),
                addresses("10.1.2.3"),
                addresses("0.0.0.0/0"),
                addresses("::/0"),
                addresses("2001:db8::/33"),
                addresses("10.2.0.0/24", "2001:db8::1/128"),
                new RecordFilter(null, null, Map.of(), null, List.of(), List.of(new StatusRange(403, 403))),
                new RecordFilter(
                        Happened.START,
                        Happened.START.plusSeconds(100),
                        Map.of(Field.EVENT, List.of("http.request"), Field.ISSUER, List.of("CN=Other CA")),
                        "client",
                        List.of(AddressPrefix.parse("10.0.0.0/8").orElseThrow()),
                        List.of(new StatusRange(200, 299), new StatusRange(400, 499))));
    }

    private static RecordFilter part(String part) {
        return new RecordFilter(null, null, Map.of(), part, List.of(), List.of());
    }

    protected static RecordFilter addresses(String... blocks) {
        List<AddressPrefix> parsed = Stream.of(blocks)
                .map(AddressPrefix::parse)
                .map(Optional::orElseThrow)
                .toList();
        return new RecordFilter(null, null, Map.of(), null, parsed, List.of());
    }

    @Test
    final void findsWhatAReaderOfTheWholeTrailFinds() throws IOException {
        for (RecordFilter filter : filters().toList()) {
            assertFindsWhatAReaderFinds(filter);
        }
    }

    private void assertFindsWhatAReaderFinds(RecordFilter filter) throws IOException {
        List<Long> expected = trail.records().stream()
                .filter(filter::matches)
                .map(IndexedRecord::sequence)
                .toList();
        List<Long> oldest = walk(filter, Order.OLDEST, 1000);
        assertThat(sorted(oldest)).as("%s", filter).isEqualTo(expected);
        List<Long> newest = walk(filter, Order.NEWEST, 3);
        Collections.reverse(newest);
        assertThat(newest).as("%s: the same order in pages, backwards", filter).isEqualTo(oldest);
    }

    private static List<Long> sorted(List<Long> sequences) {
        return sequences.stream().sorted().toList();
    }

    private List<Long> walk(RecordFilter filter, Order order, int limit) throws IOException {
        List<Long> sequences = new ArrayList<>();
        String cursor = null;
        do {
            RecordPage page = index.search(new RecordQuery(filter, order, limit, cursor));
            assertThat(page.unreadable()).isZero();
            assertThat(page.records()).hasSizeLessThanOrEqualTo(limit);
            for (Found found : page.records()) {
                assertThat(found.origin()).isEqualTo(FedTrail.ORIGIN);
                assertThat(found.line()).isEqualTo(trail.line(found.sequence()));
                sequences.add(found.sequence());
            }
            cursor = page.next();
        } while (cursor != null);
        return sequences;
    }

    @Test
    final void pageBeginsWhereTheOneBeforeEndedWhateverWasRecordedMeanwhile() throws IOException {
        RecordFilter requests = RecordFilter.of(Field.EVENT, "http.request");
        RecordPage first = index.search(RecordQuery.of(requests, Order.NEWEST, 5));
        trail.record(List.of(Happened.request(Happened.connection(99, null, "10.9.9.9"), 999, "late", 200)));
        RecordPage second = index.search(new RecordQuery(requests, Order.NEWEST, 5, first.next()));
        List<Long> both = Stream.concat(first.records().stream(), second.records().stream())
                .map(Found::sequence)
                .toList();
        assertThat(both).doesNotHaveDuplicates().isSortedAccordingTo(Collections.reverseOrder());
        assertThat(both.get(4) - 1).as("no record between").isIn(both.get(5), both.get(5) + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-", "1;drop", "99999999999999999999999", "1.2.3.4.5", "' or 1=1"})
    final void cursorOfNoPageIsRefused(String cursor) {
        assertThatThrownBy(() -> index.search(new RecordQuery(RecordFilter.ALL, Order.NEWEST, 5, cursor)))
                .isInstanceOf(BadCursorException.class);
        assertThatThrownBy(() -> index.certificates(certificates(CertificateCondition.NONE, false, null, 5, cursor)))
                .isInstanceOf(BadCursorException.class);
    }

    private static CertificateQuery certificates(
            CertificateCondition condition,
            boolean rekeyed,
            @Nullable Boolean accepted,
            int limit,
            @Nullable String cursor) {
        return new CertificateQuery(
                condition, List.of(), null, null, null, null, rekeyed, accepted, Sort.LAST_SEEN, true, limit, cursor);
    }

    @Test
    final void certificatesTellWhatBecameOfThem() throws IOException {
        SeenCertificate one = index.certificate(
                        FedTrail.ORIGIN, Happened.certificate(1, 0).sha256())
                .orElseThrow();
        assertThat(one.certificate().names()).contains("DNS:one.example");
        assertThat(one.firstSeen()).isEqualTo(Happened.START.plusSeconds(10));
        assertThat(one.lastSeen()).isEqualTo(Happened.START.plusSeconds(63));
        assertThat(one.successes()).isEqualTo(2);
        assertThat(one.requests()).isEqualTo(6);
        assertThat(one.requestsFailed()).isEqualTo(2);
        assertThat(one.accepted()).isTrue();
        assertThat(one.addresses()).containsExactly("10.1.255.7");
        SeenCertificate three = index.certificate(
                        FedTrail.ORIGIN, Happened.certificate(3, 0).sha256())
                .orElseThrow();
        assertThat(three.failures()).containsExactly(Map.entry("certificate_expired", 1L));
        assertThat(three.accepted()).isFalse();
        assertThat(index.certificate("another", Happened.certificate(3, 0).sha256()))
                .isEmpty();
        assertThat(index.certificate(FedTrail.ORIGIN, "00")).isEmpty();
    }

    @Test
    final void certificatesOfASubjectThatHasSeveralAreToldApart() throws IOException {
        assertThat(keys(certificates(CertificateCondition.NONE, true, null, 100, null)))
                .containsExactlyInAnyOrder("2.0", "2.1", "3.0", "3.1", "0.1", "0.0", "4.0", "4.1");
        assertThat(keys(certificates(CertificateCondition.NONE, false, false, 100, null)))
                .containsExactlyInAnyOrder("3.0", "3.1");
        assertThat(keys(certificates(new CertificateCondition(Map.of(), "client-4"), false, null, 100, null)))
                .containsExactly("4.1", "4.0");
    }

    private List<String> keys(CertificateQuery query) throws IOException {
        return index.certificates(query).certificates().stream()
                .map(seen -> seen.certificate().sha256())
                .map(sha ->
                        Integer.parseInt(sha.substring(0, 62), 16) - 1 + "." + Integer.parseInt(sha.substring(62), 16))
                .toList();
    }

    @Test
    final void certificatesComeInPagesThatMissNoneAndRepeatNone() throws IOException {
        List<String> all = keys(certificates(CertificateCondition.NONE, false, null, 100, null));
        List<String> paged = new ArrayList<>();
        String cursor = null;
        do {
            CertificateQuery query = certificates(CertificateCondition.NONE, false, null, 2, cursor);
            paged.addAll(keys(query));
            cursor = index.certificates(query).next();
        } while (cursor != null);
        assertThat(paged).isEqualTo(all).doesNotHaveDuplicates().hasSizeGreaterThan(6);
    }

    @Test
    final void summaryCountsEveryRecordOnce() throws IOException {
        SummaryQuery query = new SummaryQuery(RecordFilter.ALL, Happened.START, Happened.START.plusSeconds(120), 12);
        Summary summary = index.summarise(query);
        List<IndexedRecord> within =
                trail.records().stream().filter(query.filter()::matches).toList();
        assertThat(summary.totals().stream().mapToLong(Count::count).sum()).isEqualTo(within.size());
        assertThat(count(summary.totals(), c -> "certificate_expired".equals(c.reason())))
                .isEqualTo(2);
        summary.buckets().forEach((bucket, counts) -> assertThat(count(counts, c -> true))
                .as("bucket %s", bucket)
                .isEqualTo(within.stream()
                        .filter(record -> !record.time().isBefore(query.begin(bucket))
                                && record.time().isBefore(query.begin(bucket + 1)))
                        .count()));
        assertThat(summary.sources().get(0).key()).isIn("10.1.2.3", "10.1.255.7", "2001:db8::1", "10.2.0.1");
        assertThat(summary.sources().stream().mapToLong(Summary.Tally::failures).sum())
                .isEqualTo(within.stream().filter(IndexedRecord::failed).count());
        assertThat(summary.certificates().get(0).subject()).isNotNull();
    }

    @Test
    final void summaryOfAllTimesInOnePartIsPossible() throws IOException {
        Instant last = Instant.parse("9999-12-31T23:59:59Z");
        for (int buckets : new int[] {1, 2, 499}) {
            SummaryQuery query = new SummaryQuery(RecordFilter.ALL, Instant.EPOCH, last, buckets);
            Summary summary = index.summarise(query);
            assertThat(summary.totals().stream().mapToLong(Count::count).sum())
                    .isEqualTo(trail.records().size());
            assertThat(query.begin(0)).isEqualTo(Instant.EPOCH);
            assertThat(query.begin(buckets)).isBetween(last, last.plusMillis(1));
            assertThat(summary.buckets().keySet())
                    .allSatisfy(bucket -> assertThat(query.begin(bucket)).isBefore(last));
        }
    }

    @Test
    final void nameThatNoTrailCanHaveIsNobodys() throws IOException {
        String sha256 = Happened.certificate(1, 0).sha256();
        for (String name : List.of("\0", "a\0b", "\ud800", "")) {
            assertThat(index.record(name, 1)).isEmpty();
            assertThat(index.oldest(name)).isEmpty();
            assertThat(index.last(name)).isEmpty();
            assertThat(index.certificate(name, sha256)).isEmpty();
            assertThat(walk(RecordFilter.of(Field.ORIGIN, name), Order.NEWEST, 5))
                    .isEmpty();
        }
        assertThat(index.certificate(FedTrail.ORIGIN, "\0")).isEmpty();
    }

    private static long count(List<Count> counts, Predicate<Count> which) {
        return counts.stream().filter(which).mapToLong(Count::count).sum();
    }

    @Test
    final void coverageTellsHowFarItHasCome() throws IOException {
        assertThat(index.coverage().trails())
                .filteredOn(known -> known.origin().equals(FedTrail.ORIGIN))
                .singleElement()
                .satisfies(known -> {
                    assertThat(known.indexed()).isEqualTo(trail.trail().nextSequence());
                    assertThat(known.at()).isNotNull();
                });
    }

    @Test
    final void linesThatAreNoRecordsAreCountedAsLongAsTheyAreThere() throws IOException {
        trail.feed().close();
        long next = index.next(FedTrail.ORIGIN);
        assertThat(skipped()).isEqualTo(Skipped.NONE);
        index.apply(withoutRecords(next + 2, new Skipped(2, next + 1), 0));
        index.apply(withoutRecords(next + 3, Skipped.NONE, 0));
        assertThat(skipped()).isEqualTo(new Skipped(2, next + 1));
        index.apply(withoutRecords(next + 4, new Skipped(1, next + 3), next + 1));
        assertThat(skipped()).isEqualTo(new Skipped(3, next + 3));
        index.apply(withoutRecords(next + 5, Skipped.NONE, next + 4));
        assertThat(skipped().count()).isZero();
        index.apply(withoutRecords(next + 6, new Skipped(1, next + 5), 0));
        assertThat(skipped()).isEqualTo(new Skipped(1, next + 5));
        index.clear(FedTrail.ORIGIN);
        assertThat(skipped()).isEqualTo(Skipped.NONE);
    }

    private static IndexBatch withoutRecords(long next, Skipped skipped, long retired) {
        return new IndexBatch(
                FedTrail.ORIGIN,
                List.of(),
                skipped,
                List.of(),
                next,
                LastLine.hash(new byte[0]),
                retired,
                Happened.START);
    }

    private Skipped skipped() throws IOException {
        return coverage().skipped();
    }

    private Coverage.Trail coverage() throws IOException {
        return index.coverage().trails().stream()
                .filter(known -> known.origin().equals(FedTrail.ORIGIN))
                .findFirst()
                .orElseThrow();
    }

    @Test
    final void floodIsFoundByItsSource() throws IOException {
        List<String> sources = List.of("10.77.1.2", "2001:db8:77:1::/64", "unknown");
        trail.record(sources.stream().map(RecordIndexContract::flood).toList());

        assertThat(floods("10.77.1.2")).containsExactly("10.77.1.2");
        assertThat(floods("10.77.0.0/16")).containsExactly("10.77.1.2");
        assertThat(floods("2001:db8:77:1::/64")).containsExactly("2001:db8:77:1::/64");
        assertThat(floods("2001:db8:77::/48")).containsExactly("2001:db8:77:1::/64");
        assertThat(floods("10.78.0.0/16")).isEmpty();
        SummaryQuery query =
                new SummaryQuery(addresses("10.77.1.2"), Happened.START, Happened.START.plusSeconds(60), 1);
        assertThat(index.summarise(query).sources()).containsExactly(new Summary.Tally("10.77.1.2", null, 1, 1));
    }

    protected static AuditEvent flood(String source) {
        FloodEvent.Kind kind = new FloodEvent.Kind(source, "tls.handshake", "not_tls_http");
        return new FloodEvent(Happened.START, kind, 422, Happened.START, Happened.START, List.of(), List.of());
    }

    /** Sources of the floods in a block. */
    private List<String> floods(String block) throws IOException {
        RecordParser parser = new RecordParser();
        return index.search(RecordQuery.of(addresses(block), Order.OLDEST, 10)).records().stream()
                .map(found -> parser.parse(found.sequence(), 0, found.line()))
                .filter(record -> record.event().equals(FloodEvent.NAME))
                .map(record -> record.details().get("source"))
                .toList();
    }

    @Test
    final void oldestRecordOfATrailIsThatOfTheLowestSequence() throws IOException {
        assertThat(index.oldest(FedTrail.ORIGIN).map(Found::sequence)).contains(0L);
        assertThat(index.oldest("nobody's")).isEmpty();
        trail.record(List.of(Happened.told(IndexedRecord.RETIRED, new NamedValue("next_sequence", "5"))));
        assertThat(index.oldest(FedTrail.ORIGIN).map(Found::sequence)).contains(5L);
    }

    @Test
    final void clearedIndexIsFedAnew() throws IOException {
        index.commit();
        long before = index.next(FedTrail.ORIGIN);
        int forgotten = coverage().forgotten();
        index.clear(FedTrail.ORIGIN);
        trail.record(List.of(Happened.handshake(Happened.connection(50, null, "10.5.5.5"), 500, "no_data")));
        FedTrail.await(() -> {
            try {
                return index.next(FedTrail.ORIGIN) == before + 1;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(walk(RecordFilter.ALL, Order.OLDEST, 7)).hasSize((int) before + 1);
        assertThat(coverage().forgotten()).isEqualTo(forgotten + 1);
    }

    @Test
    final void whatRetentionDeletedIsForgotten() throws IOException {
        trail.record(List.of(Happened.told(IndexedRecord.RETIRED, new NamedValue("next_sequence", "5"))));
        assertThat(sorted(walk(RecordFilter.ALL, Order.OLDEST, 100)).get(0)).isEqualTo(5);
    }
}
