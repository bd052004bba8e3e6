package io.certrail.bench.append;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file, a lock, one write and one force for each record. */
final class ForcedFile implements RecordLog {
    private final FileChannel channel;

    ForcedFile(Path folder) throws IOException {
        channel = FileChannel.open(folder.resolve("forced"), CREATE, WRITE, APPEND);
    }

    @Override
    public synchronized void append(byte[] line) throws IOException {
        channel.write(ByteBuffer.wrap(line));
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
