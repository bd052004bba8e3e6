package io.certrail.index;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads of a line what the index wants to know; members that it does not know are passed over. Belongs to one thread. */
public final class RecordParser {
    private static final String CLIENT = "tls.client.";
    private static final String NAMES = CLIENT + "subject_alternative_names";
    private static final String DETAILS = "audit.details.";
    private static final Set<String> WANTED = Set.of(
            "time",
            "event.name",
            "event.outcome",
            "error.type",
            "mtls.connection.id",
            "client.address",
            "http.request.id",
            "http.route",
            "http.response.status_code",
            "trace_id",
            "user.name",
            CLIENT + "subject",
            CLIENT + "issuer",
            CLIENT + "serial_number",
            CLIENT + "hash.sha256",
            CLIENT + "not_before",
            CLIENT + "not_after",
            CLIENT + "public_key");

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    /** In characters. Records have at most 128. */
    private static final int MAX_WORD = 256;

    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of()); // looking for it takes long

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> details = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private boolean verified;

    /** Makes a parser. */
    public RecordParser() {}

    /**
     * What a line tells.
     *
     * @param offset where it begins in its segment, in bytes
     * @param line without its newline
     * @throws IllegalArgumentException if it is no record
     */
    public IndexedRecord parse(long sequence, long offset, byte[] line) {
        texts.clear();
        details.clear();
        names.clear();
        verified = false;
        try (JsonParser parser = PARSERS.createParser(new ByteArrayInputStream(line), StandardCharsets.UTF_8)) {
            read(parser);
            return record(sequence, offset);
        } catch (RuntimeException e) { // of nesting beyond its limits Parsson throws others than JsonException
            throw new IllegalArgumentException("sequence " + sequence + " is no record: " + e.getMessage(), e);
        }
    }

    /** Whether {@link #parse} would take a line. */
    boolean isRecord(byte[] line) {
        try {
            parse(0, 0, line);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void read(JsonParser parser) {
        StringBuilder path = new StringBuilder(64);
        Deque<Integer> outer = new ArrayDeque<>();
        int parent = 0;
        while (parser.hasNext()) {
            switch (parser.next()) {
                case START_OBJECT -> {
                    outer.push(parent);
                    parent = path.length();
                }
                case END_OBJECT -> parent = outer.pop();
                case KEY_NAME -> {
                    path.setLength(parent);
                    path.append(parent == 0 ? "" : ".").append(parser.getString());
                }
                case VALUE_STRING, VALUE_NUMBER -> value(path.toString(), parser);
                case VALUE_TRUE -> verified |= path.toString().equals(CLIENT + "verified");
                default -> {
                    // an array is told by its values; what is false is not told at all
                }
            }
        }
    }

    private void value(String path, JsonParser parser) {
        if (WANTED.contains(path)) {
            texts.put(path, parser.getString());
        } else if (path.equals(NAMES)) {
            names.add(parser.getString());
        } else if (path.startsWith(DETAILS)) {
            details.put(path.substring(DETAILS.length()), parser.getString());
        }
    }

    private IndexedRecord record(long sequence, long offset) {
        String status = texts.get("http.response.status_code");
        return new IndexedRecord(
                sequence,
                offset,
                time(needed("time")),
                needed("event.name"),
                needed("event.outcome"),
                bounded("error.type"),
                bounded("mtls.connection.id"),
                address(),
                certificate(),
                bounded("http.request.id"),
                bounded("trace_id"),
                texts.get("http.route"),
                status == null ? -1 : Integer.parseInt(status),
                texts.get("user.name"),
                details);
    }

    /** Of a flood, which is of no connection, its source: an address, or of IPv6 the first one of its network. */
    private @Nullable String address() {
        boolean flood = IndexedRecord.FLOOD.equals(texts.get("event.name"));
        String source = flood ? details.get("source") : null;
        return source == null ? texts.get("client.address") : source.replaceFirst("/64$", "");
    }

    private String needed(String path) {
        String text = bounded(path);
        if (text == null) {
            throw new IllegalStateException("it has no " + path);
        }
        return text;
    }

    /** RFC 3339 has years of four digits; beyond them engines cannot count. */
    private static Instant time(String text) {
        Instant time = Instant.parse(text);
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new IllegalStateException("it has the time " + time);
        }
        return time;
    }

    /** What engines keep as one term, and count or find by: entries of an index have a bound. */
    private @Nullable String bounded(String path) {
        String text = texts.get(path);
        if (text != null && text.length() > MAX_WORD) {
            throw new IllegalStateException("its " + path + " has " + text.length() + " characters");
        }
        return text;
    }

    private @Nullable PresentedCertificate certificate() {
        String sha256 = bounded(CLIENT + "hash.sha256");
        return sha256 == null
                ? null
                : new PresentedCertificate(
                        texts.getOrDefault(CLIENT + "subject", ""),
                        texts.getOrDefault(CLIENT + "issuer", ""),
                        texts.getOrDefault(CLIENT + "serial_number", ""),
                        sha256,
                        instant("not_before"),
                        instant("not_after"),
                        names,
                        texts.get(CLIENT + "public_key"),
                        verified);
    }

    private @Nullable Instant instant(String name) {
        String text = texts.get(CLIENT + name);
        return text == null ? null : time(text);
    }
}
