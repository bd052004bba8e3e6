package io.certrail.api;

import java.io.Closeable;
import java.io.IOException;

/** Where the export reads the trail. */
interface EntrySource {
    /**
     * Opens the trail to be read in its order, also while it is being written.
     *
     * @param sequence the first number wanted, 0 or more; if retention deleted it, reading begins at the first that is
     *     there
     */
    Entries from(long sequence) throws IOException;

    /** A cursor before the first line. Ends where the trail did when it was opened. Belongs to one thread. */
    interface Entries extends Closeable {
        /**
         * Goes on to the next line that was on disk for good when the trail was opened; false if that was the last.
         *
         * @throws IOException if there are more, but they can not be read now
         */
        boolean next() throws IOException;

        /** The current line's number. */
        long sequence();

        /** The current line's bytes as they stand in the trail, without its newline. */
        byte[] line();
    }
}
