package io.certrail.verify;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Pieces scanned by several threads and given in their order; few are in memory at a time. For one thread. */
final class ChunkPipeline implements Closeable {
    private final ChunkReader reader;
    private final int ahead;
    private final ExecutorService threads;
    private final Queue<ChunkScan> idle = new ConcurrentLinkedQueue<>();
    private final Queue<Future<ScannedChunk>> coming = new ArrayDeque<>();

    ChunkPipeline(ChunkReader reader, int threads) {
        this.reader = reader;
        this.ahead = threads + 1;
        this.threads = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "certrail-verify");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The next piece, to be given back; null: there is none. */
    @Nullable
    ScannedChunk next() throws IOException {
        while (coming.size() < ahead) {
            Chunk chunk = reader.next();
            if (chunk == null) {
                break;
            }
            coming.add(threads.submit(() -> scan(chunk)));
        }
        Future<ScannedChunk> next = coming.poll();
        return next == null ? null : get(next);
    }

    private ScannedChunk scan(Chunk chunk) {
        ChunkScan scan = idle.poll();
        ChunkScan mine = scan == null ? new ChunkScan() : scan;
        ScannedChunk scanned = mine.scan(chunk);
        idle.add(mine);
        return scanned;
    }

    private static ScannedChunk get(Future<ScannedChunk> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    void giveBack(ScannedChunk scanned) {
        reader.giveBack(scanned.chunk);
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        reader.close();
    }
}
