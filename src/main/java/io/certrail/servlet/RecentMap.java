package io.certrail.servlet;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was used recently, within a bound: two generations, of which the older is dropped when the younger is
 * full. Holds at most twice its capacity, needs no lock to read, and forgets nothing that was used within the last
 * {@code capacity} insertions.
 */
final class RecentMap<K, V> {
    private final int capacity;
    private volatile ConcurrentHashMap<K, V> young = new ConcurrentHashMap<>();
    private volatile ConcurrentHashMap<K, V> old = new ConcurrentHashMap<>();

    RecentMap(int capacity) {
        this.capacity = capacity;
    }

    @Nullable
    V get(K key) {
        V value = young.get(key);
        if (value == null) {
            value = old.get(key);
            if (value != null) {
                put(key, value);
            }
        }
        return value;
    }

    void put(K key, V value) {
        young.put(key, value);
        if (young.size() > capacity) {
            turn();
        }
    }

    private synchronized void turn() {
        if (young.size() > capacity) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }
}
