package io.certrail.trail;

import io.certrail.tlog.KeyId;
import io.certrail.tlog.SignedNote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The checkpoints that lie with a trail, to be read, also while it is being written: the newest one, and those that were kept.
 * None is verified here. Immutable, for any thread.
 */
public final class CheckpointHistory {
    static final Pattern FILE = Pattern.compile("[0-9]{20}\\.notes");

    private final TrailFiles files;
    private final TrailLayout layout;

    private CheckpointHistory(TrailFiles files, TrailLayout layout) {
        this.files = files;
        this.layout = layout;
    }

    /** The checkpoints of the trail in a folder; nothing is read yet. */
    public static CheckpointHistory of(TrailFiles files, Path folder) {
        return new CheckpointHistory(files, new TrailLayout(folder));
    }

    /** The newest checkpoint's note; empty if there is none yet. */
    public Optional<byte[]> newest() throws IOException {
        return SmallFile.read(files, layout.checkpoint(), SignedNote.MAX_LENGTH);
    }

    /** The last checkpoint that a witness cosigned, as the sinks keep it; empty if there is none. */
    public Optional<byte[]> cosigned(KeyId witness) throws IOException {
        return SmallFile.read(files, cosigned(layout.folder(), witness), SignedNote.MAX_LENGTH);
    }

    /** The file of {@link #cosigned(KeyId)}, in a trail's folder. */
    public static Path cosigned(Path folder, KeyId witness) {
        return new TrailLayout(folder).witness().resolve(HexFormat.of().toHexDigits(witness.id()) + ".note");
    }

    /** Those that were kept, oldest first. To be closed. */
    public NoteReader notes() throws IOException {
        return new NoteReader(files, files());
    }

    /** The files that hold them, oldest first. */
    List<Path> files() throws IOException {
        return NamedFiles.list(files, layout.checkpoints(), FILE);
    }
}
