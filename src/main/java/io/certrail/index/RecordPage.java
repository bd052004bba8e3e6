package io.certrail.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what was found.
 *
 * @param next cursor of the page that follows; {@code null}: this is the last
 * @param unreadable how many were found whose line could not be read any more
 */
public record RecordPage(List<Found> records, @Nullable String next, int unreadable) {
    public RecordPage {
        records = List.copyOf(records);
    }

    /** Without the lines that are no records any more, since somebody changed them in the trail: they count as unreadable. */
    public RecordPage readable() {
        RecordParser parser = new RecordParser();
        List<Found> readable =
                records.stream().filter(found -> parser.isRecord(found.line())).toList();
        return new RecordPage(readable, next, unreadable + records.size() - readable.size());
    }

    /**
     * A record that was found.
     *
     * @param origin of its trail
     * @param line the bytes as they stand in the trail, without newline
     */
    @SuppressWarnings(
            "ArrayRecordComponent") // bytes that go from the trail to the answer; nobody compares or changes them
    public record Found(String origin, long sequence, byte[] line) {
        /** Whether its line is a record: not if somebody changed it in the trail. */
        public boolean isRecord() {
            return new RecordParser().isRecord(line);
        }
    }
}
