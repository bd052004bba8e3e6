package io.certrail.bench.append;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.certrail.tlog.MerkleTree;
import io.certrail.tlog.TreeHasher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The simplest log that shares its forces: a queue, and one thread that writes all that is there into a file filled before,
 * and forces it once. No recovery, no tiles, no checkpoints, no bounds but the queue's: what is left of its rate is what those
 * cost. Hashed, each record becomes a leaf of a tree in memory once it is on disk.
 */
final class GroupedFile implements RecordLog {
    private static final int SIZE = 64 << 20;
    private static final int BATCH = 1 << 20;

    private final FileChannel channel;
    private final BlockingQueue<Row> queue = new ArrayBlockingQueue<>(4096);
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BATCH);
    private final Thread writer = new Thread(this::write, "grouped-writer");
    private final @Nullable MerkleTree tree;
    private final TreeHasher hasher = new TreeHasher();
    private long at;

    static GroupedFile lines(Path folder) throws IOException {
        return new GroupedFile(folder, null);
    }

    static GroupedFile hashed(Path folder) throws IOException {
        return new GroupedFile(folder, new MerkleTree());
    }

    private GroupedFile(Path folder, @Nullable MerkleTree tree) throws IOException {
        this.tree = tree;
        channel = FileChannel.open(folder.resolve("grouped"), CREATE, WRITE);
        for (int filled = 0; filled < SIZE; filled += BATCH) {
            channel.write(bytes.clear(), filled);
        }
        channel.force(true);
        writer.start();
    }

    private record Row(byte[] line, CompletableFuture<Void> forced) {}

    @Override
    public void append(byte[] line) throws Exception {
        Row row = new Row(line, new CompletableFuture<>());
        queue.put(row);
        row.forced().get();
    }

    private void write() {
        List<Row> batch = new ArrayList<>();
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch, BATCH / batch.get(0).line().length - 1);
                force(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void force(List<Row> batch) {
        try {
            bytes.clear();
            batch.forEach(row -> bytes.put(row.line()));
            at = at + bytes.position() > SIZE ? 0 : at;
            at += channel.write(bytes.flip(), at);
            channel.force(false);
            batch.forEach(row -> row.forced().complete(null));
            if (tree != null) {
                batch.forEach(row -> tree.append(hasher.leaf(row.line())));
            }
        } catch (IOException e) {
            batch.forEach(row -> row.forced().completeExceptionally(e));
        }
    }

    @Override
    public void close() throws Exception {
        writer.interrupt();
        writer.join();
        channel.close();
    }
}
