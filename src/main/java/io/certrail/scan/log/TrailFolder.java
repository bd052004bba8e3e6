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
        reader = TrailReader.open(TrailFiles.onDisk(), folder, 0);
        poll();
    }

    @Override
    public List<String> poll() throws IOException {
        TrailReader open = reader;
        List<String> lines = new ArrayList<>();
        while (open != null && open.next()) {
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
