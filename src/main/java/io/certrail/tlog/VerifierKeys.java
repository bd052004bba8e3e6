package io.certrail.tlog;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys whose signatures count, found by name and id. Immutable. */
public final class VerifierKeys {
    private final Map<KeyId, VerifierKey> keys = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if two keys have the same name and id: signatures could not tell them apart */
    public VerifierKeys(Collection<VerifierKey> keys) {
        for (VerifierKey key : keys) {
            VerifierKey other = this.keys.putIfAbsent(key.id(), key);
            if (other != null && !other.equals(key)) {
                throw new IllegalArgumentException("two keys are called " + key.id());
            }
        }
    }

    /** As the constructor. */
    public static VerifierKeys of(VerifierKey... keys) {
        return new VerifierKeys(List.of(keys));
    }

    Optional<VerifierKey> find(KeyId id) {
        return Optional.ofNullable(keys.get(id));
    }
}
