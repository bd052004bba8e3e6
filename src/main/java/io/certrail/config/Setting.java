package io.certrail.config;

import io.certrail.event.DurationText;
import io.certrail.recorder.ServedAlways;
import io.certrail.sink.SinkOptions;
import io.certrail.sink.Target;
import io.certrail.trail.CheckpointOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The value of a key that is in force.
 *
 * @param value as it was written
 * @param source name of the MicroProfile Config source that it comes from, or {@value #DEFAULT}
 */
public record Setting(ConfigKey key, String value, String source) {
    /** The source of a value that nobody configured. */
    public static final String DEFAULT = "default";
    /** The value of what is not used. */
    static final String NONE = "none";
    /** The value of a bound that does not bind. */
    static final String UNLIMITED = "unlimited";
    /** The value of a file that lies in the trail's folder. */
    static final String IN_TRAIL = "in-trail";
    /** The value of a name that is made where it is needed. */
    static final String GENERATED = "generated";

    /** The value of what is not done. */
    static final String OFF = "off";
    /** The value of the address that the server knows itself. */
    static final String OWN_LISTENER = "own-listener";

    private static final int MAX_NAMES = 32;
    private static final int MAX_ROLE = 128;

    /** The constant whose name is the value in upper case. */
    <E extends Enum<E>> E word(Class<E> type) {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT);
            if (word.equals(value)) {
                return constant;
            }
            words.add(word);
        }
        throw invalid(either(words));
    }

    /** A whole number within bounds, both included. */
    int count(int least, int most) {
        try {
            int count = Integer.parseInt(value);
            if (count >= least && count <= most) {
                return count;
            }
        } catch (NumberFormatException e) {
            // told below, with what was expected
        }
        throw invalid("a whole number from " + least + " to " + most);
    }

    /** As {@link #count}, or 0 for {@value #UNLIMITED}. */
    int countOrUnlimited(int least, int most) {
        return value.equals(UNLIMITED) ? 0 : count(least, most);
    }

    /** A time within bounds, both included. */
    Duration duration(Duration least, Duration most) {
        Duration duration = DurationText.parse(value);
        if (duration == null || duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw invalid("a time from " + DurationText.of(least) + " to " + DurationText.of(most)
                    + ", such as 500ms, 2s, 10m, 24h, 90d or PT2S");
        }
        return duration;
    }

    /** As {@link #duration}, or {@code null} for {@value #UNLIMITED}. */
    @Nullable
    Duration durationOrUnlimited(Duration least, Duration most) {
        return value.equals(UNLIMITED) ? null : duration(least, most);
    }

    /** As {@link #duration}, or {@code null} for {@value #OFF}. */
    @Nullable
    Duration durationOrOff(Duration least, Duration most) {
        return value.equals(OFF) ? null : duration(least, most);
    }

    /** Bytes within bounds, both included. */
    long bytes(long least, long most) {
        long bytes = SizeText.parse(value);
        if (bytes < least || bytes > most) {
            throw invalid("a size from " + SizeText.of(least) + " to " + SizeText.of(most)
                    + ", such as 65536, 512kB, 64MiB or 1GB");
        }
        return bytes;
    }

    /** As {@link #bytes}, or {@code null} for {@value #UNLIMITED}. */
    @Nullable
    Long bytesOrUnlimited(long least, long most) {
        return value.equals(UNLIMITED) ? null : (Long) bytes(least, most);
    }

    /** As {@link #bytes}, or 0. */
    long bytesOrNone(long least, long most) {
        return value.equals("0") ? 0 : bytes(least, most);
    }

    /** A path, made absolute by the server's working directory. */
    Path path() {
        try {
            return Path.of(value).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw invalid("a path of this operating system");
        }
    }

    /** As {@link #path}, or {@code null} for {@value #NONE}. */
    @Nullable
    Path pathOrNone() {
        return value.equals(NONE) ? null : path();
    }

    /** Places outside between commas, or {@value #NONE}. */
    List<Target> targets() {
        if (value.equals(NONE)) {
            return List.of();
        }
        try {
            return SinkOptions.targets(names());
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    /** As {@link #path}, of a key that another one needs. */
    Path pathFor(ConfigKey other) {
        Path path = pathOrNone();
        if (path == null) {
            throw invalid("a path, which " + other.key() + " needs");
        }
        return path;
    }

    /** An address of HTTPS, or {@code null} for {@value #OWN_LISTENER}. */
    @Nullable
    URI httpsOrOwnListener() {
        if (value.equals(OWN_LISTENER)) {
            return null;
        }
        try {
            URI uri = new URI(value);
            if ("https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below, with what was expected
        }
        throw invalid(OWN_LISTENER + " or https://host:port");
    }

    /** As {@link #path}, or {@code null} for {@value #IN_TRAIL}. */
    @Nullable
    Path pathOrInTrail() {
        return value.equals(IN_TRAIL) ? null : path();
    }

    /** The name of a log, or {@code null} for {@value #GENERATED}. */
    @Nullable
    String originOrGenerated() {
        if (value.equals(GENERATED)) {
            return null;
        }
        if (CheckpointOptions.isOrigin(value)) {
            return value;
        }
        throw invalid(
                "generated, or 1 to 255 visible characters of ASCII without +, such as audit.example.com/payments");
    }

    /** Names between commas; blanks around them do not count. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            String name = part.strip();
            if (name.isEmpty() || names.contains(name) || names.size() == MAX_NAMES) {
                throw invalid("a list of at most " + MAX_NAMES + " different names between commas");
            }
            names.add(name);
        }
        return List.copyOf(names);
    }

    /** As {@link #names}, each as long as the filter takes it. */
    List<String> roles() {
        List<String> roles = names();
        if (roles.stream().anyMatch(role -> role.length() > MAX_ROLE)) {
            throw invalid("a list of names of at most " + MAX_ROLE + " characters each");
        }
        return roles;
    }

    /** Whether it is {@code on}, not {@code off}. */
    boolean isOn() {
        if (!value.equals("on") && !value.equals("off")) {
            throw invalid("on or off");
        }
        return value.equals("on");
    }

    /** The path as it is written. */
    Path plainPath() {
        path();
        return Path.of(value);
    }

    /** A name for JNDI that leads nowhere out of the server, or {@code null} for {@value #NONE}. */
    @Nullable
    String jndiNameOrNone() {
        if (value.equals(NONE)) {
            return null;
        }
        if (!value.matches("(java:|jdbc/)[A-Za-z0-9_./-]{1,200}")) {
            throw invalid("a JNDI name such as jdbc/certrail or java:jboss/datasources/Certrail, or none");
        }
        return value;
    }

    /** Whole numbers between commas, each within bounds, or none of them for {@value #NONE}. */
    List<Integer> countsOrNone(int least, int most) {
        List<Integer> counts = new ArrayList<>();
        for (String name : value.equals(NONE) ? List.<String>of() : names()) {
            int count = name.matches("\\d{1,9}") ? Integer.parseInt(name) : -1;
            if (count < least || count > most) {
                throw invalid("whole numbers from " + least + " to " + most + " between commas, or none");
            }
            counts.add(count);
        }
        return counts;
    }

    /** Paths between commas, or {@code none}. */
    ServedAlways paths() {
        if (value.equals(NONE)) {
            return ServedAlways.NONE;
        }
        try {
            return new ServedAlways(names());
        } catch (IllegalArgumentException e) {
            throw invalid("none, or paths such as /health between commas");
        }
    }

    /** What to throw for a value that is not as expected. */
    InvalidConfigException invalid(String expected) {
        return InvalidConfigException.value(key.key(), value, expected);
    }

    private static String either(List<String> words) {
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }
}
