package io.certrail.api;

import io.certrail.api.Problem.Violation;
import io.certrail.event.ReadingEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one request. Reads what it is asked for and gathers what is wrong; {@link #check} refuses all of it at once. A
 * parameter that nobody asked for is wrong, too: a typing error would be an answer to another question. Belongs to one thread.
 */
final class Parameters {
    /** Longest value, in characters. */
    static final int MAX_LENGTH = 2048;
    /** Most values of one parameter. */
    static final int MAX_VALUES = 16;

    private final Map<String, List<String>> given;
    private final Set<String> known = new TreeSet<>();
    private final Map<String, String> asked = new LinkedHashMap<>();
    private final List<Violation> invalid = new ArrayList<>();

    Parameters(Map<String, List<String>> given) {
        this.given = given;
    }

    /** All values of a parameter, each once and as {@code read} makes it, which gives {@code null} for what it does not take. */
    <T> List<T> all(String name, Function<String, @Nullable T> read, String expected) {
        known.add(name);
        List<String> texts =
                given.getOrDefault(name, List.of()).stream().distinct().toList();
        if (texts.size() > MAX_VALUES) {
            wrong(name, "at most " + MAX_VALUES + " values");
            return List.of();
        }
        List<T> values = new ArrayList<>();
        for (String text : texts) {
            T value = text.isEmpty() || text.length() > MAX_LENGTH ? null : read.apply(text);
            if (value == null) {
                wrong(name, expected);
                return List.of();
            }
            if (!values.contains(value)) {
                values.add(value);
                asked(name, value instanceof String || value instanceof Instant ? value.toString() : text);
            }
        }
        return values;
    }

    /** Tells what a part of the path asks for. */
    void asked(String name, String value) {
        asked.merge(name, value, (one, other) -> one + ", " + other);
    }

    /** All that is asked for, by name; several values of one are joined. What a parameter that is not given means is not here. */
    Map<String, String> asked() {
        return asked;
    }

    /** The value of a parameter, {@code null} if it is not given. */
    <T> @Nullable T one(String name, Function<String, @Nullable T> read, String expected) {
        List<T> values = all(name, read, expected);
        if (values.size() > 1) {
            wrong(name, "given once");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** A whole number within bounds, both included. */
    @Nullable
    Long number(String name, long least, long most) {
        return one(
                name,
                text -> {
                    long number = text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
                    return number < least || number > most ? null : (Long) number;
                },
                "a whole number from " + least + (most == Long.MAX_VALUE ? "" : " to " + most));
    }

    @Nullable
    Boolean flag(String name) {
        return one(name, text -> text.matches("true|false") ? Boolean.valueOf(text) : null, "true or false");
    }

    @Nullable
    Instant time(String name) {
        return one(name, Parameters::instant, "an RFC 3339 time such as 2026-03-01T12:00:00Z");
    }

    private static @Nullable Instant instant(String text) {
        if (!Timestamp.Rfc3339Validator.isTime(text)) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
            return time.isBefore(Instant.EPOCH) ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The constant of that name in lower case. */
    <E extends Enum<E>> @Nullable E word(String name, Class<E> type) {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            words.add(constant.name().toLowerCase(Locale.ROOT));
        }
        return one(
                name,
                text -> words.contains(text) ? type.getEnumConstants()[words.indexOf(text)] : null,
                String.join(" or ", words));
    }

    /** The names that were asked for so far. */
    Set<String> known() {
        return Set.copyOf(known);
    }

    void wrong(String name, String expected) {
        invalid.add(new Violation(name, "must be " + expected));
    }

    private String allowed() {
        return known.isEmpty() ? "no parameters" : "none but these parameters: " + String.join(", ", known);
    }

    /** @throws InvalidParametersException if anything is wrong, or given and not known, or more than a record takes */
    void check() {
        if (!known.containsAll(given.keySet())) {
            invalid.add(new Violation("query", "must have " + allowed()));
        }
        if (!ReadingEvent.fits(asked)) {
            wrong("query", "at most " + ReadingEvent.MAX_ASKED + " characters, names and values together");
        }
        if (!invalid.isEmpty()) {
            throw new InvalidParametersException(invalid);
        }
    }
}
