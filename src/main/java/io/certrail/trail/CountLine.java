package io.certrail.trail;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A line of words {@code name=value} after a first one. What is missing or has a second form is an {@link IllegalArgumentException}. */
record CountLine(Map<String, String> words) {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int MICROS_LENGTH = "2026-11-25T16:00:00.000000Z".length();
    private static final Pattern WORD = Pattern.compile("[!-<>-~]+");
    private static final Pattern COUNT = Pattern.compile("0|[1-9][0-9]{0,18}");

    CountLine {
        words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
    }

    /** The line that begins with a word. */
    static CountLine find(String first, List<String> lines) {
        return lines.stream()
                .filter(line -> line.equals(first) || line.startsWith(first + " "))
                .findFirst()
                .map(line -> of(line.split(" ", -1)))
                .orElseThrow(() -> new IllegalArgumentException("no line " + first));
    }

    private static CountLine of(String[] parts) {
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 1 || words.put(parts[i].substring(0, equals), parts[i].substring(equals + 1)) != null) {
                throw new IllegalArgumentException("not name=value, or twice: " + parts[i]);
            }
        }
        return new CountLine(words);
    }

    String word(String name) {
        String value = words.get(name);
        if (value == null || !isWord(value)) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }

    long count(String name) {
        String value = word(name);
        if (!COUNT.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " is no count: " + value);
        }
        return Long.parseLong(value); // one that is too large is an IllegalArgumentException, too
    }

    Instant time(String name) {
        try {
            String value = word(name);
            if (value.length() != MICROS_LENGTH) { // the formatter takes years of up to ten digits
                throw new IllegalArgumentException(name + " is no time: " + value);
            }
            return Instant.from(MICROS.parse(value));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " is no time", e);
        }
    }

    /** RFC 3339, UTC, microseconds. */
    static String micros(Instant time) {
        return MICROS.format(time);
    }

    /** Whether a text is visible ASCII without {@code =}. */
    static boolean isWord(String text) {
        return WORD.matcher(text).matches();
    }

    static void check(long... counts) {
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("a count is below zero: " + count);
            }
        }
    }
}
