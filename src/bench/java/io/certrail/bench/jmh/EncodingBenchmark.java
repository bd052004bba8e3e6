package io.certrail.bench.jmh;

import io.certrail.event.AuditRecord;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.RecordEncoder;
import io.certrail.event.RecordJson;
import io.certrail.event.RequestEvent;
import jakarta.json.bind.JsonbBuilder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to turn a request on a known connection into its record's bytes. Goes through 64 requests on 16
 * connections, so that nothing can live on the last one's values; no thread but JMH's own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EncodingBenchmark {
    private static final int CONNECTIONS = 16;
    private static final int REQUESTS = 64;

    private final RequestEvent[] requests = new RequestEvent[REQUESTS];
    private final RecordEncoder encoder = new RecordEncoder();
    private final RecordJson jsonb = new RecordJson(JsonbBuilder.create());
    private final HandmadeRecord handmade = new HandmadeRecord();
    private int next;

    @Setup
    public void makeRequests() {
        ConnectionFacts[] connections = new ConnectionFacts[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            connections[i] = Samples.connection(i);
        }
        for (int i = 0; i < REQUESTS; i++) {
            requests[i] = Samples.request(connections[i % CONNECTIONS], i);
        }
        System.out.printf("record: %d bytes%n", jsonb.write(new AuditRecord(next(), Samples.BOOT, 1_234_567)).length);
    }

    private RequestEvent next() {
        return requests[next++ & (REQUESTS - 1)];
    }

    /** Certrail's way: the connection's members from its cache, the rest into a buffer that is kept. */
    @Benchmark
    public int recordEncoder() {
        return encoder.encode(next(), Samples.BOOT).length();
    }

    /** The same bytes by JSON-B. */
    @Benchmark
    public byte[] jsonb() {
        return jsonb.write(new AuditRecord(next(), Samples.BOOT, 1_234_567));
    }

    /** What one writes by hand in a filter: everything each time, a StringBuilder, then UTF-8. */
    @Benchmark
    public byte[] stringBuilder() {
        return handmade.write(next(), Samples.BOOT, 1_234_567);
    }
}
