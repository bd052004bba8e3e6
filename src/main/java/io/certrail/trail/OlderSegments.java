package io.certrail.trail;

import java.io.IOException;
import java.util.List;

/**
 * The segments before the last two. A start does not look at them, for a crash cannot have left anything there; whoever repairs
 * does, so that damage is not taken for something that was put right. Reads of each the end alone, unless that is not as it
 * should be.
 */
final class OlderSegments {
    private final TrailFiles files;
    private final TrailLayout layout;

    OlderSegments(TrailFiles files, TrailLayout layout) {
        this.files = files;
        this.layout = layout;
    }

    /** @throws TrailDamagedException if one does not end in the line before its successor's first, nor in void lines after it */
    void check() throws IOException {
        List<TrailFiles.Listed> segments = files.list(layout.entries()).stream()
                .filter(listed -> SegmentName.isSegment(listed.file()))
                .toList();
        for (int i = 0; i + 2 < segments.size(); i++) {
            TrailFiles.Listed segment = segments.get(i);
            long successor = SegmentName.parse(segments.get(i + 1).file()).first();
            if (SegmentEnd.sequence(files, segment.file(), segment.bytes()) != successor - 1) {
                read(SegmentName.parse(segment.file()), successor);
            }
        }
    }

    private void read(SegmentName name, long successor) throws IOException {
        try (LineScanner lines = new LineScanner(files.read(name.file(), 0), 0)) {
            long expected = name.first();
            while (lines.next()) {
                if (expected < successor && lines.sequence() != expected) {
                    throw new TrailDamagedException(
                            name.file(), lines.offset(), "No line " + expected + " where it should stand");
                }
                expected++;
            }
            if (expected < successor) {
                throw new TrailDamagedException(
                        name.file(), lines.offset(), "The lines " + expected + " to " + (successor - 1) + " missing");
            }
            if (lines.rest() > 0) {
                throw new TrailDamagedException(name.file(), lines.offset(), lines.rest() + " bytes that are no line");
            }
        }
    }
}
