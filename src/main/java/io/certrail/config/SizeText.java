package io.certrail.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as people write them: bytes, or with {@code kB}, {@code MB}, {@code GB}, {@code TB} (powers of 1000) or
 * {@code KiB}, {@code MiB}, {@code GiB}, {@code TiB} (powers of 1024, IEC 80000-13). Case does not count.
 */
final class SizeText {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s?([a-z]{0,3})");
    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "b", 1L,
            "kb", 1_000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "tb", 1_000_000_000_000L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30,
            "tib", 1L << 40);

    private SizeText() {}

    /** Bytes, or -1 if it is no size or one beyond counting. */
    static long parse(String text) {
        Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            return -1;
        }
        long high = Math.multiplyHigh(Long.parseLong(matcher.group(1)), unit);
        long bytes = Long.parseLong(matcher.group(1)) * unit;
        return high == 0 && bytes >= 0 ? bytes : -1;
    }

    /** The shortest text that gives these bytes. */
    static String of(long bytes) {
        for (String unit : new String[] {"TiB", "GiB", "MiB", "KiB"}) {
            long size = UNITS.getOrDefault(unit.toLowerCase(Locale.ROOT), 1L);
            if (bytes >= size && bytes % size == 0) {
                return bytes / size + unit;
            }
        }
        return Long.toString(bytes);
    }
}
