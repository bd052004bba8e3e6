package io.certrail.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a file whose author nobody knows: of one that is too long, its beginning. UTF-8. For one thread. */
final class BoundedLines implements AutoCloseable {
    /** Characters: more than the longest note has in any form in which it is kept. */
    static final int MAX_LENGTH = 4 << 20;

    private final Reader in;

    private BoundedLines(Reader in) {
        this.in = in;
    }

    static BoundedLines of(Path file) throws IOException {
        return new BoundedLines(new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8)));
    }

    /** The next line without its end; null: there is none. */
    @Nullable
    String next() throws IOException {
        int c = in.read();
        if (c < 0) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() < MAX_LENGTH) {
                line.append((char) c);
            }
        }
        int end = line.length() - 1;
        return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
