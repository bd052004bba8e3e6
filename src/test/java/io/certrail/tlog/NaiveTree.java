package io.certrail.tlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The definitions of RFC 9162 section 2.1, word by word and slow, over leaves that are all different. */
final class NaiveTree {
    private final TreeHasher hasher = new TreeHasher();
    private final List<byte[]> entries;
    private final Map<List<Integer>, Hash> known = new HashMap<>();

    NaiveTree(int size) {
        this(IntStream.range(0, size)
                .mapToObj(i -> ("leaf " + i).getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    NaiveTree(List<byte[]> entries) {
        this.entries = entries;
    }

    Hash leaf(int index) {
        return mth(index, index + 1);
    }

    Hash root(int size) {
        return mth(0, size);
    }

    Hash mth(int begin, int end) {
        Hash hash = known.get(List.of(begin, end));
        return hash == null ? remember(begin, end) : hash;
    }

    private Hash remember(int begin, int end) {
        Hash hash;
        if (begin == end) {
            hash = Hash.EMPTY_ROOT;
        } else if (end - begin == 1) {
            hash = hasher.leaf(entries.get(begin));
        } else {
            int k = k(end - begin);
            hash = hasher.node(mth(begin, begin + k), mth(begin + k, end));
        }
        known.put(List.of(begin, end), hash);
        return hash;
    }

    List<Hash> path(int m, int begin, int end) {
        if (end - begin == 1) {
            return List.of();
        }
        int k = k(end - begin);
        return m < k
                ? plus(path(m, begin, begin + k), mth(begin + k, end))
                : plus(path(m - k, begin + k, end), mth(begin, begin + k));
    }

    List<Hash> proof(int m, int n) {
        return subproof(m, 0, n, true);
    }

    private List<Hash> subproof(int m, int begin, int end, boolean b) {
        if (m == end - begin) {
            return b ? List.of() : List.of(mth(begin, end));
        }
        int k = k(end - begin);
        return m <= k
                ? plus(subproof(m, begin, begin + k, b), mth(begin + k, end))
                : plus(subproof(m - k, begin + k, end, false), mth(begin, begin + k));
    }

    /** The hashes as a prover wants them. */
    HashSource source() {
        return (level, index) -> mth((int) index << level, (int) (index + 1) << level);
    }

    private static List<Hash> plus(List<Hash> list, Hash hash) {
        List<Hash> longer = new ArrayList<>(list);
        longer.add(hash);
        return longer;
    }

    /** The largest power of two smaller than n. */
    private static int k(int n) {
        int k = 1;
        while (2 * k < n) {
            k *= 2;
        }
        return k;
    }
}
