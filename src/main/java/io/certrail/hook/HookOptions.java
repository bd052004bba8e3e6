package io.certrail.hook;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What can be configured: {@code deadline=10s,queue-facts=8192,queue-bytes=16777216}, as the provider's or the agent's
 * argument, or each as a system property {@code certrail.hook.<name>}, which comes second.
 *
 * @param deadline longest that a handshake may take, from the acceptance; zero: as long as it likes
 * @param queueFacts most facts kept for a subscriber
 * @param queueBytes most bytes of them, roughly; certificates that several have count once
 */
record HookOptions(Duration deadline, int queueFacts, long queueBytes) {
    private static final String PROPERTIES = "certrail.hook.";
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_FACTS = 10_000_000;
    private static final long MOST_BYTES = 1L << 40;

    static final HookOptions DEFAULT = new HookOptions(Duration.ofSeconds(10), 8192, 16L << 20);

    HookOptions {
        check("deadline", deadline.toMillis(), 0, LONGEST.toMillis());
        check("queue-facts", queueFacts, 1, MOST_FACTS);
        check("queue-bytes", queueBytes, 1, MOST_BYTES);
    }

    private static void check(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw invalid(key, Long.toString(value), "a value from " + least + " to " + most);
        }
    }

    /**
     * Reads an argument and, for what it does not tell, the system properties.
     *
     * @throws IllegalArgumentException with key, value and what was expected
     */
    static HookOptions read(@Nullable String argument) {
        HookOptions options = DEFAULT;
        for (String key : new String[] {"deadline", "queue-facts", "queue-bytes"}) {
            String value = System.getProperty(PROPERTIES + key);
            options = value == null ? options : options.with(key, value.strip());
        }
        for (String part : argument == null ? new String[0] : argument.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals >= 0) {
                options = options.with(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            } else if (!part.isBlank()) {
                throw invalid(part.strip(), "", "key=value");
            }
        }
        return options;
    }

    private HookOptions with(String key, String value) {
        return switch (key) {
            case "deadline" -> new HookOptions(duration(value), queueFacts, queueBytes);
            case "queue-facts" -> new HookOptions(deadline, (int) number(key, value), queueBytes);
            case "queue-bytes" -> new HookOptions(deadline, queueFacts, number(key, value));
            default -> throw invalid(key, value, "deadline, queue-facts or queue-bytes");
        };
    }

    private static Duration duration(String value) {
        String text = value.toLowerCase(Locale.ROOT);
        if (text.endsWith("ms")) {
            return Duration.ofMillis(number("deadline", text.substring(0, text.length() - 2)));
        }
        if (text.endsWith("s")) {
            return Duration.ofSeconds(number("deadline", text.substring(0, text.length() - 1)));
        }
        throw invalid("deadline", value, "a time such as 500ms or 10s");
    }

    private static long number(String key, String value) {
        try {
            long number = Long.parseLong(value);
            if (number >= 0 && number <= (key.equals("queue-facts") ? MOST_FACTS : MOST_BYTES)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, with what was expected
        }
        throw invalid(key, value, "a whole number, not too great");
    }

    private static IllegalArgumentException invalid(String key, String value, String expected) {
        return new IllegalArgumentException(
                "Certrail's hook: " + PROPERTIES + key + ": got \"" + value + "\", expected " + expected);
    }
}
