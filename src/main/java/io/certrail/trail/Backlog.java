package io.certrail.trail;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the writer has taken and not settled, in order: first what is written and not forced, then what is not written. Where
 * memory is out, each method does all of its work or none.
 */
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

    /** Adds before all that is not written, but behind what the trail itself has to say first: that it was started. */
    void addNext(Entry entry) {
        int at = written;
        while (at < entries.size() && entries.get(at).origin() == Entry.Origin.TRAIL) {
            at++;
        }
        entries.add(at, entry);
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
        for (int i = 0; i < count; i++) {
            count(taken.get(i), -1);
        }
        return taken;
    }

    /** The entries of a kind, which stay. */
    List<Entry> those(Predicate<Entry> which) {
        return entries.stream().filter(which).toList();
    }

    /** Takes out the entries of a kind, of which none may be written. */
    void remove(Predicate<Entry> which) {
        int kept = 0;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (which.test(entry)) {
                count(entry, -1);
            } else {
                entries.set(kept++, entry);
            }
        }
        while (entries.size() > kept) {
            entries.remove(entries.size() - 1);
        }
    }

    /** Takes out an entry, which may not be written. */
    void remove(Entry entry) {
        if (entries.remove(entry)) {
            count(entry, -1);
        }
    }

    private void count(Entry entry, int by) {
        urgent += entry.origin().isUrgent() ? by : 0;
        waiting += entry.origin() == Entry.Origin.WAITING_PRODUCER ? by : 0;
    }
}
