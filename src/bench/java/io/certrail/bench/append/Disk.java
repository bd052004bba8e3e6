package io.certrail.bench.append;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** What the disk itself can do: one writer, 4 KiB and one force at a time. */
final class Disk implements RecordLog {
    private static final int BLOCK = 4096;
    private static final int SIZE = 16 << 20;

    private final FileChannel channel;
    private final boolean forces;
    private final long wrap;
    private final ByteBuffer block =
            ByteBuffer.allocateDirect(2 * BLOCK).alignedSlice(BLOCK).limit(BLOCK);
    private long at;

    private Disk(FileChannel channel, boolean forces, long wrap) {
        this.channel = channel;
        this.forces = forces;
        this.wrap = wrap;
    }

    /** At the end of a file that grows. */
    static Disk appended(Path folder) throws IOException {
        return new Disk(FileChannel.open(folder.resolve("disk"), CREATE, WRITE), true, Long.MAX_VALUE);
    }

    /** Into a file that was filled before. */
    static Disk preallocated(Path folder) throws IOException {
        return new Disk(filled(folder, WRITE), true, SIZE);
    }

    /** Likewise, past the page cache. */
    static Disk direct(Path folder) throws IOException {
        return new Disk(filled(folder, WRITE, DSYNC, ExtendedOpenOption.DIRECT), false, SIZE);
    }

    private static FileChannel filled(Path folder, OpenOption... how) throws IOException {
        Path file = folder.resolve("disk");
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
            channel.write(ByteBuffer.allocate(SIZE));
            channel.force(true);
        }
        return FileChannel.open(file, how);
    }

    @Override
    public void append(byte[] line) throws IOException {
        channel.write(block.position(0), at);
        if (forces) {
            channel.force(false);
        }
        at = (at + BLOCK) % wrap;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
