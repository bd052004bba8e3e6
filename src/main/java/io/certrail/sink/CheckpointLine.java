package io.certrail.sink;

import java.time.Instant;

/** A checkpoint as a line of JSON, for those who collect a process' output. */
final class CheckpointLine {
    private CheckpointLine() {}

    /** @param time when it is delivered */
    static String of(PublishedCheckpoint checkpoint, Instant time) {
        return "{\"time\":\"" + time + "\",\"certrail\":\"checkpoint\",\"origin\":" + quoted(checkpoint.origin())
                + ",\"size\":" + checkpoint.size() + ",\"root\":" + quoted(checkpoint.root()) + ",\"note\":"
                + quoted(checkpoint.note()) + "}\n";
    }

    /** RFC 8259 section 7. A note has no control characters but newlines; what is not ASCII is escaped for terminals' sake. */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c == '\n') {
                json.append("\\n");
            } else if (c < ' ' || c > '~') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
