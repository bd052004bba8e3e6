/**
 * Micro benchmarks, run by JMH: {@link io.certrail.bench.jmh.EncodingBenchmark}, what one record's bytes cost;
 * {@link io.certrail.bench.jmh.HandshakeBenchmark}, what a full handshake costs with and without a hook.
 */
@NullMarked
package io.certrail.bench.jmh;

import org.jspecify.annotations.NullMarked;
