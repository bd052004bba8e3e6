package io.certrail.recorder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A set of whole numbers, kept as ranges; quick where numbers rise. For one thread at a time. */
final class NumberRanges {
    private static final int SMALL = 8;

    private final int most;
    /** Of range {@code i}: its first number at {@code 2 * i}, its last after it. Rising, none adjacent to the next. */
    private long[] bounds = new long[2 * SMALL];

    private int count;

    /** @param most ranges that it takes; 1 or more */
    NumberRanges(int most) {
        this.most = most;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /**
     * Adds a number that may be there already.
     *
     * @return false if it would take a range too many: then nothing was changed
     */
    boolean add(long number) {
        int after = firstBeginningAfter(number);
        boolean endsBefore = after > 0 && last(after - 1) == number - 1;
        boolean beginsBehind = after < count && first(after) == number + 1;
        if (after > 0 && last(after - 1) >= number) {
            return true;
        }
        if (endsBefore && beginsBehind) {
            bounds[2 * after - 1] = last(after);
            remove(after);
        } else if (endsBefore) {
            bounds[2 * after - 1] = number;
        } else if (beginsBehind) {
            bounds[2 * after] = number;
        } else {
            return insert(after, number);
        }
        return true;
    }

    private long first(int range) {
        return bounds[2 * range];
    }

    private long last(int range) {
        return bounds[2 * range + 1];
    }

    private int firstBeginningAfter(long number) {
        if (count == 0 || first(count - 1) <= number) {
            return count;
        }
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (first(middle) > number) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private boolean insert(int at, long number) {
        if (count == most) {
            return false;
        }
        if (2 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, Math.min(2 * bounds.length, 2 * most));
        }
        System.arraycopy(bounds, 2 * at, bounds, 2 * at + 2, 2 * (count - at));
        bounds[2 * at] = number;
        bounds[2 * at + 1] = number;
        count++;
        return true;
    }

    private void remove(int range) {
        System.arraycopy(bounds, 2 * range + 2, bounds, 2 * range, 2 * (count - range - 1));
        count--;
    }

    /** Each range as {@code 7} or {@code 7-12}, rising. */
    List<String> texts() {
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(first(i) == last(i) ? Long.toString(first(i)) : first(i) + "-" + last(i));
        }
        return texts;
    }
}
