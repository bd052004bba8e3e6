package io.certrail.bench.naive;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** One JSON-B string per request, written under a lock; forced to the disk each time where told. */
@WebFilter("/*")
public class NaiveFilter implements Filter {
    private final Jsonb jsonb = JsonbBuilder.create();
    private final Object lock = new Object();
    private final boolean force = Boolean.getBoolean("bench.naive.force");
    private FileChannel file;

    @Override
    public void init(FilterConfig config) throws ServletException {
        try {
            Path path = Path.of(System.getProperty("bench.naive.file"));
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new ServletException(e);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long start = System.nanoTime();
        try {
            chain.doFilter(request, response);
        } finally {
            long nanos = System.nanoTime() - start;
            write(jsonb.toJson(record((HttpServletRequest) request, (HttpServletResponse) response, nanos)));
        }
    }

    private static Map<String, Object> record(HttpServletRequest request, HttpServletResponse response, long nanos) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("time", Instant.now().toString());
        record.put("event", "http.request");
        record.put("duration_ns", nanos);
        record.put("client", request.getRemoteAddr());
        record.put("client_port", request.getRemotePort());
        record.put("server_port", request.getLocalPort());
        record.put("cipher", request.getAttribute("jakarta.servlet.request.cipher_suite"));
        certificate(request, record);
        record.put("request_id", UUID.randomUUID().toString());
        record.put("method", request.getMethod());
        record.put("path", request.getRequestURI());
        record.put("protocol", request.getProtocol());
        record.put("user_agent", request.getHeader("User-Agent"));
        record.put("status", response.getStatus());
        return record;
    }

    private static void certificate(HttpServletRequest request, Map<String, Object> record) {
        if (request.getAttribute("jakarta.servlet.request.X509Certificate") instanceof X509Certificate[] chain) {
            record.put("subject", chain[0].getSubjectX500Principal().getName());
            record.put("issuer", chain[0].getIssuerX500Principal().getName());
            record.put("serial", chain[0].getSerialNumber().toString(16));
            record.put("not_before", chain[0].getNotBefore().toInstant().toString());
            record.put("not_after", chain[0].getNotAfter().toInstant().toString());
        }
    }

    private void write(String json) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((json + "\n").getBytes(StandardCharsets.UTF_8));
        synchronized (lock) {
            while (line.hasRemaining()) {
                file.write(line);
            }
            if (force) {
                file.force(false);
            }
        }
    }

    @Override
    public void destroy() {
        try {
            file.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
