package io.certrail.verify;

/** The two questions, apart: nothing may have been changed and yet much be missing, and the other way round. */
public enum Verdict {
    /** Is what was recorded still what it was: neither changed, cut, reordered, added to nor deleted? */
    INTACT,
    /** Is all that happened on record? */
    COMPLETE
}
