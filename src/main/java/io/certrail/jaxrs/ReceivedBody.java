package io.certrail.jaxrs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A request's body on its way to who reads it, and how receiving it failed. Belongs to the request. */
final class ReceivedBody extends FilterInputStream {
    private @Nullable IOException failure;

    ReceivedBody(InputStream body) {
        super(body);
    }

    /** What kept the rest of it from coming, {@code null} if nothing did: what is read of it may still make no sense. */
    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        try {
            return super.read(bytes, from, count);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public long skip(long count) throws IOException {
        try {
            return super.skip(count);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private IOException failed(IOException e) {
        failure = e;
        return e;
    }
}
