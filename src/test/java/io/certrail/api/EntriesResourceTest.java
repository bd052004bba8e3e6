package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.servlet.FakeExchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A trail of a hundred thousand lines. */
final class EntriesResourceTest {
    private static final int LINES = 100_000;

    private final EntriesResource resource = new EntriesResource();
    private final FakeExchange exchange = new FakeExchange();
    private final MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
    private long read;
    private boolean closed;

    @BeforeEach
    void open() {
        resource.source = sequence -> new Lines();
        resource.reading = new Reading() {
            @Override
            void record(HttpServletRequest request, String function, String path, Map<String, String> asked) {}
        };
    }

    private final class Lines implements EntrySource.Entries {
        @Override
        public boolean next() {
            return ++read <= LINES;
        }

        @Override
        public long sequence() {
            return read - 1;
        }

        @Override
        public byte[] line() {
            return "a line".getBytes(UTF_8);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void getHasAllLines() throws IOException {
        assertThat(size()).isEqualTo(7 * LINES);
        assertThat(closed).isTrue();
    }

    @Test
    void headReadsNoMoreThanItTakesToTellTheLengthOfWhatIsShort() throws IOException {
        exchange.verb = "HEAD";
        assertThat(size()).isBetween(64 << 10, (64 << 10) + 7);
        assertThat(read).isLessThan(LINES / 10);
        assertThat(closed).isTrue();
    }

    @Test
    void headOfFewLinesIsAsLongAsTheyAre() throws IOException {
        exchange.verb = "HEAD";
        query.putSingle("limit", "3");
        assertThat(size()).isEqualTo(3 * 7);
    }

    private int size() throws IOException {
        UriInfo uri = (UriInfo) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {UriInfo.class}, (self, method, args) -> {
                    assertThat(method.getName()).isEqualTo("getQueryParameters");
                    return query;
                });
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        resource.entries(uri, exchange.request).write(to);
        return to.size();
    }
}
