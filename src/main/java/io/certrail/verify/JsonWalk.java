package io.certrail.verify;

/**
 * A strict walk over one JSON object in a part of an array (RFC 8259), which tells the members that somebody wants and
 * checks the form of all others. Allocates nothing. For one thread.
 */
final class JsonWalk {
    /** What a member's value is to its {@link Wanted}: of no interest, nor anything below it. */
    static final int NOTHING = 0;
    /** The same: what stands there must not, and the walk ends. */
    static final int REFUSED = -1;

    private static final int MAX_DEPTH = 32;

    private byte[] array = new byte[0];
    private int at;
    private int end;
    private boolean escaped;

    /** What somebody wants of an object: a tree of names, whose nodes are numbers from 1. */
    interface Wanted {
        /**
         * A member's name, as it stands between its quotes.
         *
         * @param parent the node of the object that it is in; that of the outermost is 1
         * @param escaped whether an escape is in it
         * @return the node of its value, {@link #NOTHING} or {@link #REFUSED}
         */
        int member(int parent, int from, int to, boolean escaped);

        /**
         * A text (without its quotes), number or literal that is a member's value.
         *
         * @param node what {@link #member} gave, never {@link #NOTHING}
         */
        void value(int node, int from, int to, boolean text, boolean escaped);
    }

    /** Whether all bytes from one index to before another are one JSON object, of no more than 32 levels. */
    boolean walk(byte[] bytes, int from, int to, Wanted wanted) {
        array = bytes;
        at = from;
        end = to;
        blank();
        boolean whole = at < end && array[at] == '{' && object(1, 1, wanted);
        blank();
        return whole && at == end;
    }

    private boolean value(int node, int depth, Wanted wanted) {
        if (at >= end || depth > MAX_DEPTH) {
            return false;
        }
        byte first = array[at];
        if (first == '{') {
            return object(node, depth, wanted);
        } else if (first == '[') {
            return list(depth, wanted);
        }
        boolean text = first == '"';
        int from = text ? at + 1 : at;
        if (!(text ? string() : literal(first))) {
            return false;
        }
        if (node != NOTHING) {
            wanted.value(node, from, text ? at - 1 : at, text, text && escaped);
        }
        return true;
    }

    private boolean object(int node, int depth, Wanted wanted) {
        at++;
        blank();
        if (skip('}')) {
            return true;
        }
        do {
            blank();
            if (!member(node, depth, wanted)) {
                return false;
            }
            blank();
        } while (skip(','));
        return skip('}');
    }

    private boolean member(int parent, int depth, Wanted wanted) {
        int from = at + 1;
        if (at >= end || array[at] != '"' || !string()) {
            return false;
        }
        int node = parent == NOTHING ? NOTHING : wanted.member(parent, from, at - 1, escaped);
        blank();
        if (node == REFUSED || !skip(':')) {
            return false;
        }
        blank();
        return value(node, depth + 1, wanted);
    }

    private boolean list(int depth, Wanted wanted) {
        at++;
        blank();
        if (skip(']')) {
            return true;
        }
        do {
            blank();
            if (!value(NOTHING, depth + 1, wanted)) {
                return false;
            }
            blank();
        } while (skip(','));
        return skip(']');
    }

    /** RFC 8259 section 7. */
    private boolean string() {
        escaped = false;
        at++;
        while (at < end) {
            byte c = array[at++];
            if (c == '"') {
                return true;
            } else if (c == '\\') {
                escaped = true;
                if (!escape()) {
                    return false;
                }
            } else if (c >= 0 && c < ' ') {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        if (at >= end) {
            return false;
        }
        byte c = array[at++];
        if (c != 'u') {
            return "\"\\/bfnrt".indexOf(c) >= 0;
        }
        for (int i = 0; i < 4; i++, at++) {
            if (at >= end || Character.digit(array[at], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean literal(byte first) {
        return switch (first) {
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++, at++) {
            if (at >= end || array[at] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** RFC 8259 section 6. */
    private boolean number() {
        skip('-');
        if (!skip('0') && !digits()) {
            return false;
        }
        if (skip('.') && !digits()) {
            return false;
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int from = at;
        while (at < end && array[at] >= '0' && array[at] <= '9') {
            at++;
        }
        return at > from;
    }

    private boolean skip(char c) {
        boolean there = at < end && array[at] == c;
        if (there) {
            at++;
        }
        return there;
    }

    private void blank() {
        while (at < end && (array[at] == ' ' || array[at] == '\t' || array[at] == '\r' || array[at] == '\n')) {
            at++;
        }
    }
}
