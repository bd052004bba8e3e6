package io.certrail.event;

import java.time.Instant;

/** Writes times as {@link Rfc3339} does. Most times share their second with the one before: only that is kept. */
final class TimeBytes {
    private static final int SECONDS_PER_DAY = 86_400;

    /** From the opening quote to the point before the fraction. */
    private final byte[] upToPoint = new byte[32];

    private int upToPointLength;
    private long second = Long.MIN_VALUE;

    /** Writes a time that {@link Rfc3339#has} takes between quotes, in 29 bytes; the copy reaches a few further. */
    int put(Instant time, byte[] bytes, int at) {
        if (time.getEpochSecond() != second) {
            second = time.getEpochSecond();
            upToPointLength = secondOf(second);
        }
        System.arraycopy(upToPoint, 0, bytes, at, upToPoint.length);
        int end = Digits.padded(time.getNano() / 1000, 6, bytes, at + upToPointLength);
        bytes[end] = 'Z';
        bytes[end + 1] = '"';
        return end + 2;
    }

    private int secondOf(long epochSecond) {
        int ofDay = (int) Math.floorMod(epochSecond, (long) SECONDS_PER_DAY);
        upToPoint[0] = '"';
        int end = date(Math.floorDiv(epochSecond, (long) SECONDS_PER_DAY), 1);
        end = part('T', ofDay / 3600, end);
        end = part(':', ofDay / 60 % 60, end);
        end = part(':', ofDay % 60, end);
        upToPoint[end] = '.';
        return end + 1;
    }

    private int part(char before, int value, int at) {
        upToPoint[at] = (byte) before;
        return Digits.padded(value, 2, upToPoint, at + 1);
    }

    /** Civil date of a day since 1970-01-01, after H. Hinnant, "chrono-compatible low-level date algorithms". */
    private int date(long days, int at) {
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
        int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        int end = Digits.padded(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4, upToPoint, at);
        return part('-', day, part('-', month, end));
    }
}
