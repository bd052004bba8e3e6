package io.certrail.tlog;

/** Why something signed is not to be trusted. */
public enum Flaw {
    /** More bytes than a note may have. */
    TOO_LONG,
    /** Not UTF-8, or with control characters. */
    NOT_TEXT,
    /** No blank line with signature lines after it, or lines among them that are none. */
    NOT_A_NOTE,
    /** More signatures than a note may have. */
    TOO_MANY_SIGNATURES,
    /** A signature that names a known key is not that key's. */
    WRONG_SIGNATURE,
    /** A key that has to have signed has not. */
    NOT_SIGNED,
    /** Signed, but the text is not of the form that it should have. */
    WRONG_FORM,
    /** Signed, but for another log. */
    OTHER_ORIGIN,
    /** Signed by a key that was not in force at this size of the tree. */
    KEY_NOT_IN_FORCE,
    /** Signed, but with another root than was signed for the same size before. */
    ROOT_DIFFERS,
    /** The inclusion proof does not hold. */
    NOT_INCLUDED
}
