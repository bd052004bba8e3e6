package io.certrail.scan.log;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A trail that is read by Certrail's API, with an auditor's certificate. */
public final class TrailApi implements LogSource {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Most lines that are asked for at a time; the rest is there the next time. */
    private static final long MAX_LINES = 10_000;

    private static final long BEYOND = 1L << 58;

    private final URI base;
    private final HttpClient client;
    private long next;

    /**
     * Not read yet.
     *
     * @param base where Certrail is deployed, such as {@code https://host:port} or {@code https://host:port/context}
     * @param context that presents the auditor's certificate
     * @throws IllegalArgumentException if that is no URL of HTTP, with what was expected
     */
    public TrailApi(URI base, SSLContext context) {
        if (base.getHost() == null || !List.of("https", "http").contains(base.getScheme())) {
            throw new IllegalArgumentException(base + ": expected https://host:port, and the context if there is one");
        }
        this.base = base;
        this.client = HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
    }

    @Override
    public String name() {
        return base.toString();
    }

    /** Each look is a request, and is recorded as one. */
    @Override
    public Duration interval() {
        return Duration.ofMillis(500);
    }

    /** Finds the end by halving: the API tells no size. */
    @Override
    public void mark() throws IOException {
        long low = 0;
        long high = 1;
        while (high < BEYOND && !entries(high, 1).isEmpty()) {
            low = high;
            high *= 2;
        }
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (entries(middle, 1).isEmpty()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        next = low;
    }

    @Override
    public List<String> poll() throws IOException {
        List<String> lines = entries(next, MAX_LINES);
        next += lines.size();
        return lines;
    }

    private List<String> entries(long from, long limit) throws IOException {
        String path = base.getRawPath().replaceFirst("/+$", "");
        URI uri = base.resolve(path + "/api/entries?from=" + from + "&limit=" + limit);
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(uri + " answered " + answer.statusCode()
                        + ": name an auditor's certificate with --auditor, and the server's root with --trust");
            }
            return answer.body().lines().toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading " + uri, e);
        }
    }

    @Override
    public void close() {
        // The client's connections end with it.
    }
}
