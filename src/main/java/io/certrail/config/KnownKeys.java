package io.certrail.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Refuses keys that do not exist: a typing error would be a silent default otherwise. */
final class KnownKeys {
    private static final String PREFIX = "certrail.";
    private static final String ENVIRONMENT_PREFIX = "certrail_";
    private static final int TYPING_ERROR = 2;

    /** Of MicroProfile Config: what stands before a key that counts in one profile only. */
    private static final Pattern PROFILE = Pattern.compile("%[^.]*\\.");

    /** System properties of the JSSE hook, which reads them itself: it begins before any deployment, in a jar of its own. */
    private static final List<String> OF_THE_HOOK =
            List.of("certrail.hook.deadline", "certrail.hook.queue-facts", "certrail.hook.queue-bytes");

    /** What Kubernetes puts into every container near a service called certrail or certrail-something. */
    private static final Pattern OF_KUBERNETES = Pattern.compile("CERTRAIL(_[A-Z0-9_]+)?"
            + "(_SERVICE_HOST|_SERVICE_PORT(_[A-Z0-9_]+)?|_PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

    /** Variables that the images' start and the command line read, which may share an environment with the server. */
    private static final Set<String> OF_OTHERS =
            Set.of("CERTRAIL_WORK", "CERTRAIL_CLIENT_PASSWORD", "CERTRAIL_PKI_PASSWORD");

    private KnownKeys() {}

    /**
     * Checks every name that the configuration shows. SmallRye (WildFly) shows a variable a second time, as the key that its
     * name could stand for: {@code CERTRAIL_ON_FAILURE} as {@code certrail.on.failure}, {@code CERTRAIL_PORT_1_TCP} as
     * {@code certrail.port[1]tcp}.
     */
    static void check(Iterable<String> names) {
        Set<String> variables = new HashSet<>();
        for (String name : names) {
            if (begins(name, ENVIRONMENT_PREFIX)) {
                checkVariable(name);
                variables.add(name.toLowerCase(Locale.ROOT));
            }
        }
        for (String name : names) {
            String key = PROFILE.matcher(name).replaceFirst("");
            if (begins(key, PREFIX) && !variables.contains(variable(key))) {
                checkKey(name, key);
            }
        }
    }

    /** Which variable stands for a key, in lower case. */
    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toLowerCase(Locale.ROOT);
    }

    private static boolean begins(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    private static void checkKey(String name, String key) {
        String nearest = nearest(key, keys());
        if (!key.equals(nearest)) {
            throw InvalidConfigException.unknownKey(name, hint(key, nearest));
        }
        if (OF_THE_HOOK.contains(key) && System.getProperty(name) == null) {
            throw InvalidConfigException.unknownKey(name, "the JSSE hook knows it, as a system property alone");
        }
    }

    private static Stream<String> keys() {
        return Stream.concat(Arrays.stream(ConfigKey.values()).map(ConfigKey::key), OF_THE_HOOK.stream());
    }

    private static void checkVariable(String name) {
        String nearest = nearest(name, variables());
        if (!name.equals(nearest)
                && !OF_OTHERS.contains(name)
                && !OF_KUBERNETES.matcher(name).matches()) {
            String hint = hint(name, nearest);
            String more =
                    distance(name, nearest) <= TYPING_ERROR ? "" : " (what is not for Certrail needs another name)";
            throw InvalidConfigException.unknownKey(name, hint + more);
        }
    }

    /** MicroProfile Config takes them in both cases. */
    private static Stream<String> variables() {
        return Arrays.stream(ConfigKey.values())
                .map(ConfigKey::environmentVariable)
                .flatMap(variable -> Stream.of(variable, variable.toLowerCase(Locale.ROOT)));
    }

    private static String nearest(String name, Stream<String> names) {
        return names.min(Comparator.comparingInt(known -> distance(name, known)))
                .orElseThrow();
    }

    private static String hint(String name, String nearest) {
        return distance(name, nearest) <= (name.length() - PREFIX.length()) / 2
                ? "did you mean " + nearest + "?"
                : "the README lists those that exist";
    }

    /** Levenshtein's distance: single characters to insert, delete or replace. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        Arrays.setAll(previous, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
