/**
 * Copies for places outside: what whoever administers the server cannot rewrite with the trail. Today checkpoints.
 *
 * <p>Types in reading order: {@link io.certrail.sink.CheckpointSinks}, which is given each checkpoint, with
 * {@link io.certrail.sink.SinkOptions}, {@link io.certrail.sink.Target} and {@link io.certrail.sink.TlsOptions};
 * {@link io.certrail.sink.DeliveryMeter} and {@link io.certrail.sink.SinkKind}, what operators see. Inside: {@code Sink}, a
 * place; {@code Feed}, what is to be delivered to it, of which {@code Latest} keeps the newest; {@code Delivery}, the thread
 * between the two, with {@code Backoff}. The places: {@code StdoutSink} ({@code CheckpointLine}), {@code FileSink},
 * {@code SyslogSink} ({@code SyslogMessage}), {@code WitnessSink} ({@code WitnessAnswer}, {@code BoundedBody},
 * {@code Cosignatures}, {@link io.certrail.sink.ConsistencySource}).
 *
 * <p>A sink of records, each of which matters, is another {@code Sink} with another {@code Feed}: one that reads the trail and
 * keeps on disk how far it came.
 *
 * <h2>Follows</h2>
 * RFC 5424 and RFC 5425 (syslog, over TLS), C2SP tlog-witness ({@code add-checkpoint}) and tlog-cosignature.
 *
 * <h2>Failure</h2>
 * Publishing never waits and never throws. What a place does not take is tried again, ever more rarely, until a newer
 * checkpoint supersedes it; that is counted, and said in the log when it begins and when it ends. A witness that remembers
 * another trail is an error in the log.
 *
 * <h2>Threads</h2>
 * One daemon thread for each target, and what the protocols need besides. None outlives {@code close()}, but one that hangs in
 * a call of the operating system to a file.
 *
 * <p>May import: {@code tlog}, {@code trail} (what it publishes).
 */
@NullMarked
package io.certrail.sink;

import org.jspecify.annotations.NullMarked;
