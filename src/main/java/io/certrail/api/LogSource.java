package io.certrail.api;

import io.certrail.tlog.Tile;
import java.io.IOException;
import java.util.Optional;

/** Where the log is read: checkpoint, tiles and entries. */
interface LogSource {
    /** The size of the last signed checkpoint; 0 while there is none. */
    long size();

    /** The last signed checkpoint; empty if there is none. */
    Optional<byte[]> checkpoint() throws IOException;

    /** The hashes of a tile that is wholly in the last checkpoint's tree; empty if it is lost. */
    Optional<byte[]> tile(Tile tile) throws IOException;

    /** Opens the lines from a sequence on, as {@link EntrySource}. */
    EntrySource.Entries from(long sequence) throws IOException;
}
