package io.certrail.verify;

import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file of records.
 *
 * @param name in the trail's folder
 * @param first sequence of its first record, as its name says
 * @param bound first sequence of the file after it: lines from there on are void; the greatest of all for the last
 */
record Segment(Path file, String name, long first, long bound, long bytes) {
    private static final Pattern NAME = Pattern.compile("0[0-9]{19}\\.jsonl");

    /** Those of a trail in their order. */
    static List<Segment> list(TrailFiles files, Path folder) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (TrailFiles.Listed listed : files.list(folder.resolve("entries"))) {
            if (NAME.matcher(name(listed.file())).matches()) {
                segments.add(of(listed, Long.MAX_VALUE));
            }
        }
        for (int i = 0; i + 1 < segments.size(); i++) {
            Segment segment = segments.get(i);
            segments.set(i, segment.until(segments.get(i + 1).first));
        }
        return segments;
    }

    private static Segment of(TrailFiles.Listed listed, long bound) {
        String name = name(listed.file());
        long first = Long.parseLong(name.substring(0, 20));
        return new Segment(listed.file(), "entries/" + name, first, bound, listed.bytes());
    }

    private Segment until(long next) {
        return new Segment(file, name, first, next, bytes);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
