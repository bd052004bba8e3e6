package io.certrail.verify;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Pieces read and scanned by several threads and given in their order; few are in memory at a time. For one thread. */
final class ChunkPipeline implements Closeable {
    private final ChunkReader reader;
    private final int ahead;
    private final ExecutorService threads;
    private final Queue<ChunkScan> idle = new ConcurrentLinkedQueue<>();
    private final Queue<CompletableFuture<@Nullable ScannedChunk>> coming = new ArrayDeque<>();
    /** Of those that are coming, the ones whose piece was not read yet. */
    private final Queue<CompletableFuture<@Nullable ScannedChunk>> unread = new ConcurrentLinkedQueue<>();

    ChunkPipeline(ChunkReader reader, int threads) {
        this.reader = reader;
        this.ahead = 2 * threads + 1;
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
            CompletableFuture<@Nullable ScannedChunk> next = new CompletableFuture<>();
            coming.add(next);
            unread.add(next);
            threads.execute(this::readAndScan);
        }
        return get(coming.remove());
    }

    private void readAndScan() {
        CompletableFuture<@Nullable ScannedChunk> piece;
        Chunk chunk = null;
        Throwable failed = null;
        synchronized (reader) { // pieces are read in the order in which they are wanted
            piece = unread.remove();
            try {
                chunk = reader.next();
            } catch (Throwable e) { // an error, too: who wants the piece would wait for ever
                failed = e;
            }
        }
        if (failed == null) {
            scan(chunk, piece);
        } else {
            piece.completeExceptionally(failed);
        }
    }

    private void scan(@Nullable Chunk chunk, CompletableFuture<@Nullable ScannedChunk> piece) {
        try {
            ChunkScan rested = idle.poll();
            ChunkScan scan = rested == null ? new ChunkScan() : rested;
            piece.complete(chunk == null ? null : scan.scan(chunk));
            idle.add(scan);
        } catch (Throwable e) { // likewise
            piece.completeExceptionally(e);
        }
    }

    private static @Nullable ScannedChunk get(CompletableFuture<@Nullable ScannedChunk> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    void giveBack(ScannedChunk scanned) {
        reader.giveBack(scanned.chunk);
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        synchronized (reader) {
            reader.close();
        }
    }
}
