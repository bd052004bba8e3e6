package io.certrail.trail;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What the writer has taken and not settled, in order: first what is written and not forced, then what is not written. */
final class Backlog {
    private final List<Entry> entries = new ArrayList<>();
    private int written;
    /** How many are urgent, and how many of these have a producer waiting. */
    private int urgent;

    private int waiting;

    void add(Entry entry) {
        entries.add(entry);
        count(entry, 1);
    }

    /** Adds before all that is not written. */
    void addNext(Entry entry) {
        entries.add(written, entry);
        count(entry, 1);
    }

    boolean hasUnwritten() {
        return written < entries.size();
    }

    boolean hasUnforced() {
        return written > 0;
    }

    /** Whether somebody waits for an entry, or the trail itself has something to say. */
    boolean isUrgent() {
        return urgent > 0;
    }

    /** Whether a producer waits for an entry. */
    boolean hasWaiting() {
        return waiting > 0;
    }

    /** The first entry that is not written. */
    Entry nextUnwritten() {
        return entries.get(written);
    }

    void wrote() {
        written++;
    }

    /** Nothing counts as written any more. */
    void rewind() {
        written = 0;
    }

    /** Takes out the first entries, which were written. */
    List<Entry> takeFirst(int count) {
        List<Entry> first = entries.subList(0, count);
        List<Entry> taken = new ArrayList<>(first);
        first.clear();
        written -= count;
        forget(taken);
        return taken;
    }

    /** Takes out entries, of which none may be written. */
    List<Entry> take(Predicate<Entry> which) {
        List<Entry> taken = entries.stream().filter(which).toList();
        if (!taken.isEmpty()) {
            entries.removeIf(which);
            forget(taken);
        }
        return taken;
    }

    private void forget(List<Entry> taken) {
        for (Entry entry : taken) {
            count(entry, -1);
        }
    }

    private void count(Entry entry, int by) {
        urgent += entry.origin().isUrgent() ? by : 0;
        waiting += entry.origin() == Entry.Origin.WAITING_PRODUCER ? by : 0;
    }
}
