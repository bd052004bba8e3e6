package io.certrail.trail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A segment as its name tells: where it lies and the sequence of its first line. */
record SegmentName(Path file, long first) implements Comparable<SegmentName> {
    private static final Pattern NAME = Pattern.compile("([0-9]{20})\\.jsonl");

    static SegmentName of(Path entries, long first) {
        return new SegmentName(entries.resolve(String.format(Locale.ROOT, "%020d.jsonl", first)), first);
    }

    /** The segments of a trail in their order. Files with other names are not the trail's and are left alone. */
    static List<SegmentName> list(TrailFiles files, Path entries) throws IOException {
        List<SegmentName> names = new ArrayList<>();
        for (TrailFiles.Listed listed : files.list(entries)) {
            if (isSegment(listed.file())) {
                names.add(parse(listed.file()));
            }
        }
        names.sort(null);
        return names;
    }

    static boolean isSegment(Path file) {
        return NAME.matcher(name(file)).matches();
    }

    static SegmentName parse(Path file) throws IOException {
        try {
            return new SegmentName(file, Long.parseLong(name(file).substring(0, 20)));
        } catch (NumberFormatException e) {
            throw new TrailDamagedException(file, 0, "A name beyond the last possible sequence");
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    String name() {
        return name(file);
    }

    @Override
    public int compareTo(SegmentName other) {
        return Long.compare(first, other.first);
    }
}
