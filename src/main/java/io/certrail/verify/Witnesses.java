package io.certrail.verify;

import io.certrail.tlog.Cosignature;
import io.certrail.tlog.Opened;
import io.certrail.tlog.VerifierKey;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** The witnesses that the reader trusts, and the largest checkpoint that each is known to have cosigned. For one thread. */
final class Witnesses {
    private static final Comparator<Witnessed> BY_SIZE =
            Comparator.comparingLong(Witnessed::size).thenComparing(Witnessed::time);

    private final List<VerifierKey> keys;
    /** Of each witness the largest, and of that size the last. */
    private final Map<VerifierKey, Witnessed> largest = new LinkedHashMap<>();

    Witnesses(List<VerifierKey> keys) {
        this.keys = keys;
    }

    /**
     * Takes a checkpoint that a key in force signed.
     *
     * @return who cosigned it; rejected if nobody did, or somebody in the name of one of them
     */
    Opened<List<Cosignature>> take(long size, byte[] note) {
        Opened<List<Cosignature>> opened = Cosignature.of(note, keys);
        for (Cosignature each : opened.accepted().orElse(List.of())) {
            Witnessed witnessed = new Witnessed(each.witness().id().toString(), size, each.time());
            largest.merge(each.witness(), witnessed, BinaryOperator.maxBy(BY_SIZE));
        }
        return opened;
    }

    /** Nothing of a witness that cosigned none. */
    List<Witnessed> largest() {
        return List.copyOf(largest.values());
    }

    /** Tells of each witness that cosigned nothing of what is here. */
    void finish(Findings findings) {
        for (VerifierKey key : keys) {
            if (!largest.containsKey(key)) {
                findings.add(FindingKind.NOT_WITNESSED, Place.TRAIL, "by " + key.id());
            }
        }
    }
}
