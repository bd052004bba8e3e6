package io.certrail.bench;

/** System properties as the build hands them on: an empty one was not given. */
final class Settings {
    private Settings() {}

    static String text(String key, String otherwise) {
        String value = System.getProperty(key, "");
        return value.isEmpty() ? otherwise : value;
    }

    static int number(String key, int otherwise) {
        String value = text(key, "");
        try {
            return value.isEmpty() ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + "=" + value + ": expected a whole number", e);
        }
    }

    static boolean flag(String key) {
        return Boolean.parseBoolean(text(key, "false"));
    }

    /** A number that is another one in the short mode, which is for trying. */
    static int number(String key, int otherwise, int quick) {
        return number(key, flag("bench.quick") ? quick : otherwise);
    }
}
