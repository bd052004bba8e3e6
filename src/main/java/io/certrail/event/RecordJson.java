package io.certrail.event;

import jakarta.json.bind.Jsonb;
import java.nio.charset.StandardCharsets;

/** Writes whole records by JSON-B. The slow twin of {@link RecordEncoder}, and the measure of what it must give. */
public final class RecordJson {
    private final Jsonb jsonb;

    /** @param jsonb any; records bring their own mapping */
    public RecordJson(Jsonb jsonb) {
        this.jsonb = jsonb;
    }

    /** One line, without its newline. */
    public byte[] write(AuditRecord record) {
        String json = jsonb.toJson(record);
        if (json.chars().allMatch(c -> c < 0x7F)) {
            return json.getBytes(StandardCharsets.US_ASCII);
        }
        StringBuilder safe = new StringBuilder(json.length() + 64);
        json.codePoints().forEach(c -> append(safe, c));
        return safe.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What JSON does not escape can stand in strings only, where an escape means the same. */
    private static void append(StringBuilder safe, int c) {
        String escape = c >= 0x7F ? Escapes.of(c) : null;
        if (escape == null) {
            safe.appendCodePoint(c);
        } else {
            safe.append(escape);
        }
    }
}
