package io.certrail.sink;

import io.certrail.tlog.ConsistencyProof;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A witness (C2SP tlog-witness): it cosigns a checkpoint only if it continues the one that it cosigned before. So it notices
 * what its own file cannot tell, a trail that was cut or replaced, and that is an alarm.
 */
final class WitnessSink implements Sink<PublishedCheckpoint> {
    private static final int MAX_ANSWER = 64 << 10;

    private final Target.Witness to;
    private final URI call;
    private final ConsistencySource proofs;
    private final Cosignatures cosignatures;
    private final Duration timeout;
    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(null, task, "certrail-sink-http", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    });
    /** Null when it is closed: the JDK ends its thread when nobody holds it any more. */
    private volatile @Nullable HttpClient client;

    /** Of the tree that it cosigned last, as far as is known: a witness tells it to who is wrong. */
    private long cosignedSize;

    /** @param timeout of a call, above zero */
    WitnessSink(
            Target.Witness to, SSLContext tls, ConsistencySource proofs, Cosignatures cosignatures, Duration timeout) {
        this.to = to;
        this.call = URI.create(to.prefix() + "/add-checkpoint");
        this.proofs = proofs;
        this.cosignatures = cosignatures;
        this.timeout = timeout;
        client = client(tls);
    }

    /** The JDK starts a thread for it, which must not keep the application whose thread this is. */
    private HttpClient client(SSLContext tls) {
        Thread thread = Thread.currentThread();
        ClassLoader application = thread.getContextClassLoader();
        thread.setContextClassLoader(null);
        try {
            return HttpClient.newBuilder()
                    .sslContext(tls)
                    .connectTimeout(timeout)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .executor(executor)
                    .build();
        } finally {
            thread.setContextClassLoader(application);
        }
    }

    @Override
    public SinkKind kind() {
        return SinkKind.WITNESS;
    }

    @Override
    public String target() {
        return "witness:" + to.prefix();
    }

    @Override
    public void deliver(PublishedCheckpoint checkpoint) throws IOException, InterruptedException {
        WitnessAnswer answer = add(checkpoint);
        if (answer instanceof WitnessAnswer.OtherSize other) {
            learn(other.size(), checkpoint);
            answer = add(checkpoint);
        }
        if (answer instanceof WitnessAnswer.Cosigned cosigned) {
            cosignatures.keep(cosignatures.add(checkpoint, cosigned.signatures()));
            cosignedSize = checkpoint.size();
        } else if (answer instanceof WitnessAnswer.OtherSize other) {
            throw new IOException("409 again: it cosigns this log for somebody else, too; its size is " + other.size());
        } else {
            throw new WitnessAlarm("this trail, of " + checkpoint.size() + " records, does not continue the "
                    + cosignedSize + " that it cosigned: the trail was changed, or replaced");
        }
    }

    private void learn(long size, PublishedCheckpoint checkpoint) throws IOException {
        if (size > checkpoint.size()) {
            throw new WitnessAlarm("it cosigned " + size + " records, this trail has " + checkpoint.size()
                    + ": the trail was cut, or an old copy of it put back");
        }
        if (size == cosignedSize) {
            throw size == checkpoint.size()
                    ? new WitnessAlarm("it cosigned another trail of as many records, " + size)
                    : new IOException("409 with the size that was asked for");
        }
        cosignedSize = size;
    }

    private WitnessAnswer add(PublishedCheckpoint checkpoint) throws IOException, InterruptedException {
        ConsistencyProof proof = proofs.consistency(Math.min(cosignedSize, checkpoint.size()), checkpoint.size());
        StringBuilder body = new StringBuilder("old ").append(proof.oldSize()).append('\n');
        proof.path().forEach(hash -> body.append(hash).append('\n'));
        body.append('\n').append(checkpoint.note());
        HttpRequest request = HttpRequest.newBuilder(call)
                .timeout(timeout)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8))
                .build();
        return WitnessAnswer.of(send(request));
    }

    /** The request's own time limit ends with the head of the answer; this one does not. */
    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        HttpClient open = client;
        if (open == null) {
            throw new IOException("closed");
        }
        CompletableFuture<HttpResponse<String>> answer = open.sendAsync(request, head -> new BoundedBody(MAX_ANSWER));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + timeout, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        client = null;
    }
}
