package io.certrail.tlog;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a witness states of a checkpoint by signing it (C2SP tlog-cosignature): that it continues all those that it cosigned
 * before.
 *
 * @param witness whose signature was verified
 * @param time when it signed, to the second
 */
public record Cosignature(VerifierKey witness, Instant time) {
    /**
     * The cosignatures of a note that may come from anyone, in the order of the witnesses. Signatures by others are ignored;
     * whether the log signed is not looked at.
     *
     * @param witnesses keys of type {@link SignatureType#COSIGNATURE}
     * @return rejected if one that names a witness is not its, or there is none
     */
    public static Opened<List<Cosignature>> of(byte[] note, Collection<VerifierKey> witnesses) {
        Opened<String> opened = SignedNote.open(note, new VerifierKeys(witnesses));
        if (opened instanceof Opened.Rejected<String> rejected && rejected.flaw() == Flaw.NOT_SIGNED) {
            return new Opened.Rejected<>(
                    Flaw.NOT_SIGNED,
                    witnesses.stream().map(key -> key.id().toString()).collect(Collectors.joining(", ", "by ", "")));
        }
        return opened.then(accepted -> new Opened.Accepted<>(
                witnesses.stream()
                        .flatMap(witness -> accepted.signatures().stream()
                                .filter(signature -> signature.key().equals(witness.id()))
                                .map(signature -> new Cosignature(witness, witness.signedAt(signature))))
                        .toList(),
                accepted.signatures()));
    }
}
