package io.certrail.bench.append;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/**
 * The simplest log that shares its forces: a queue, and one thread that writes all that is there into a file filled before,
 * and forces it once. No tree, no recovery, no bounds but the queue's: what is left of its rate is what those cost.
 */
final class GroupedFile implements RecordLog {
    private static final int SIZE = 64 << 20;
    private static final int BATCH = 1 << 20;

    private final FileChannel channel;
    private final BlockingQueue<Row> queue = new ArrayBlockingQueue<>(4096);
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BATCH);
    private final Thread writer = new Thread(this::write, "grouped-writer");
    private long at;

    GroupedFile(Path folder) throws IOException {
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
