package io.certrail.index;

/** A cursor that no page of this index gave. Who asks begins with the first page. */
public final class BadCursorException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Says no more: the cursor is the client's word. */
    public BadCursorException() {
        super("cursor: not one that this index gave");
    }
}
