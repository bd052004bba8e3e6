package io.certrail.verify;

import io.certrail.tlog.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The lines of a piece, each with its hash and the few fields that matter; made by any thread, then read by another. */
final class ScannedChunk {
    /** In the place of a sequence: the lines are no records. */
    static final int NO_RECORD = -1;

    /** Entries of a piece. */
    private static final int USUAL = 1024;

    final Chunk chunk;
    /** Distinct {@code name:outcome} and boot ids, in the order met. */
    final List<String> words = new ArrayList<>();

    final List<String> boots = new ArrayList<>();
    /** How many entries: records, or rows of lines that are none. */
    int count;
    /** Of each entry: where it begins and ends in the buffer, its sequence, time, number of lines, word and boot. */
    int[] begins = new int[USUAL];

    int[] ends = new int[USUAL];
    long[] sequences = new long[USUAL];
    long[] times = new long[USUAL];
    int[] lines = new int[USUAL];
    /** -1: no record that could be read. */
    short[] word = new short[USUAL];

    short[] boot = new short[USUAL];
    /** Numbers of connections, of handshakes alone; -1: it has none. */
    long[] connections = new long[USUAL];

    byte[] hashes = new byte[USUAL * Hash.LENGTH];

    ScannedChunk(Chunk chunk) {
        this.chunk = chunk;
    }

    /** Adds an entry and gives its index; a row of lines that are no records is one. */
    int add(int begin, int end, long sequence) {
        if (sequence == NO_RECORD && count > 0 && sequences[count - 1] == NO_RECORD) {
            ends[count - 1] = end;
            lines[count - 1]++;
            return count - 1;
        }
        if (count == begins.length) {
            grow();
        }
        begins[count] = begin;
        ends[count] = end;
        sequences[count] = sequence;
        times[count] = AsciiTime.NONE;
        lines[count] = 1;
        word[count] = -1;
        boot[count] = -1;
        connections[count] = -1;
        return count++;
    }

    private void grow() {
        int size = count * 2;
        begins = Arrays.copyOf(begins, size);
        ends = Arrays.copyOf(ends, size);
        sequences = Arrays.copyOf(sequences, size);
        times = Arrays.copyOf(times, size);
        lines = Arrays.copyOf(lines, size);
        word = Arrays.copyOf(word, size);
        boot = Arrays.copyOf(boot, size);
        connections = Arrays.copyOf(connections, size);
        hashes = Arrays.copyOf(hashes, size * Hash.LENGTH);
    }
}
