package io.certrail.tlog;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What came of opening something signed: its content, which keys vouch for, or why it is not to be trusted. */
public sealed interface Opened<T> {
    /**
     * Signed by known keys, of which each signature was verified.
     *
     * @param signatures theirs, in the note's order, one for each key; those of unknown keys are left out
     */
    record Accepted<T>(T content, List<NoteSignature> signatures) implements Opened<T> {
        public Accepted {
            signatures = List.copyOf(signatures);
        }
    }

    /**
     * Not to be trusted: nothing of it is shown.
     *
     * @param detail what was wrong, for the operator; may quote what was read
     */
    record Rejected<T>(Flaw flaw, String detail) implements Opened<T> {}

    /** The content, if it is to be trusted. */
    default Optional<T> accepted() {
        return this instanceof Accepted<T> accepted ? Optional.of(accepted.content) : Optional.empty();
    }

    /** The flaw, if it is not. */
    default Optional<Flaw> rejected() {
        return this instanceof Rejected<T> rejected ? Optional.of(rejected.flaw) : Optional.empty();
    }

    /** Goes on with what was accepted; what was rejected stays so. */
    default <U> Opened<U> then(Function<Accepted<T>, Opened<U>> next) {
        if (this instanceof Rejected<T> rejected) {
            return new Rejected<>(rejected.flaw(), rejected.detail());
        }
        return next.apply((Accepted<T>) this);
    }
}
