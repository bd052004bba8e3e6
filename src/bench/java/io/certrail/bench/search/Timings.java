package io.certrail.bench.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long the same thing took again and again. */
final class Timings {
    private final List<Long> nanos = new ArrayList<>();
    private long found;

    /** Something that is timed; it tells how many records it found. */
    @FunctionalInterface
    interface Work {
        long run() throws Exception;
    }

    void time(Work work) throws Exception {
        long begin = System.nanoTime();
        long count = work.run();
        nanos.add(System.nanoTime() - begin);
        found += count;
    }

    /** All that was found. */
    long found() {
        return found;
    }

    int count() {
        return nanos.size();
    }

    /** In milliseconds; 0.5 is the median. */
    double quantile(double share) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * share))) / 1e6;
    }
}
