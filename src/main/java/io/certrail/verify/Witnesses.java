package io.certrail.verify;

import io.certrail.tlog.Cosignature;
import io.certrail.tlog.Opened;
import io.certrail.tlog.VerifierKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The witnesses that the reader trusts, and the largest checkpoint that each is known to have cosigned. For one thread. */
final class Witnesses {
    private final List<VerifierKey> keys;
    private final List<Witnessed> seen = new ArrayList<>();

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
        opened.accepted().stream()
                .flatMap(List::stream)
                .forEach(each -> seen.add(new Witnessed(each.witness().id().toString(), size, each.time())));
        return opened;
    }

    /** Of each witness the largest, and of that size the last; nothing of one that cosigned none. */
    List<Witnessed> largest() {
        return keys.stream()
                .flatMap(key -> seen.stream()
                        .filter(each -> each.witness().equals(key.id().toString()))
                        .max(Comparator.comparingLong(Witnessed::size).thenComparing(Witnessed::time))
                        .stream())
                .toList();
    }

    /** Tells of each witness that cosigned nothing of what is here. */
    void finish(Findings findings) {
        for (VerifierKey key : keys) {
            if (seen.stream().noneMatch(each -> each.witness().equals(key.id().toString()))) {
                findings.add(FindingKind.NOT_WITNESSED, Place.TRAIL, "by " + key.id());
            }
        }
    }
}
