package io.certrail.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file elsewhere, to which each note is appended with an empty line after it, and forced: the form of the trail's own
 * history. Opened for each, so that a volume may come and go and the file be moved away.
 */
final class FileSink implements Sink<PublishedCheckpoint> {
    private final Path file;

    FileSink(Path file) {
        this.file = file;
    }

    @Override
    public SinkKind kind() {
        return SinkKind.FILE;
    }

    @Override
    public String target() {
        return "file:" + file;
    }

    @Override
    public void deliver(PublishedCheckpoint checkpoint) throws IOException {
        String note = (endsInEmptyLine() ? "" : "\n\n") + checkpoint.note() + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8));
        // in append mode, which is all that an append-only file takes
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Not after a note that was cut short. */
    private boolean endsInEmptyLine() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long end = channel.size();
            ByteBuffer last = ByteBuffer.allocate(2);
            return end == 0
                    || (end >= 2 && channel.read(last, end - 2) == 2 && last.get(0) == '\n' && last.get(1) == '\n');
        } catch (NoSuchFileException e) {
            return true;
        }
    }
}
