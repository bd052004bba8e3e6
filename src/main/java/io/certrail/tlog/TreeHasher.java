package io.certrail.tlog;

import java.security.DigestException;
import java.security.MessageDigest;

/**
 * The tree's hash functions (RFC 9162 section 2.1.1): {@code SHA-256(0x00 || entry)} of a leaf,
 * {@code SHA-256(0x01 || left || right)} of a node. The array forms allocate nothing. For one thread.
 */
public final class TreeHasher {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest = Sha256.digest();
    private final byte[] node = new byte[1 + 2 * Hash.LENGTH];

    public TreeHasher() {
        node[0] = NODE;
    }

    /** The hash of an entry. */
    public Hash leaf(byte[] entry) {
        return leaf(entry, 0, entry.length);
    }

    /** The hash of the entry that lies in a part of an array. */
    public Hash leaf(byte[] array, int offset, int length) {
        byte[] hash = new byte[Hash.LENGTH];
        leaf(array, offset, length, hash, 0);
        return Hash.of(hash, 0);
    }

    /** Writes the hash of the entry that lies in a part of an array to 32 bytes of another. */
    public void leaf(byte[] array, int offset, int length, byte[] to, int at) {
        beginLeaf();
        addToLeaf(array, offset, length);
        endLeaf(to, at);
    }

    /**
     * As above, without copying the begin of the entry: the prefix is digested in front of it, where it lies.
     *
     * @param offset at least 1: the byte before the entry is another one meanwhile
     */
    public void leafInPlace(byte[] array, int offset, int length, byte[] to, int at) {
        int prefix = offset - 1;
        byte before = array[prefix];
        array[prefix] = LEAF;
        digest.reset();
        digest.update(array, prefix, length + 1);
        array[prefix] = before;
        finish(to, at);
    }

    /** Begins the hash of an entry that lies in several pieces; one that was begun before is forgotten. */
    public void beginLeaf() {
        digest.reset();
        digest.update(LEAF);
    }

    /** Adds the next piece of the entry. */
    public void addToLeaf(byte[] array, int offset, int length) {
        digest.update(array, offset, length);
    }

    /** Writes the entry's hash to 32 bytes of an array. */
    public void endLeaf(byte[] to, int at) {
        finish(to, at);
    }

    /** The hash of a node above two others. */
    public Hash node(Hash left, Hash right) {
        left.copyTo(node, 1);
        right.copyTo(node, 1 + Hash.LENGTH);
        byte[] hash = new byte[Hash.LENGTH];
        hashNode(hash, 0);
        return Hash.of(hash, 0);
    }

    /** Writes the hash of a node above two others to 32 bytes of an array, which may be those of one of the two. */
    void node(byte[] left, int leftAt, byte[] right, int rightAt, byte[] to, int at) {
        System.arraycopy(left, leftAt, node, 1, Hash.LENGTH);
        System.arraycopy(right, rightAt, node, 1 + Hash.LENGTH, Hash.LENGTH);
        hashNode(to, at);
    }

    private void hashNode(byte[] to, int at) {
        digest.reset();
        digest.update(node, 0, node.length);
        finish(to, at);
    }

    private void finish(byte[] to, int at) {
        try {
            digest.digest(to, at, Hash.LENGTH);
        } catch (DigestException e) {
            throw new IllegalArgumentException("no room for a hash at " + at + " of " + to.length, e);
        }
    }
}
