package io.certrail.index.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.certrail.event.AuditEvent;
import io.certrail.event.CertificateFacts;
import io.certrail.index.Coverage;
import io.certrail.index.FedTrail;
import io.certrail.index.Happened;
import io.certrail.index.IndexBatch;
import io.certrail.index.IndexedRecord;
import io.certrail.index.RecordFilter;
import io.certrail.index.RecordFilter.Field;
import io.certrail.index.RecordIndex;
import io.certrail.index.RecordIndexContract;
import io.certrail.index.RecordPage.Found;
import io.certrail.index.RecordParser;
import io.certrail.index.RecordQuery;
import io.certrail.index.RecordQuery.Order;
import io.certrail.index.SeenCertificate;
import io.certrail.index.SeenCertificateText;
import io.certrail.index.Skipped;
import io.certrail.trail.PlainChronicle;
import io.certrail.trail.Wait;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real PostgreSQL, which this starts; as root in a user namespace of its own, for PostgreSQL refuses root. */
final class PostgresIndexTest extends RecordIndexContract {
    private static EmbeddedPostgres server;
    private static DataSource source;

    @TempDir
    Path other;

    @BeforeAll
    static void start() throws IOException {
        // nobody cuts its power
        server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        source = server.getPostgresDatabase();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    protected RecordIndex open(Path trail) throws IOException {
        PostgresIndex index = PostgresIndex.open(source);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate record, certificate, trail");
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return index;
    }

    @Test
    void severalServersShareOneViewAndTheirRecordsAreToldApart() throws IOException {
        PostgresIndex index = PostgresIndex.open(source);
        try (FedTrail second = new FedTrail(other, index, "another/certrail/89abcdef")) {
            second.record(Happened.events());
            RecordFilter handshakes = RecordFilter.of(Field.REASON, "certificate_required");
            assertThat(origins(index, handshakes))
                    .containsExactlyInAnyOrder(FedTrail.ORIGIN, second.feed().origin());
            RecordFilter own = RecordFilter.of(Field.ORIGIN, second.feed().origin());
            assertThat(origins(index, own)).containsOnly(second.feed().origin());
            assertThat(index.record(FedTrail.ORIGIN, 1)).isPresent();
            assertThat(index.coverage().trails()).hasSize(2);
            index.clear(FedTrail.ORIGIN);
            assertThat(origins(index, own)).hasSize((int) second.trail().nextSequence());
        }
    }

    private static List<String> origins(RecordIndex index, RecordFilter filter) throws IOException {
        return index.search(RecordQuery.of(filter, Order.NEWEST, 1000)).records().stream()
                .map(Found::origin)
                .toList();
    }

    @Test
    void subjectAsLongAsRecordsHaveItIsIndexed() throws IOException {
        String subject = new Random(7)
                .ints(1000, 0x4e00, 0x9fff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        CertificateFacts plain = Happened.certificate(1, 7);
        CertificateFacts wide = new CertificateFacts(
                subject,
                subject,
                plain.serialNumber(),
                plain.sha256(),
                plain.notBefore(),
                plain.notAfter(),
                List.of("DNS:" + subject),
                0,
                plain.publicKey(),
                List.of(),
                true);
        PostgresIndex index = PostgresIndex.open(source);
        try (FedTrail trail = new FedTrail(other, index, "wide/certrail/89abcdef")) {
            trail.record(List.of(Happened.handshake(Happened.connection(70, wide, "10.7.7.7"), 700, null)));
            assertThat(origins(index, RecordFilter.of(Field.SUBJECT, subject)))
                    .containsExactly(trail.feed().origin());
        }
    }

    @Test
    void batchInWhichAnErrorComesUpIsNotThereAtAll() throws IOException {
        IndexedRecord record = new RecordParser()
                .parse(
                        0,
                        0,
                        "{\"time\":\"2026-01-01T00:00:00Z\",\"event\":{\"name\":\"x\",\"outcome\":\"success\"}}"
                                .getBytes(UTF_8));
        IndexBatch batch = new IndexBatch(
                "half",
                List.of(new IndexBatch.Line(record, new byte[1])),
                Skipped.NONE,
                List.of(),
                1,
                "",
                0,
                Happened.START);
        PostgresIndex broken = PostgresIndex.open(failingAt("update trail", connection -> {}));
        assertThatThrownBy(() -> broken.apply(batch)).isInstanceOf(NoClassDefFoundError.class);

        PostgresIndex cut = PostgresIndex.open(failingAt("update trail", PostgresIndexTest::cut));
        assertThatThrownBy(() -> cut.apply(batch))
                .isInstanceOf(NoClassDefFoundError.class)
                .satisfies(cause ->
                        assertThat(cause.getSuppressed()).singleElement().isInstanceOf(SQLException.class));

        PostgresIndex index = PostgresIndex.open(source);
        assertThat(index.record("half", 0)).isEmpty();
        index.apply(batch);
        assertThat(index.record("half", 0)).isPresent();
    }

    @Test
    void rowsOfAnOlderVersionAreMadeAnewByTheirOwnServer() throws IOException, SQLException {
        DataSource older = database("older");
        String own = "own/certrail/89abcdef";
        try (FedTrail trail = new FedTrail(other, PostgresIndex.open(older), own)) {
            trail.record(List.of(flood("10.77.1.2")));
            byte[] line = PlainChronicle.line("of nothing", "no record");
            assertThat(trail.trail().append(line, line.length, Wait.DURABLE).await(Duration.ofSeconds(20)))
                    .isTrue();
            trail.awaitCurrent();
        }
        execute(
                older,
                "alter table trail drop column layout, drop column skipped, drop column last_skipped, drop column forgotten",
                "delete from certrail_schema where version in ('4', '5', '6')",
                "update record set address = null",
                "insert into trail (origin, next_sequence) values ('gone/certrail/01234567', 5)");

        RecordIndex index = PostgresIndex.open(older);
        try (FedTrail trail = new FedTrail(other, index, own)) {
            trail.awaitCurrent();
            assertThat(origins(index, addresses("10.77.1.2"))).containsExactly(own);
            assertThat(index.coverage().trails())
                    .extracting(Coverage.Trail::origin, Coverage.Trail::indexed, Coverage.Trail::skipped)
                    .containsExactly(
                            tuple("gone/certrail/01234567", 5L, Skipped.NONE),
                            tuple(own, trail.trail().nextSequence(), new Skipped(1, 2)));
        }
    }

    @Test
    void certificatesOutliveRowsThatAreMadeAnew() throws IOException, SQLException {
        DataSource older = database("outlived");
        String own = "own/certrail/89abcdef";
        CertificateFacts facts = Happened.certificate(1, 0);
        SeenCertificate before;
        PostgresIndex index = PostgresIndex.open(older);
        try (FedTrail trail = new FedTrail(other, index, own)) {
            trail.record(Happened.events());
            before = index.certificate(own, facts.sha256()).orElseThrow();
        }
        String sha256 = "ff" + facts.sha256().substring(2);
        SeenCertificate gone = SeenCertificateText.parse(
                SeenCertificateText.of(before).replace(facts.sha256(), sha256)); // retention deleted its lines
        index.apply(new IndexBatch(
                own,
                List.of(),
                Skipped.NONE,
                List.of(gone),
                index.next(own),
                index.last(own).orElseThrow(),
                0,
                Happened.START));
        execute(older, "update trail set layout = 1");

        try (FedTrail trail = new FedTrail(other, index, own)) {
            trail.awaitCurrent();
            assertThat(origins(index, RecordFilter.ALL))
                    .hasSize((int) trail.trail().nextSequence());
            assertThat(index.certificate(own, facts.sha256())).contains(before);
            assertThat(index.certificate(own, sha256)).contains(gone);
            trail.record(List.of(Happened.handshake(Happened.connection(70, facts, "10.7.7.7"), 700, null)));
            assertThat(index.certificate(own, facts.sha256()).orElseThrow().successes())
                    .isEqualTo(before.successes() + 1);
        }
    }

    @Test
    void certificatesOfAnotherTrailThatTookTheNameAreForgottenAlsoWithRowsOfAnOlderVersion()
            throws IOException, SQLException {
        DataSource older = database("replaced");
        String own = "own/certrail/89abcdef";
        PostgresIndex index = PostgresIndex.open(older);
        try (FedTrail trail = new FedTrail(other.resolve("old"), index, own)) {
            trail.record(Happened.events());
        }
        execute(older, "update trail set layout = 1");
        AuditEvent handshake =
                Happened.handshake(Happened.connection(70, Happened.certificate(7, 0), "10.7.7.7"), 700, null);
        try (FedTrail away = new FedTrail(other.resolve("new"), index, "away")) {
            away.record(Collections.nCopies(60, handshake));
        }

        try (FedTrail trail = new FedTrail(other.resolve("new"), index, own)) {
            trail.awaitCurrent();
            assertThat(index.certificate(own, Happened.certificate(1, 0).sha256()))
                    .isEmpty();
            assertThat(index.certificate(own, Happened.certificate(7, 0).sha256())
                            .orElseThrow()
                            .successes())
                    .isEqualTo(60);
        }
    }

    @Test
    void clearingTakesItsTime() throws Exception {
        DataSource slow = database("slow");
        PostgresIndex index = PostgresIndex.open(slow);
        try (FedTrail trail = new FedTrail(other, index, FedTrail.ORIGIN)) {
            trail.record(Happened.events());
        }
        execute(source, "alter database slow set statement_timeout = '100ms'");
        try (Connection busy = slow.getConnection();
                Statement statement = busy.createStatement()) {
            busy.setAutoCommit(false);
            statement.execute("select from record for update");
            CompletableFuture<Void> clearing = CompletableFuture.runAsync(() -> clear(index));
            assertThatThrownBy(() -> clearing.get(400, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            busy.rollback();
            clearing.get(20, TimeUnit.SECONDS);
        }
        assertThat(index.next(FedTrail.ORIGIN)).isZero();
    }

    private static void clear(RecordIndex index) {
        try {
            index.clear(FedTrail.ORIGIN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataSource database(String name) throws SQLException {
        execute(source, "create database " + name);
        return server.getDatabase("postgres", name);
    }

    private static void execute(DataSource in, String... statements) throws SQLException {
        try (Connection connection = in.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Connections on which a statement that begins so ends in an error. */
    private static DataSource failingAt(String begin, Consumer<Connection> before) {
        return proxy(
                DataSource.class,
                source,
                (got, args) -> got instanceof Connection connection
                        ? proxy(Connection.class, connection, (prepared, sql) -> {
                            if (sql != null && String.valueOf(sql[0]).startsWith(begin)) {
                                before.accept(connection);
                                throw new NoClassDefFoundError("of the test");
                            }
                            return prepared;
                        })
                        : got);
    }

    private static void cut(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T proxy(Class<T> type, T of, BiFunction<Object, Object[], Object> then) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            try {
                return then.apply(method.invoke(of, args), args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    @Test
    void databaseThatIsNotThereIsSaidToBe() {
        DataSource nowhere = server.getDatabase("nobody", "nowhere");
        assertThatThrownBy(() -> PostgresIndex.open(nowhere)).isInstanceOf(IOException.class);
    }
}
