package io.certrail.tlog;

/** The way from a node up to the root while a proof is checked: {@code fn} and {@code sn} of RFC 9162 section 2.1. */
final class Ascent {
    private long node;
    private long last;

    /**
     * Begins at a node.
     *
     * @param node its number in its level
     * @param last the number of the level's last node
     */
    Ascent(long node, long last) {
        this.node = node;
        this.last = last;
    }

    /** Whether there is only one node in the level: the root. */
    boolean atTop() {
        return last == 0;
    }

    /** Goes up to the parent, not from the top; tells whether the other child is the left one. */
    boolean up() {
        boolean left = (node & 1) == 1 || node == last;
        int levels = left
                ? Long.numberOfTrailingZeros(node) + 1
                : 1; // a last node without a right sibling is its own parent
        node >>>= levels;
        last >>>= levels;
        return left;
    }
}
