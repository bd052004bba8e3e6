package io.certrail.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Requests over kept connections, one thread each. Connections are opened and warm before the clock starts; a
 * connection that the server closes is replaced, and counted.
 */
final class KeepAliveLoad {
    private final TlsClient client;
    private final String host;
    private final int port;
    private final String path;
    private final int connections;

    KeepAliveLoad(TlsClient client, String host, int port, String path, int connections) {
        this.client = client;
        this.host = host;
        this.port = port;
        this.path = path;
        this.connections = connections;
    }

    /** What was made and seen. The clock runs from the first request to the last answer. */
    record Made(
            long requests,
            long answered,
            long failed,
            long connections,
            long nanos,
            Latencies latencies,
            Map<Integer, Long> statuses) {
        double perSecond() {
            return answered * 1e9 / nanos;
        }
    }

    /** Sends exactly so many requests in all; none is ever repeated. */
    Made requests(long total, Runnable atStart, Runnable atEnd) throws Exception {
        return run(
                number -> new Quota(total / connections + (number < total % connections ? 1 : 0), Long.MAX_VALUE),
                0,
                atStart,
                atEnd);
    }

    /** Sends requests for some time, after some unmeasured ones on each connection. */
    Made seconds(double seconds, int before, Runnable atStart, Runnable atEnd) throws Exception {
        long nanos = (long) (seconds * 1e9);
        return run(number -> new Quota(Long.MAX_VALUE, nanos), before, atStart, atEnd);
    }

    private record Quota(long requests, long nanos) {}

    private interface Quotas {
        Quota of(int connection);
    }

    private Made run(Quotas quotas, int before, Runnable atStart, Runnable atEnd) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            CountDownLatch ready = new CountDownLatch(connections);
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Worker>> workers = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                Worker worker = new Worker(quotas.of(i), before, ready, go);
                workers.add(threads.submit(worker));
            }
            ready.await();
            atStart.run();
            long start = System.nanoTime();
            go.countDown();
            List<Worker> done = new ArrayList<>();
            for (Future<Worker> worker : workers) {
                done.add(worker.get());
            }
            long nanos = System.nanoTime() - start;
            atEnd.run();
            for (Worker worker : done) {
                worker.close();
            }
            return sum(done, nanos);
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    private static Made sum(List<Worker> workers, long nanos) {
        Latencies latencies = new Latencies();
        Map<Integer, Long> statuses = new TreeMap<>();
        long requests = 0;
        long opened = 0;
        for (Worker worker : workers) {
            latencies.add(worker.latencies);
            worker.statuses.forEach((status, count) -> statuses.merge(status, count, Long::sum));
            requests += worker.requests;
            opened += worker.opened;
        }
        return new Made(requests, latencies.count(), requests - latencies.count(), opened, nanos, latencies, statuses);
    }

    /** One thread with one connection at a time. */
    private final class Worker implements Callable<Worker> {
        private final Quota quota;
        private final int before;
        private final CountDownLatch ready;
        private final CountDownLatch go;
        private final Latencies latencies = new Latencies();
        private final Map<Integer, Long> statuses = new TreeMap<>();
        private long requests;
        private long opened;
        private HttpConnection connection;

        Worker(Quota quota, int before, CountDownLatch ready, CountDownLatch go) throws IOException {
            this.quota = quota;
            this.before = before;
            this.ready = ready;
            this.go = go;
            this.connection = open();
        }

        private HttpConnection open() throws IOException {
            opened++;
            return new HttpConnection(client.connect(host, port), path);
        }

        @Override
        public Worker call() throws Exception {
            try {
                for (int i = 0; i < before; i++) {
                    connection.get();
                    replaceIfClosed();
                }
            } finally {
                ready.countDown();
            }
            go.await();
            long start = System.nanoTime();
            while (requests < quota.requests() && System.nanoTime() - start < quota.nanos()) {
                replaceIfClosed();
                one();
            }
            return this;
        }

        private void one() throws IOException {
            requests++;
            long sent = System.nanoTime();
            try {
                int status = connection.get();
                latencies.add(System.nanoTime() - sent);
                statuses.merge(status, 1L, Long::sum);
            } catch (IOException e) {
                connection.close();
                connection = open();
            }
        }

        private void replaceIfClosed() throws IOException {
            if (!connection.reusable()) {
                close();
                connection = open();
            }
        }

        void close() throws IOException {
            try (HttpConnection closing = connection) {
                closing.finish();
            }
        }
    }
}
