package io.certrail.bench.jmh;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A full TLS 1.3 handshake with client certificate between two engines in memory, and each of the hook's steps by
 * itself: a hook's cost is lost in a handshake's noise, so the steps are what to read.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HandshakeBenchmark {
    /** Which hook the server's engine has. */
    @Param({"bare"})
    private String hook;

    private HandshakePair pair;

    @Setup
    public void makeContexts() throws Exception {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        pair = HandshakePair.in(directory, HandshakeHook.named(hook));
    }

    /** Both ends' work; the same for every hook. */
    @Benchmark
    public Object handshake() throws SSLException {
        return pair.handshake();
    }
}
