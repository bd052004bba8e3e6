package io.certrail.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Refuses keys that do not exist: a typing error would be a silent default otherwise. */
final class KnownKeys {
    private static final String PREFIX = "certrail.";
    private static final String ENVIRONMENT_PREFIX = "CERTRAIL_";
    private static final int TYPING_ERROR = 2;

    /** System properties of the JSSE hook, which reads them itself: it begins before any deployment, in a jar of its own. */
    private static final List<String> OF_THE_HOOK =
            List.of("certrail.hook.deadline", "certrail.hook.queue-facts", "certrail.hook.queue-bytes");

    private KnownKeys() {}

    /** Checks every name that the configuration shows. */
    static void check(Iterable<String> names) {
        for (String name : names) {
            if (name.startsWith(PREFIX)) {
                checkKey(name);
            } else if (name.startsWith(ENVIRONMENT_PREFIX)) {
                checkVariable(name);
            }
        }
    }

    private static void checkKey(String name) {
        String nearest = nearest(name);
        if (!name.equals(nearest)) {
            throw InvalidConfigException.unknownKey(name, hint(name, nearest));
        }
        if (OF_THE_HOOK.contains(name) && System.getProperty(name) == null) {
            throw InvalidConfigException.unknownKey(name, "the JSSE hook knows it, as a system property alone");
        }
    }

    /**
     * Only what is nearly one of ours: Kubernetes puts {@code CERTRAIL_SERVICE_HOST} and the like into every container
     * near a service called certrail.
     */
    private static void checkVariable(String name) {
        for (ConfigKey key : ConfigKey.values()) {
            if (name.equals(key.environmentVariable())) {
                return;
            }
        }
        Optional<ConfigKey> meant = Arrays.stream(ConfigKey.values())
                .filter(key -> distance(name, key.environmentVariable()) <= TYPING_ERROR)
                .findFirst();
        meant.ifPresent(key -> {
            throw InvalidConfigException.unknownKey(name, "did you mean " + key.environmentVariable() + "?");
        });
    }

    private static String nearest(String name) {
        return Stream.concat(Arrays.stream(ConfigKey.values()).map(ConfigKey::key), OF_THE_HOOK.stream())
                .min(Comparator.comparingInt(key -> distance(name, key)))
                .orElseThrow();
    }

    private static String hint(String name, String nearest) {
        return distance(name, nearest) <= name.length() / 2
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
