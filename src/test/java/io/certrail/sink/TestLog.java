package io.certrail.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.ConsistencyProof;
import io.certrail.tlog.Hash;
import io.certrail.tlog.Prover;
import io.certrail.tlog.SignerKey;
import io.certrail.tlog.TreeHasher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A log in memory, whose leaves are numbers; from some number on another one, if it was forked. */
final class TestLog implements ConsistencySource {
    static final String ORIGIN = "log.example/certrail";

    private final SignerKey key;
    private final long forkedAt;

    private TestLog(SignerKey key, long forkedAt) {
        this.key = key;
        this.forkedAt = forkedAt;
    }

    static TestLog make() {
        return new TestLog(SignerKey.generate(ORIGIN), Long.MAX_VALUE);
    }

    /** One with the same key that is another from a leaf on. */
    TestLog forkedAt(long leaf) {
        return new TestLog(key, leaf);
    }

    SignerKey key() {
        return key;
    }

    private Hash hash(int level, long index) {
        TreeHasher hasher = new TreeHasher();
        if (level == 0) {
            return hasher.leaf(((index < forkedAt ? "leaf " : "other leaf ") + index).getBytes(UTF_8));
        }
        return hasher.node(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
    }

    Checkpoint checkpoint(long size) {
        try {
            Hash root = new Prover(this::hash).root(size);
            return new Checkpoint(ORIGIN, size, root, List.of("certrail/1 test"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] note(long size) {
        return checkpoint(size).sign(key).bytes();
    }

    PublishedCheckpoint published(long size) {
        return PublishedCheckpoint.of(checkpoint(size), note(size));
    }

    @Override
    public ConsistencyProof consistency(long oldSize, long newSize) throws IOException {
        return new Prover(this::hash).consistency(oldSize, newSize);
    }
}
