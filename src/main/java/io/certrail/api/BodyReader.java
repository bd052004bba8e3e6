package io.certrail.api;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NoContentException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies up to a limit, whether or not their length was announced, and says 400 of what is not JSON, which by
 * itself would be a 500.
 */
public final class BodyReader implements ReaderInterceptor {
    /** Longest body, in bytes. */
    static final int LIMIT = 16 * 1024;

    private static final int DEPTH = 8;

    /** For the JAX-RS runtime. */
    public BodyReader() {}

    @Override
    public @Nullable Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (announced(context.getHeaders().getFirst(HttpHeaders.CONTENT_LENGTH)) > LIMIT) {
            throw tooLarge();
        }
        try {
            byte[] body = new Limited(context.getInputStream()).readAllBytes();
            if (body.length == 0) {
                throw new BadRequestException(new NoContentException("the body is empty")); // null in RESTEasy
            }
            StrictJson.check(body);
            context.setInputStream(new ByteArrayInputStream(body));
            return context.proceed();
        } catch (ProcessingException | JsonException | JsonbException e) {
            throw refusal(e);
        }
    }

    private static long announced(@Nullable String length) {
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The parser wraps what the stream throws. */
    private static WebApplicationException refusal(RuntimeException thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < DEPTH && cause != null; i++) {
            if (cause instanceof WebApplicationException refusal) {
                return refusal;
            }
            cause = cause.getCause();
        }
        return new BadRequestException(thrown);
    }

    private static ClientErrorException tooLarge() {
        return new ClientErrorException(Response.Status.REQUEST_ENTITY_TOO_LARGE);
    }

    /** Ends the reading of a body that goes on beyond the limit. */
    private static final class Limited extends FilterInputStream {
        private int left = LIMIT;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, Math.min(length, left + 1));
            count(Math.max(read, 0));
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(count, left + 1L));
            count((int) skipped);
            return skipped;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw tooLarge();
            }
        }
    }
}
