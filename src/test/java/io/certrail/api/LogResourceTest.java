package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.servlet.FakeExchange;
import io.certrail.tlog.Tile;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogResourceTest {
    /** 70,000 lines, of which retention has deleted the first 1,000, and line 5,000 is long. */
    private final LogSource log = new LogSource() {
        @Override
        public long size() {
            return 70_000;
        }

        @Override
        public Optional<byte[]> checkpoint() {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> tile(Tile tile) {
            return Optional.of(tile.path().getBytes(UTF_8));
        }

        @Override
        public EntrySource.Entries from(long sequence) {
            return new Lines(Math.max(sequence, 1000) - 1);
        }
    };

    private static final class Lines implements EntrySource.Entries {
        private long current;

        Lines(long before) {
            current = before;
        }

        @Override
        public boolean next() {
            return ++current < 70_000;
        }

        @Override
        public long sequence() {
            return current;
        }

        @Override
        public byte[] line() {
            return current == 5000 ? new byte[65_536] : ("line " + current).getBytes(UTF_8);
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @CsvSource({"0/000,true", "1/000,true", "0/273.p/112,false", "entries/100,false", "entries/273.p/112,false"})
    void onlyFullTilesOfHashesMayBeKept(String path, boolean kept) throws IOException {
        LogResource resource = new LogResource();
        resource.source = log;
        resource.reading = new Noted(new ArrayList<>());
        List<String> headers = new ArrayList<>();
        HttpServletResponse answer = (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (self, method, args) -> {
                    assertThat(method.getName()).isEqualTo("setHeader");
                    headers.add(args[0] + ": " + args[1]);
                    return null;
                });

        assertThat(resource.tile(path, new FakeExchange().request, answer)).isNotEmpty();
        assertThat(headers)
                .isEqualTo(kept ? List.of("Cache-Control: private, max-age=31536000, immutable") : List.of());
    }

    /** What somebody reads, without a request in flight. */
    private static final class Noted extends Reading {
        private final List<String> told;

        Noted(List<String> told) {
            this.told = told;
        }

        @Override
        void admit(HttpServletRequest request) {
            told.add("admitted");
        }

        @Override
        void record(HttpServletRequest request, String function, String resource, Map<String, String> asked) {
            told.add(resource + " " + asked);
        }
    }

    @Test
    void readingABundleIsAdmittedAndOnRecordAndReadingHashesIsNot() throws IOException {
        LogResource resource = new LogResource();
        resource.source = log;
        List<String> told = new ArrayList<>();
        resource.reading = new Noted(told);
        FakeExchange exchange = new FakeExchange();

        resource.tile("0/000", exchange.request, exchange.response);
        assertThat(told).isEmpty();
        resource.tile("entries/004", exchange.request, exchange.response);
        assertThat(told).containsExactly("admitted", "/api/tile/entries {path=entries/004}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/000", "0/272", "0/273.p/112", "0/273.p/1", "1/000", "1/001.p/17", "2/000.p/1"})
    void tileOfTheCheckpointsTreeIsThere(String path) throws IOException {
        assertThat(read(path))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString(UTF_8).isEqualTo("tile/" + path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0/273",
                "0/273.p/113",
                "0/274.p/1",
                "1/001",
                "1/001.p/18",
                "2/000",
                "2/000.p/2",
                "3/000.p/1",
                "8/000.p/1",
                "63/000.p/1",
                "0/x999/x999/x999/x999/x999/x999/999",
                "entries/273",
                "entries/273.p/113"
            })
    void whatTheCheckpointsTreeHasNotIsNotThere(String path) throws IOException {
        assertThat(read(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "0",
                "0/",
                "0/0",
                "0/0000",
                "0/000/",
                "00/000",
                "-1/000",
                "+0/000",
                "64/000",
                "0/x000/000",
                "0/000.p",
                "0/000.p/",
                "0/000.p/0",
                "0/000.p/01",
                "0/000.p/256",
                "0/000.p/+1",
                "0/000.P/1",
                "0/001.p/1/2",
                "../key",
                "0/../../key",
                "0/000/../../../key",
                "..%2fkey",
                "0/%30%30%30",
                "0//000",
                "0\\000",
                "0/000\u0000",
                "0/\u0660\u0660\u0660",
                "entries",
                "entries/",
                "entries/0",
                "entries/../key",
                "entries/0/000",
                "entries/entries/000",
                "entries/000.p/0",
                "Entries/000",
                "x000/000",
                "0/000?x",
                "0/000#x",
                "0/000 "
            })
    void pathThatIsNotWrittenAsTheSpecificationSaysLeadsNowhere(String path) {
        assertThat(LogPath.parse(path)).isEmpty();
    }

    @Test
    void bundleHoldsTheLinesAfterTheirLengths() throws IOException {
        byte[] bundle = read("entries/273.p/2").orElseThrow();
        assertThat(bundle).startsWith(0, 10).hasSize(2 * 12);
        assertThat(new String(bundle, 2, 10, UTF_8)).isEqualTo("line 69888");
        assertThat(new String(bundle, 14, 10, UTF_8)).isEqualTo("line 69889");
        assertThat(read("entries/x000/004")).isEmpty();
        assertThat(read("entries/004")).isPresent();
    }

    @Test
    void bundleWithALineThatIsGoneOrTooLongIsNotThere() throws IOException {
        assertThat(read("entries/003")).as("lines 768 to 999 are retired").isEmpty();
        assertThat(read("entries/019")).as("line 5000 is too long").isEmpty();
        assertThat(read("entries/020")).isPresent();
    }

    private Optional<byte[]> read(String path) throws IOException {
        Optional<LogPath> asked = LogPath.parse(path);
        return asked.isEmpty() ? Optional.empty() : LogResource.read(asked.get(), log);
    }
}
