package io.certrail.sink;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/**
 * A checkpoint as a message of RFC 5424: the note in structured data, in Base64 because receivers replace line ends; the rest
 * is for people.
 *
 * @param host this one's name, for {@code HOSTNAME}
 * @param processId of this process, for {@code PROCID}
 */
record SyslogMessage(String host, long processId) {
    /** Facility 13 (log audit), severity 5 (notice): 13 * 8 + 5 (RFC 5424 section 6.2.1). */
    private static final String PRIORITY = "<109>1 ";
    /** Of those that are for examples (RFC 5612): Certrail has no enterprise number. */
    private static final String STRUCTURED_DATA_ID = "certrail@32473";

    private static final int MAX_HOST = 255;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    SyslogMessage {
        String printable = host.replaceAll("[^!-~]", "");
        host = printable.isEmpty() ? "-" : printable.substring(0, Math.min(printable.length(), MAX_HOST));
    }

    /** The message with the count of its octets before it: a frame of RFC 5425 section 4.3. */
    byte[] frame(PublishedCheckpoint checkpoint, Instant time) {
        byte[] message = text(checkpoint, time).getBytes(StandardCharsets.UTF_8);
        byte[] count = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[count.length + message.length];
        System.arraycopy(count, 0, frame, 0, count.length);
        System.arraycopy(message, 0, frame, count.length, message.length);
        return frame;
    }

    private String text(PublishedCheckpoint checkpoint, Instant time) {
        String data = "[" + STRUCTURED_DATA_ID
                + parameter("origin", checkpoint.origin())
                + parameter("size", Long.toString(checkpoint.size()))
                + parameter("root", checkpoint.root())
                + parameter("note", Base64.getEncoder().encodeToString(checkpoint.bytes()))
                + "]";
        return PRIORITY + TIME.format(time) + " " + host + " certrail " + processId + " checkpoint " + data
                + " checkpoint of the audit trail: " + checkpoint.size() + " records, root " + checkpoint.root();
    }

    /** RFC 5424 section 6.3.3. */
    private static String parameter(String name, String value) {
        return " " + name + "=\"" + value.replaceAll("[\"\\\\\\]]", "\\\\$0") + "\"";
    }
}
