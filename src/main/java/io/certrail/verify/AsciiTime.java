package io.certrail.verify;

/** Reads times as records state them: {@code 2026-11-25T16:00:00.000000Z}, RFC 3339, UTC, microseconds. */
final class AsciiTime {
    /** Length of such a time. */
    static final int LENGTH = 27;
    /** Length of its begin, up to the second. */
    static final int SECOND_LENGTH = 19;
    /** What is no such time. */
    static final long NONE = Long.MIN_VALUE;

    private static final String FORM = "dddd-dd-ddTdd:dd:dd.ddddddZ";

    private AsciiTime() {}

    /** Microseconds since 1970 of the bytes from an index; {@link #NONE} if they are no time. */
    static long micros(byte[] array, int from) {
        if (!isFormed(array, from, 0)) {
            return NONE;
        }
        int year = two(array, from) * 100 + two(array, from + 2);
        int month = two(array, from + 5);
        int day = two(array, from + 8);
        int hour = two(array, from + 11);
        int minute = two(array, from + 14);
        int second = two(array, from + 17);
        if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) {
            return NONE;
        }
        long seconds = ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
        return seconds * 1_000_000 + micros6(array, from + 20);
    }

    /** Microseconds since 1970 at which the second of a time began. */
    static long second(long micros) {
        return micros - Math.floorMod(micros, 1_000_000);
    }

    /** The same where the second is known, and only what follows it is read. */
    static long micros(long second, byte[] array, int from) {
        return isFormed(array, from, SECOND_LENGTH) ? second + micros6(array, from + SECOND_LENGTH + 1) : NONE;
    }

    private static boolean isFormed(byte[] array, int from, int begin) {
        for (int i = begin; i < LENGTH; i++) {
            char form = FORM.charAt(i);
            byte c = array[from + i];
            if (form == 'd' ? c < '0' || c > '9' : c != form) {
                return false;
            }
        }
        return true;
    }

    private static int two(byte[] array, int at) {
        return (array[at] - '0') * 10 + array[at + 1] - '0';
    }

    private static long micros6(byte[] array, int at) {
        return two(array, at) * 10_000L + two(array, at + 2) * 100L + two(array, at + 4);
    }

    /** Days since 1970 of a date of the Gregorian calendar: years are counted from March, so that a leap day is the last. */
    private static long days(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int monthFromMarch = (month + 9) % 12;
        int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
        long leapDays = (long) Math.floorDiv(y, 4) - Math.floorDiv(y, 100) + Math.floorDiv(y, 400);
        return 365L * y + leapDays + dayOfYear - 719_468;
    }
}
