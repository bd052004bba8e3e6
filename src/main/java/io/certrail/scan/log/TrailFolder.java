package io.certrail.scan.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A trail of Certrail's on this machine. */
public final class TrailFolder implements LogSource {
    /** Most lines that are given at a time; the rest is there the next time. */
    private static final int MAX_LINES = 10_000;

    private final Path folder;
    private @Nullable TrailReader reader;

    public TrailFolder(Path folder) {
        this.folder = folder;
    }

    /** Whether the folder looks like a trail. */
    public static boolean isOne(Path folder) {
        return Files.isDirectory(folder.resolve("entries"));
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public void mark() throws IOException {
        if (!isOne(folder) || !Files.isReadable(folder.resolve("entries"))) {
            throw new IOException(folder + " is no trail that this user may read: name a folder with entries/ in it");
        }
        try (var last = TrailReader.open(TrailFiles.onDisk(), folder, Long.MAX_VALUE)) {
            last.next(); // there is no such line: all of the last segment are passed over, and those before not read
            reader = TrailReader.open(TrailFiles.onDisk(), folder, last.sequence() + 1);
        }
    }

    @Override
    public List<String> poll() throws IOException {
        TrailReader open = reader;
        List<String> lines = new ArrayList<>();
        while (open != null && lines.size() < MAX_LINES && open.next()) {
            lines.add(new String(open.line(), UTF_8));
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
